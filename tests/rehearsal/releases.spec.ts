import { expect } from "chai";
import * as path from "node:path";

import { cloud } from "../../rehearsal/clouds/kubernetes";
import { orphans, retained } from "../../rehearsal/provider/inventory";
import { readJournal } from "../../rehearsal/provider/journal";
import { type Properties, text } from "../../rehearsal/provider/properties";
import { CLUSTER, type Made, RELEASE, SimulatedCluster } from "./support/simulatedCluster";

const CHART = path.join(__dirname, "fixtures", "chart");

describe("releases and load balancers in a simulated cluster", () => {
  const cluster = new SimulatedCluster();

  describe("a release of our own chart", () => {
    beforeEach(async () => {
      await cluster.namespace("board");
      await cluster.made("core/v1/Secret", "secret", { metadata: { name: "board-secrets", namespace: "board" }, stringData: { password: "canary-4711" } });
    });

    it("is rendered by Helm, and its objects are in the cluster", async () => {
      const { id, outputs, inputs, error } = await cluster.board();
      expect(error).to.equal(undefined);
      expect(id).to.equal("board/board");
      expect(inputs).to.include({ version: "0.3.1", timeout: 300 });
      expect(outputs.status).to.deep.equal({ name: "board", namespace: "board", chart: "notice-board", version: "0.3.1", appVersion: "2.0", revision: 1, status: "deployed" });
      expect(Object.keys(outputs.resourceNames ?? {}).sort()).to.deep.equal(["ConfigMap.v1", "Deployment.apps/v1", "Job.batch/v1", "ServiceAccount.v1"]);
      const placed = cluster.items().filter(({ owner }) => owner === "board/board");
      expect(placed.map(({ type }) => type.split(":").at(-1)).sort()).to.deep.equal(["ConfigMap", "Deployment", "Job", "ServiceAccount"]);
      expect(orphans(cluster.items(), [{ type: CLUSTER, id: "c" }, { type: "kubernetes:core/v1:Namespace", id: "board" }, { type: "kubernetes:core/v1:Secret", id: "board/board-secrets" }, { type: RELEASE, id: "board/board" }]), "what came with a release is known by it").to.deep.equal([]);
    });

    it("fails at check when the values do not fit the schema, in Helm's words", async () => {
      const { error } = await cluster.board({ replicas: 0, message: 7 });
      expect(error).to.match(/values don't meet the specifications of the schema/).and.match(/'\/replicas': minimum: got 0, want 1/).and.match(/'\/message': got number, want string/);
    });

    it("fails at check when there is no such chart", async () => {
      expect((await cluster.board({}, { chart: "../no/chart" })).error).to.equal('chart: path "../no/chart" not found; check the chart name and repository configuration.');
    });

    it("waits for what its pods refer to, and fails as Helm does when that never comes", async () => {
      const failed = await cluster.board({ passwordSecret: "no-such-secret" });
      expect(failed.reasons?.[0]).to.match(/^Helm release "board\/board" was created, but failed to initialize completely.*context deadline exceeded; pods of Deployment board: secret "no-such-secret" not found$/);
      const { start, end, outcome } = readJournal(cluster.folder).at(-1) ?? { start: 0, end: 0, outcome: "" };
      expect([outcome, Math.round((end - start) * 60)], "it waited for the whole timeout, in seconds").to.deep.equal(["partial", 300]);
      expect(text(failed.outputs, "status.status")).to.equal("failed");
      const repaired = await cluster.provider.update({ type: RELEASE, name: "board" }, "board/board", failed.outputs, failed.inputs, { ...failed.inputs, values: { replicas: 2 } });
      expect(repaired.error).to.equal(undefined);
      expect(text(repaired.outputs, "status.status")).to.equal("deployed");
    });

    it("goes on as soon as what was missing is there", async () => {
      await cluster.withClock();
      const waiting = cluster.board({ passwordSecret: "late" });
      const late = cluster.made("core/v1/Secret", "late", { metadata: { name: "late", namespace: "board" }, stringData: { password: "x" } });
      expect((await late).error).to.equal(undefined);
      expect((await waiting).error).to.equal(undefined);
    });

    it("misses a key of a Secret, not only the Secret", async () => {
      await cluster.made("core/v1/Secret", "other", { metadata: { name: "other", namespace: "board" }, stringData: { pass: "x" } });
      expect((await cluster.board({ passwordSecret: "other" })).reasons?.[0]).to.match(/couldn't find key password in Secret board\/other$/);
    });

    it("refuses kinds that nobody has defined yet", async () => {
      expect((await cluster.board({ route: true })).error).to.match(/no matches for kind "HTTPRoute" in version "gateway.networking.k8s.io\/v1" ensure CRDs are installed first/);
      await cluster.namespace("gateway");
      await cluster.envoy();
      expect((await cluster.board({ route: true })).error).to.equal(undefined);
    });

    it("removes at an upgrade what the chart has no more, and everything at the end", async () => {
      const first = await cluster.board();
      const news = { ...first.inputs, values: { replicas: 2, message: "bye" } };
      const { outputs, error } = await cluster.provider.update({ type: RELEASE, name: "board" }, "board/board", first.outputs, first.inputs, news);
      expect(error).to.equal(undefined);
      expect(text(outputs, "status.status")).to.equal("deployed");
      const jobs = cluster.items().filter(({ type }) => type === "kubernetes:batch/v1:Job");
      expect(jobs, "the Job of the old message is gone, that of the new one there").to.have.length(1);
      expect(await cluster.provider.delete({ type: RELEASE, name: "board" }, "board/board", outputs)).to.equal(undefined);
      expect(cluster.items().map(({ id }) => id).sort()).to.deep.equal(["board", "board/board-secrets", "c"]);
    });

    it("does not take a name twice, nor objects of others", async () => {
      await cluster.made("core/v1/ConfigMap", "board", { metadata: { name: "board", namespace: "board" } });
      expect((await cluster.board()).error).to.match(/ConfigMap "board" in namespace "board" exists and cannot be imported into the current release/);
      await cluster.provider.delete({ type: "kubernetes:core/v1:ConfigMap", name: "board" }, "board/board");
      await cluster.board();
      expect((await cluster.made(RELEASE, "again", { chart: CHART, name: "board", namespace: "board", values: { replicas: 1 } })).error).to.match(/exists and cannot be imported|cannot re-use a name/);
    });

    it("is different for other inputs alone: a name replaces, a value does not", async () => {
      const release = { type: RELEASE, name: "board" };
      const base = { chart: CHART, name: "board", namespace: "board", values: { replicas: 1 } };
      expect((await cluster.provider.diff(release, base, { ...base, values: { replicas: 2 } })).detail).to.deep.equal({ "values.replicas": 4 });
      expect((await cluster.provider.diff(release, base, { ...base, name: "b" })).replacesList).to.deep.equal(["name"]);
    });
  });

  describe("the way in", () => {
    const selector = { "gateway.envoyproxy.io/owning-gateway-name": "public", "gateway.envoyproxy.io/owning-gateway-namespace": "gateway" };
    const service = (spec: Properties = {}): Promise<Made> =>
      cluster.made("core/v1/Service", "way-in", { metadata: { name: "public", namespace: "gateway" }, spec: { type: "LoadBalancer", loadBalancerClass: "eks.amazonaws.com/nlb", selector, ports: [{ port: 443 }], ...spec } });

    beforeEach(() => cluster.namespace("gateway"));

    it("gets an address once the gateway's proxies are ready, and is a load balancer in its cloud", async () => {
      await cluster.gateway();
      const { outputs, error } = await service();
      expect(error).to.equal(undefined);
      const hostname = text(outputs, "status.loadBalancer.ingress[0].hostname") ?? "";
      expect(hostname).to.match(/^k8s-gateway-public-[0-9a-f]{10}-[0-9a-f]{16}\.elb\.eu-central-1\.amazonaws\.com$/);
      const [balancer] = cluster.items().filter(({ type }) => type === "aws:lb/loadBalancer:LoadBalancer");
      expect(balancer?.outputs).to.deep.include({ dnsName: hostname, vpcId: "vpc-1", subnets: ["subnet-1"] });
      expect(await cluster.provider.delete({ type: "kubernetes:core/v1:Service", name: "way-in" }, "gateway/public")).to.equal(undefined);
      expect(cluster.items("aws").map(({ id }) => id), "its deletion takes the load balancer along").to.deep.equal(["c"]);
    });

    it("leaves an orphan in the cloud when the cluster goes first", async () => {
      await cluster.gateway();
      await service();
      cluster.lose();
      expect(orphans(cluster.items(), []).map(({ type }) => type)).to.deep.equal(["aws:lb/loadBalancer:LoadBalancer"]);
    });

    it("is not ready without pods behind it", async () => {
      const { reasons } = await service();
      expect(reasons?.join("\n")).to.match(/'public' timed out waiting to be Ready\nService does not target any Pods/);
      expect(readJournal(cluster.folder).at(-1)?.outcome).to.equal("partial");
    });

    it("says what it waited for when its own timeout ends, and loses the load balancer with its type", async () => {
      const spec = { type: "LoadBalancer", loadBalancerClass: "eks.amazonaws.com/nlb", selector, ports: [{ port: 443 }] };
      const late = await cluster.made("core/v1/Service", "way-in", { metadata: { name: "public", namespace: "gateway" }, spec }, 1200);
      expect(late.reasons?.join("\n")).to.match(/Service does not target any Pods/);
      const { start, end } = readJournal(cluster.folder).at(-1) ?? { start: 0, end: 0 };
      expect(Math.round((end - start) * 60), "seconds").to.equal(1200);
      await cluster.gateway();
      const news = { ...late.inputs, spec: { ...spec, type: "ClusterIP" } };
      const changed = await cluster.provider.update({ type: "kubernetes:core/v1:Service", name: "way-in" }, "gateway/public", late.outputs, late.inputs, news);
      expect(changed.error).to.equal(undefined);
      expect(cluster.items("aws").map(({ id }) => id)).to.deep.equal(["c"]);
    });

    it("is not given an address by a class that nobody serves", async () => {
      await cluster.gateway();
      expect((await service({ loadBalancerClass: "example.edu/none" })).reasons?.join("\n")).to.match(/Service was not allocated an IP address/);
    });

    it("leaves the definitions of a chart behind, listed as retained", async () => {
      await cluster.envoy();
      expect(await cluster.provider.delete({ type: RELEASE, name: "envoy" }, "gateway/envoy")).to.equal(undefined);
      const kept = retained(cluster.items());
      expect(kept.map(({ id }) => id)).to.include("gateway.gateway.networking.k8s.io");
      expect(orphans(cluster.items(), [{ type: CLUSTER, id: "c" }, { type: "kubernetes:core/v1:Namespace", id: "gateway" }])).to.deep.equal([]);
      expect((await cluster.envoy()).error, "they do not stand in the way of another installation").to.equal(undefined);
    });

    it("gets the kinds of cert-manager only where its values ask for them", async () => {
      const issuer = { apiVersion: "cert-manager.io/v1", kind: "ClusterIssuer", metadata: { name: "acme" } };
      const manager = (name: string, values: Properties): Promise<Made> =>
        cluster.made(RELEASE, name, { chart: "oci://quay.io/jetstack/charts/cert-manager", version: "v1.21.1", name, namespace: "gateway", values, timeout: 900 });
      await manager("without", {});
      expect((await cluster.made("cert-manager.io/v1/ClusterIssuer", "i", issuer)).error).to.match(/required CRDs/);
      await manager("with", { crds: { enabled: true } });
      expect((await cluster.made("cert-manager.io/v1/ClusterIssuer", "i", issuer)).id).to.equal("acme");
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
