import { expect } from "chai";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { type RunningClock, startClock } from "../../rehearsal/clock/server";
import { cloud } from "../../rehearsal/clouds/kubernetes";
import { inventory, orphans, retained } from "../../rehearsal/provider/inventory";
import { readJournal } from "../../rehearsal/provider/journal";
import { type Properties, text, UNKNOWN } from "../../rehearsal/provider/properties";
import { Store } from "../../rehearsal/provider/store";
import { obtainHelm } from "../../toolchain/helm";
import { silent } from "../../toolchain/setup/progress.cjs";
import { cloudFolders, type Outcome, ProviderClient, type Resource } from "./support/providerClient";

const HOST = "0A1B2C.gr7.eu-central-1.eks.amazonaws.com";
const CHART = path.join(__dirname, "fixtures", "chart");
const CLUSTER = "aws:eks/cluster:Cluster";
const RELEASE = "kubernetes:helm.sh/v3:Release";

function kubeconfig(server = `https://${HOST}`, token = "one"): string {
  const clusters = [{ name: "c", cluster: { server, "certificate-authority-data": "Q0E=" } }];
  const contexts = [{ name: "c", context: { cluster: "c", user: "u" } }];
  return JSON.stringify({ "current-context": "c", clusters, contexts, users: [{ name: "u", user: { token } }] });
}

describe("the simulated Kubernetes provider", () => {
  const folder = cloudFolders();
  let provider: ProviderClient;
  let clock: RunningClock | undefined;

  before(async function () {
    this.timeout(600_000);
    process.env.REHEARSAL_HELM = (await obtainHelm(silent)).binary;
  });

  beforeEach(async () => {
    haveCluster();
    provider = await ProviderClient.start(cloud, folder());
    await provider.configure({ kubeconfig: kubeconfig() });
  });

  afterEach(async () => {
    provider.stop();
    await clock?.stop();
    clock = undefined;
  });

  function haveCluster(): void {
    const outputs = { endpoint: `https://${HOST}`, arn: "arn:aws:eks:eu-central-1:123456789012:cluster/c", version: "1.35", vpcConfig: { vpcId: "vpc-1", subnetIds: ["subnet-1"] } };
    new Store(folder(), "aws").put({ id: "c", type: CLUSTER, name: "c", urn: "", status: "ready", inputs: {}, outputs, createdAt: 0, seed: "c" });
  }

  function loseCluster(): void {
    new Store(folder(), "aws").update((objects) => objects.clear());
  }

  async function withClock(): Promise<void> {
    provider.stop();
    clock = await startClock(folder(), { watch: () => undefined });
    provider = await ProviderClient.start(cloud, folder());
    await provider.configure({ kubeconfig: kubeconfig() });
  }

  /** Checks and creates, as the engine does. */
  async function made(type: string, name: string, inputs: Properties, timeout = 0): Promise<Outcome & { inputs: Properties }> {
    const resource: Resource = { type: type.includes(":") ? type : `kubernetes:${type}`.replace(/\/(?=[^/]*$)/, ":"), name };
    const { value, failures, secrets } = await provider.check(resource, inputs);
    if (failures.length > 0) return { id: "", outputs: {}, secrets: new Set(), error: failures.join("\n"), reasons: undefined, inputs: value };
    const top = [...secrets].map((place) => String((JSON.parse(place) as unknown[])[0]));
    return { ...(await provider.create(resource, value, { timeout, secrets: top })), inputs: value };
  }

  const namespace = (name: string): Promise<Outcome> => made("core/v1/Namespace", name, { metadata: { name } });

  function board(values: Properties = {}, more: Properties = {}): Promise<Outcome & { inputs: Properties }> {
    return made(RELEASE, "board", { chart: CHART, name: "board", namespace: "board", values: { replicas: 2, ...values }, ...more });
  }

  const envoy = (): Promise<Outcome> =>
    made(RELEASE, "envoy", { chart: "oci://docker.io/envoyproxy/gateway-helm", version: "v1.9.0", name: "envoy", namespace: "gateway", timeout: 900 });

  describe("its configuration", () => {
    async function replaces(olds: Properties, news: Properties): Promise<readonly string[]> {
      return cloud.diffConfig?.(olds, news).replaces ?? [];
    }

    it("replaces the provider for an unknown kubeconfig, unless the cluster is identified", async () => {
      expect(await replaces({ kubeconfig: kubeconfig() }, { kubeconfig: UNKNOWN })).to.deep.equal(["kubeconfig"]);
      expect(await replaces({ kubeconfig: kubeconfig(), clusterIdentifier: "a" }, { kubeconfig: UNKNOWN, clusterIdentifier: "a" })).to.deep.equal([]);
      expect(await replaces({ kubeconfig: kubeconfig(), clusterIdentifier: "a" }, { kubeconfig: kubeconfig(), clusterIdentifier: "b" })).to.deep.equal(["clusterIdentifier"]);
    });

    it("replaces for another server and not for another token", async () => {
      expect(await replaces({ kubeconfig: kubeconfig() }, { kubeconfig: kubeconfig("https://other.example.edu") })).to.deep.equal(["kubeconfig"]);
      expect(await replaces({ kubeconfig: kubeconfig() }, { kubeconfig: kubeconfig(undefined, "two") })).to.deep.equal([]);
      expect(await replaces({ kubeconfig: kubeconfig() }, { kubeconfig: kubeconfig(), clusterIdentifier: "a" })).to.deep.equal([]);
    });

    it("says what is not a kubeconfig", () => {
      expect(cloud.checkConfig?.({ kubeconfig: "[nothing" })).to.deep.equal([{ property: "kubeconfig", reason: "the kubeconfig is neither YAML nor JSON" }]);
    });
  });

  describe("a cluster that does not answer", () => {
    it("refuses everything but a preview", async () => {
      loseCluster();
      const preview = await provider.create({ type: "kubernetes:core/v1:Namespace", name: "a" }, { metadata: { name: "a" } }, { preview: true });
      expect(preview.error).to.equal(undefined);
      expect((await namespace("a")).error).to.match(/^configured Kubernetes cluster is unreachable: Get "https:\/\/0a1b2c\.gr7.*no such host$/);
      expect((await board()).error).to.match(/^can't create Helm Release with unreachable cluster/);
    });

    it("lets go of objects when told so, but never of a Helm release", async () => {
      const { id } = await namespace("board");
      loseCluster();
      const object = { type: "kubernetes:core/v1:Namespace", name: "board" };
      expect(await provider.delete(object, id)).to.match(/PULUMI_K8S_DELETE_UNREACHABLE/);
      await provider.configure({ kubeconfig: kubeconfig(), deleteUnreachable: "true" });
      expect(await provider.delete(object, id)).to.equal(undefined);
      expect((await provider.read(object, id, { metadata: {} })).id).to.equal("");
      expect(await provider.delete({ type: RELEASE, name: "board" }, "board/board")).to.match(/^can't delete Helm Release/);
    });

    it("takes along what lived in it: nothing of that is an orphan", async () => {
      await namespace("board");
      expect(inventory(folder()).map(({ id }) => id)).to.deep.equal(["c", "board"]);
      loseCluster();
      expect(inventory(folder())).to.deep.equal([]);
    });
  });

  describe("objects", () => {
    it("get names, namespaces and what the server adds", async () => {
      await namespace("board");
      const { id, outputs, inputs } = await made("core/v1/ConfigMap", "settings", { metadata: { namespace: "board" }, data: { a: "1" } });
      expect(id).to.match(/^board\/settings-[0-9a-f]{8}$/);
      expect(inputs).to.deep.include({ apiVersion: "v1", kind: "ConfigMap" });
      expect(text(inputs, "metadata.annotations.pulumi.com/autonamed") ?? JSON.stringify(inputs)).to.contain("true");
      for (const field of ["uid", "resourceVersion", "creationTimestamp"]) expect(text(outputs, `metadata.${field}`), field).to.be.a("string");
      const plain = await made("core/v1/ConfigMap", "other", { metadata: { name: "other" } });
      expect(plain.id).to.equal("default/other");
    });

    it("need their namespace, a name that is free, and a kind that somebody defined", async () => {
      const inBoard = { metadata: { name: "a", namespace: "board" } };
      expect((await made("core/v1/ConfigMap", "a", inBoard)).error).to.match(/namespaces "board" not found$/);
      await namespace("board");
      expect((await made("core/v1/ConfigMap", "a", inBoard)).error).to.equal(undefined);
      expect((await made("core/v1/ConfigMap", "b", inBoard)).error).to.match(/configmaps "a" already exists$/);
      const gateway = { apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway", ...inBoard };
      expect((await made("gateway.networking.k8s.io/v1/Gateway", "g", gateway)).error).to.match(/Verify that any required CRDs have been created: no matches for kind "Gateway" in version "gateway.networking.k8s.io\/v1"$/);
    });

    it("refuse names the API would refuse", async () => {
      expect((await made("core/v1/Namespace", "a", { metadata: { name: "Board_1" } })).error).to.match(/is not a lower-case RFC 1123 subdomain/);
    });

    it("keep a Secret's values secret, as text and as base64", async () => {
      const { outputs, secrets } = await made("core/v1/Secret", "s", { metadata: { name: "s" }, stringData: { password: "canary-4711" } });
      expect([...secrets].sort()).to.deep.equal(['["data"]', '["stringData"]']);
      expect(text(outputs, "data.password")).to.equal(Buffer.from("canary-4711").toString("base64"));
      const stored = readFileSync(path.join(folder(), `kubernetes@${HOST.toLowerCase()}.json`), "utf8");
      expect(stored).to.contain('"password": "[secret]"').and.not.contain("canary-4711").and.not.contain(Buffer.from("canary-4711").toString("base64"));
    });

    it("are replaced for what the API can't change, deleting first when the name is fixed", async () => {
      const deployment = { type: "kubernetes:apps/v1:Deployment", name: "d" };
      const spec = (app: string, replicas: number): Properties => ({ metadata: { name: "d", namespace: "a" }, spec: { replicas, selector: { matchLabels: { app } } } });
      expect((await provider.diff(deployment, spec("a", 1), spec("a", 2))).detail).to.deep.equal({ "spec.replicas": 4 });
      const replaced = await provider.diff(deployment, spec("a", 1), spec("b", 1));
      expect(replaced).to.deep.include({ replacesList: ["spec"], deletebeforereplace: true });
      const secret = { type: "kubernetes:core/v1:Secret", name: "s" };
      expect((await provider.diff(secret, { stringData: { a: "1" } }, { stringData: { a: "2" } })).replacesList).to.deep.equal(["stringData"]);
      await provider.configure({ kubeconfig: kubeconfig(), enableSecretMutable: "true" });
      expect((await provider.diff(secret, { stringData: { a: "1" } }, { stringData: { a: "2" } })).replacesList).to.deep.equal([]);
    });

    it("go with their namespace", async () => {
      await namespace("board");
      await made("core/v1/ConfigMap", "a", { metadata: { name: "a", namespace: "board" } });
      expect(await provider.delete({ type: "kubernetes:core/v1:Namespace", name: "board" }, "board")).to.equal(undefined);
      expect(inventory(folder()).map(({ id }) => id)).to.deep.equal(["c"]);
    });
  });

  describe("a release of our own chart", () => {
    beforeEach(async () => {
      await namespace("board");
      await made("core/v1/Secret", "secret", { metadata: { name: "board-secrets", namespace: "board" }, stringData: { password: "canary-4711" } });
    });

    it("is rendered by Helm, and its objects are in the cluster", async () => {
      const { id, outputs, inputs, error } = await board();
      expect(error).to.equal(undefined);
      expect(id).to.equal("board/board");
      expect(inputs).to.include({ version: "0.3.1", timeout: 300 });
      expect(outputs.status).to.deep.equal({ name: "board", namespace: "board", chart: "notice-board", version: "0.3.1", appVersion: "2.0", revision: 1, status: "deployed" });
      expect(Object.keys(outputs.resourceNames ?? {}).sort()).to.deep.equal(["ConfigMap.v1", "Deployment.apps/v1", "Job.batch/v1", "ServiceAccount.v1"]);
      const placed = inventory(folder()).filter(({ owner }) => owner === "board/board");
      expect(placed.map(({ type }) => type.split(":").at(-1)).sort()).to.deep.equal(["ConfigMap", "Deployment", "Job", "ServiceAccount"]);
      expect(orphans(inventory(folder()), new Set(["c", "board", "board/board-secrets", "board/board"])), "what came with a release is known by it").to.deep.equal([]);
    });

    it("fails at check when the values do not fit the schema, in Helm's words", async () => {
      const { error } = await board({ replicas: 0, message: 7 });
      expect(error).to.match(/values don't meet the specifications of the schema/).and.match(/'\/replicas': minimum: got 0, want 1/).and.match(/'\/message': got number, want string/);
    });

    it("fails at check when there is no such chart", async () => {
      expect((await board({}, { chart: "../no/chart" })).error).to.equal('chart: path "../no/chart" not found; check the chart name and repository configuration.');
    });

    it("waits for what its pods refer to, and fails as Helm does when that never comes", async () => {
      const failed = await board({ passwordSecret: "no-such-secret" });
      expect(failed.reasons?.[0]).to.match(/^Helm release "board\/board" was created, but failed to initialize completely.*context deadline exceeded; pods of Deployment board: secret "no-such-secret" not found$/);
      const { start, end, outcome } = readJournal(folder()).at(-1) ?? { start: 0, end: 0, outcome: "" };
      expect([outcome, Math.round((end - start) * 60)], "it waited for the whole timeout, in seconds").to.deep.equal(["partial", 300]);
      expect(text(failed.outputs, "status.status")).to.equal("failed");
      const repaired = await provider.update({ type: RELEASE, name: "board" }, "board/board", failed.outputs, failed.inputs, { ...failed.inputs, values: { replicas: 2 } });
      expect(repaired.error).to.equal(undefined);
      expect(text(repaired.outputs, "status.status")).to.equal("deployed");
    });

    it("goes on as soon as what was missing is there", async () => {
      await withClock();
      const waiting = board({ passwordSecret: "late" });
      const late = made("core/v1/Secret", "late", { metadata: { name: "late", namespace: "board" }, stringData: { password: "x" } });
      expect((await late).error).to.equal(undefined);
      expect((await waiting).error).to.equal(undefined);
    });

    it("misses a key of a Secret, not only the Secret", async () => {
      await made("core/v1/Secret", "other", { metadata: { name: "other", namespace: "board" }, stringData: { pass: "x" } });
      expect((await board({ passwordSecret: "other" })).reasons?.[0]).to.match(/couldn't find key password in Secret board\/other$/);
    });

    it("refuses kinds that nobody has defined yet", async () => {
      expect((await board({ route: true })).error).to.match(/no matches for kind "HTTPRoute" in version "gateway.networking.k8s.io\/v1" ensure CRDs are installed first/);
      await namespace("gateway");
      await envoy();
      expect((await board({ route: true })).error).to.equal(undefined);
    });

    it("removes at an upgrade what the chart has no more, and everything at the end", async () => {
      const first = await board();
      const news = { ...first.inputs, values: { replicas: 2, message: "bye" } };
      const { outputs, error } = await provider.update({ type: RELEASE, name: "board" }, "board/board", first.outputs, first.inputs, news);
      expect(error).to.equal(undefined);
      expect(text(outputs, "status.status")).to.equal("deployed");
      const jobs = inventory(folder()).filter(({ type }) => type === "kubernetes:batch/v1:Job");
      expect(jobs, "the Job of the old message is gone, that of the new one there").to.have.length(1);
      expect(await provider.delete({ type: RELEASE, name: "board" }, "board/board", outputs)).to.equal(undefined);
      expect(inventory(folder()).map(({ id }) => id).sort()).to.deep.equal(["board", "board/board-secrets", "c"]);
    });

    it("does not take a name twice, nor objects of others", async () => {
      await made("core/v1/ConfigMap", "board", { metadata: { name: "board", namespace: "board" } });
      expect((await board()).error).to.match(/ConfigMap "board" in namespace "board" exists and cannot be imported into the current release/);
      await provider.delete({ type: "kubernetes:core/v1:ConfigMap", name: "board" }, "board/board");
      await board();
      expect((await made(RELEASE, "again", { chart: CHART, name: "board", namespace: "board", values: { replicas: 1 } })).error).to.match(/exists and cannot be imported|cannot re-use a name/);
    });

    it("is different for other inputs alone: a name replaces, a value does not", async () => {
      const release = { type: RELEASE, name: "board" };
      const base = { chart: CHART, name: "board", namespace: "board", values: { replicas: 1 } };
      expect((await provider.diff(release, base, { ...base, values: { replicas: 2 } })).detail).to.deep.equal({ "values.replicas": 4 });
      expect((await provider.diff(release, base, { ...base, name: "b" })).replacesList).to.deep.equal(["name"]);
    });
  });

  describe("the way in", () => {
    const selector = { "gateway.envoyproxy.io/owning-gateway-name": "public", "gateway.envoyproxy.io/owning-gateway-namespace": "gateway" };
    const service = (spec: Properties = {}): Promise<Outcome> =>
      made("core/v1/Service", "way-in", { metadata: { name: "public", namespace: "gateway" }, spec: { type: "LoadBalancer", loadBalancerClass: "eks.amazonaws.com/nlb", selector, ports: [{ port: 443 }], ...spec } });

    async function gateway(): Promise<void> {
      await envoy();
      const api = { apiVersion: "gateway.networking.k8s.io/v1" };
      const made1 = await made("gateway.networking.k8s.io/v1/GatewayClass", "class", { ...api, kind: "GatewayClass", metadata: { name: "envoy" }, spec: { controllerName: "gateway.envoyproxy.io/gatewayclass-controller" } });
      const made2 = await made("gateway.networking.k8s.io/v1/Gateway", "public", { ...api, kind: "Gateway", metadata: { name: "public", namespace: "gateway" }, spec: { gatewayClassName: "envoy" } });
      expect([made1.error, made1.id, made2.error]).to.deep.equal([undefined, "envoy", undefined]);
    }

    beforeEach(() => namespace("gateway"));

    it("gets an address once the gateway's proxies are ready, and is a load balancer in its cloud", async () => {
      await gateway();
      const { outputs, error } = await service();
      expect(error).to.equal(undefined);
      const hostname = text(outputs, "status.loadBalancer.ingress[0].hostname") ?? "";
      expect(hostname).to.match(/^k8s-gateway-public-[0-9a-f]{10}-[0-9a-f]{16}\.elb\.eu-central-1\.amazonaws\.com$/);
      const [balancer] = inventory(folder()).filter(({ type }) => type === "aws:lb/loadBalancer:LoadBalancer");
      expect(balancer?.outputs).to.deep.include({ dnsName: hostname, vpcId: "vpc-1", subnets: ["subnet-1"] });
      expect(await provider.delete({ type: "kubernetes:core/v1:Service", name: "way-in" }, "gateway/public")).to.equal(undefined);
      expect(inventory(folder()).filter(({ provider: where }) => where === "aws").map(({ id }) => id), "its deletion takes the load balancer along").to.deep.equal(["c"]);
    });

    it("leaves an orphan in the cloud when the cluster goes first", async () => {
      await gateway();
      await service();
      new Store(folder(), "aws").update((objects) => objects.delete(`${CLUSTER} c`));
      expect(orphans(inventory(folder()), new Set()).map(({ type }) => type)).to.deep.equal(["aws:lb/loadBalancer:LoadBalancer"]);
    });

    it("is not ready without pods behind it", async () => {
      const { reasons } = await service();
      expect(reasons?.join("\n")).to.match(/'public' timed out waiting to be Ready\nService does not target any Pods/);
      expect(readJournal(folder()).at(-1)?.outcome).to.equal("partial");
    });

    it("is not given an address by a class that nobody serves", async () => {
      await gateway();
      expect((await service({ loadBalancerClass: "example.edu/none" })).reasons?.join("\n")).to.match(/Service was not allocated an IP address/);
    });

    it("leaves the definitions of a chart behind, listed as retained", async () => {
      await envoy();
      expect(await provider.delete({ type: RELEASE, name: "envoy" }, "gateway/envoy")).to.equal(undefined);
      const kept = retained(inventory(folder()));
      expect(kept.map(({ id }) => id)).to.include("gateway.gateway.networking.k8s.io");
      expect(orphans(inventory(folder()), new Set(["c", "gateway"]))).to.deep.equal([]);
      expect((await envoy()).error, "they do not stand in the way of another installation").to.equal(undefined);
    });

    it("gets the kinds of cert-manager only where its values ask for them", async () => {
      const issuer = { apiVersion: "cert-manager.io/v1", kind: "ClusterIssuer", metadata: { name: "acme" } };
      const manager = (name: string, values: Properties): Promise<Outcome> =>
        made(RELEASE, name, { chart: "oci://quay.io/jetstack/charts/cert-manager", version: "v1.21.1", name, namespace: "gateway", values, timeout: 900 });
      await manager("without", {});
      expect((await made("cert-manager.io/v1/ClusterIssuer", "i", issuer)).error).to.match(/required CRDs/);
      await manager("with", { crds: { enabled: true } });
      expect((await made("cert-manager.io/v1/ClusterIssuer", "i", issuer)).id).to.equal("acme");
    });
  });

  it("times Moodle out at Helm's default of five minutes, as Helm would", async () => {
    const behaviour = cloud.behaviours[RELEASE];
    const create = behaviour?.latency.create;
    const minutes = (inputs: Properties): number => (typeof create === "function" ? create(inputs) : (create ?? 0));
    expect(minutes({ chart: "../charts/moodle", timeout: 1800 })).to.equal(7);
    expect(minutes({ chart: "../charts/moodle" })).to.equal(5);
  });
});
