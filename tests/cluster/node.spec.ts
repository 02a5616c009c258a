import { expect } from "chai";
import { after, before } from "mocha";
import { deployment, pod, namespaceOf, service } from "./support/objects";
import { TestNode } from "./support/testNode";

const place = "site";
/** Says which pod answers. */
const answering = "echo \"$HOSTNAME\" > /tmp/index.html; exec /busybox httpd -f -p 8080 -h /tmp";
const writable = { volumeMounts: [{ name: "tmp", mountPath: "/tmp" }] };

describe("a Kubernetes of one node", () => {
  let node: TestNode;
  let image: string;
  before(async () => {
    node = await TestNode.start();
    image = await node.loadBusybox();
    await node.apply(namespaceOf(place));
  });
  after(() => node.end());

  /** Runs a pod to its end. @returns what it printed */
  async function run(name: string, script: string): Promise<string> {
    await node.apply(pod(place, name, { image, script }));
    const phase = await node.until("ended", () => phaseOf(name), (now) => ["Succeeded", "Failed"].includes(now));
    const log = await node.kubectl("logs", "--namespace", place, name);
    expect(phase, log).to.equal("Succeeded");
    return log;
  }

  const phaseOf = (name: string) => node.kubectl("get", "pod", "--namespace", place, name, "--output", "jsonpath={.status.phase}");

  it("is ready, at the version that the clouds run", async () => {
    const [version, ready] = (await node.kubectl("get", "nodes", "--output", 'jsonpath={range .items[*]}{.status.nodeInfo.kubeletVersion}{" "}{.status.conditions[?(@.type=="Ready")].status}{end}')).split(" ");

    expect(version).to.equal("v1.35.4");
    expect(ready).to.equal("True");
  });

  it("runs a pod that is restricted, by the digest of its image, and refuses one that is not", async () => {
    expect(image).to.match(/^registry\.example\.edu\/busybox@sha256:[0-9a-f]{64}$/);
    expect(await run("restricted", "/busybox id -u; /busybox touch /file 2> /dev/null || echo read-only")).to.equal("10033\nread-only");

    const refused = await node.attempt("run", "unrestricted", "--namespace", place, "--image", image);
    expect(refused.code).to.equal(1);
    expect(refused.stderr).to.include('violates PodSecurity "restricted:latest"');
  });

  it("lets pods find each other by name, and nothing outside", async () => {
    expect(await run("names", "/busybox nslookup kubernetes.default.svc.cluster.local; /busybox nslookup outside.example.edu; true")).to.include("10.96.0.1").and.to.include("NXDOMAIN");
  });

  it("spreads what comes to a Service over its pods, from pods and from this machine", async () => {
    const web = deployment(place, "web", 2, { image, script: answering, more: { ...writable, readinessProbe: { httpGet: { path: "/", port: 8080 }, periodSeconds: 1 } } });
    await node.apply(withTemporaryFolder(web), service(place, "web", 8080));
    await node.kubectl("rollout", "status", "--namespace", place, "deployment/web", "--timeout=60s");
    const address = await node.kubectl("get", "service", "--namespace", place, "web", "--output", "jsonpath={.spec.clusterIP}");
    const pods = (await node.kubectl("get", "pods", "--namespace", place, "--selector=app=web", "--output", "jsonpath={.items[*].metadata.name}")).split(" ").sort();

    const forward = await node.forward(address, 8080);
    const seen = new Set<string>();
    try {
      for (let request = 0; request < 40; request++) {
        const response = await fetch(`http://${forward.host}:${forward.port}/`, { headers: { connection: "close" } });
        seen.add((await response.text()).trim());
      }
    } finally {
      await forward.close();
    }
    expect([...seen].sort()).to.deep.equal(pods);
    const fromPods = await run("asking", "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do /busybox wget -q -O - http://web:8080/; done");
    expect(pods).to.include.members(fromPods.split("\n"));
  });

  it("binds a claim to a volume within seconds, which starts as root's and is shared", async () => {
    const volume = { capacity: { storage: "1Gi" }, accessModes: ["ReadWriteMany"], persistentVolumeReclaimPolicy: "Retain", storageClassName: "", hostPath: { path: "/var/lib/volumes/site", type: "DirectoryOrCreate" } };
    const claim = { accessModes: ["ReadWriteMany"], storageClassName: "", volumeName: "files", resources: { requests: { storage: "1Gi" } } };
    const began = Date.now();
    await node.apply(
      { apiVersion: "v1", kind: "PersistentVolume", metadata: { name: "files" }, spec: volume },
      { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { namespace: place, name: "files" }, spec: claim },
    );
    await node.until("bound", () => node.kubectl("get", "pvc", "--namespace", place, "files", "--output", "jsonpath={.status.phase}"), (phase) => phase === "Bound");
    expect(Date.now() - began, "milliseconds until the claim was bound").to.be.below(10_000);

    const mount = { volumeMounts: [{ name: "files", mountPath: "/files" }] };
    await node.apply(pod(place, "files", { image, script: "/busybox stat -c '%u:%g %a' /files", more: mount }, { volumes: [{ name: "files", persistentVolumeClaim: { claimName: "files" } }] }));
    await node.until("ended", () => phaseOf("files"), (phase) => phase === "Succeeded");
    expect(await node.kubectl("logs", "--namespace", place, "files")).to.equal("0:0 755");
  });

  it("has volumes for claims of the default class, bound when a pod asks, which the kubelet makes the pod's group's", async () => {
    const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } } };
    await node.apply({ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { namespace: place, name: "any" }, spec });

    const mount = { volumeMounts: [{ name: "any", mountPath: "/any" }] };
    await node.apply(pod(place, "any", { image, script: "/busybox touch /any/file && /busybox stat -c '%g' /any", more: mount }, { securityContext: { runAsNonRoot: true, runAsUser: 10033, fsGroup: 10044, seccompProfile: { type: "RuntimeDefault" } }, volumes: [{ name: "any", persistentVolumeClaim: { claimName: "any" } }] }));
    expect(await node.until("ended", () => phaseOf("any"), (phase) => ["Succeeded", "Failed"].includes(phase))).to.equal("Succeeded");
    expect(await node.kubectl("logs", "--namespace", place, "any")).to.equal("10044");
  });

  it("ends what needs more memory than it may", async () => {
    const more = { resources: { requests: { memory: "16Mi", cpu: "10m" }, limits: { memory: "16Mi" } } };
    await node.apply(pod(place, "greedy", { image, script: "x=x; while true; do x=$x$x; done", more }));

    const reason = await node.until("ended", () => node.kubectl("get", "pod", "--namespace", place, "greedy", "--output", "jsonpath={.status.containerStatuses[0].state.terminated.reason}"), (text) => text !== "");
    expect(reason).to.equal("OOMKilled");
  });

  it("measures pods, and starts more of them when they are busy", async () => {
    const busy = deployment(place, "busy", 1, { image, script: "while true; do :; done", more: { resources: { requests: { cpu: "50m" }, limits: { cpu: "200m" } } } });
    const metrics = [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } } }];
    const target = { apiVersion: "apps/v1", kind: "Deployment", name: "busy" };
    await node.apply(busy, { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { namespace: place, name: "busy" }, spec: { scaleTargetRef: target, minReplicas: 1, maxReplicas: 2, metrics } });

    const replicas = () => node.kubectl("get", "deployment", "--namespace", place, "busy", "--output", "jsonpath={.status.replicas}");
    await node.until("at two replicas", replicas, (count) => count === "2", 180);
    expect(await node.kubectl("top", "pods", "--namespace", place, "--no-headers", "--selector=app=busy")).to.match(/^busy-\S+\s+\d+m\s+\d+Mi/);
  });
});

function withTemporaryFolder(workload: object): object {
  const copy = structuredClone(workload) as { spec: { template: { spec: { volumes?: object[] } } } };
  copy.spec.template.spec.volumes = [{ name: "tmp", emptyDir: {} }];
  return copy;
}
