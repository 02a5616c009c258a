import { expect } from "chai";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { cloud } from "../../rehearsal/clouds/kubernetes";
import { type Properties, text, UNKNOWN } from "../../rehearsal/provider/properties";
import { HOST, kubeconfig, RELEASE, SimulatedCluster } from "./support/simulatedCluster";

describe("the simulated Kubernetes provider", () => {
  const cluster = new SimulatedCluster();

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
      cluster.lose();
      const preview = await cluster.provider.create({ type: "kubernetes:core/v1:Namespace", name: "a" }, { metadata: { name: "a" } }, { preview: true });
      expect(preview.error).to.equal(undefined);
      expect((await cluster.namespace("a")).error).to.match(/^configured Kubernetes cluster is unreachable: Get "https:\/\/0a1b2c\.gr7.*no such host$/);
      expect((await cluster.board()).error).to.match(/^can't create Helm Release with unreachable cluster/);
    });

    it("lets go of objects when told so, but never of a Helm release", async () => {
      const { id } = await cluster.namespace("board");
      cluster.lose();
      const object = { type: "kubernetes:core/v1:Namespace", name: "board" };
      expect(await cluster.provider.delete(object, id)).to.match(/PULUMI_K8S_DELETE_UNREACHABLE/);
      await cluster.provider.configure({ kubeconfig: kubeconfig(), deleteUnreachable: "true" });
      expect(await cluster.provider.delete(object, id)).to.equal(undefined);
      expect((await cluster.provider.read(object, id, { metadata: {} })).id).to.equal("");
      expect(await cluster.provider.delete({ type: RELEASE, name: "board" }, "board/board")).to.match(/^can't delete Helm Release/);
    });

    it("takes along what lived in it: nothing of that is an orphan", async () => {
      await cluster.namespace("board");
      expect(cluster.items().map(({ id }) => id)).to.deep.equal(["c", "board"]);
      cluster.lose();
      expect(cluster.items()).to.deep.equal([]);
    });
  });

  describe("objects", () => {
    it("get names, namespaces and what the server adds", async () => {
      await cluster.namespace("board");
      const { id, outputs, inputs } = await cluster.made("core/v1/ConfigMap", "settings", { metadata: { namespace: "board" }, data: { a: "1" } });
      expect(id).to.match(/^board\/settings-[0-9a-f]{8}$/);
      expect(inputs).to.deep.include({ apiVersion: "v1", kind: "ConfigMap" });
      expect(text(inputs, "metadata.annotations.pulumi.com/autonamed") ?? JSON.stringify(inputs)).to.contain("true");
      for (const field of ["uid", "resourceVersion", "creationTimestamp"]) expect(text(outputs, `metadata.${field}`), field).to.be.a("string");
      const plain = await cluster.made("core/v1/ConfigMap", "other", { metadata: { name: "other" } });
      expect(plain.id).to.equal("default/other");
    });

    it("need their namespace, a name that is free, and a kind that somebody defined", async () => {
      const inBoard = { metadata: { name: "a", namespace: "board" } };
      expect((await cluster.made("core/v1/ConfigMap", "a", inBoard)).error).to.match(/namespaces "board" not found$/);
      await cluster.namespace("board");
      expect((await cluster.made("core/v1/ConfigMap", "a", inBoard)).error).to.equal(undefined);
      expect((await cluster.made("core/v1/ConfigMap", "b", inBoard)).error).to.match(/configmaps "a" already exists$/);
      const gateway = { apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway", ...inBoard };
      expect((await cluster.made("gateway.networking.k8s.io/v1/Gateway", "g", gateway)).error).to.match(/Verify that any required CRDs have been created: no matches for kind "Gateway" in version "gateway.networking.k8s.io\/v1"$/);
    });

    it("refuse names the API would refuse", async () => {
      expect((await cluster.made("core/v1/Namespace", "a", { metadata: { name: "Board_1" } })).error).to.match(/is not a lower-case RFC 1123 subdomain/);
    });

    it("keep a Secret's values secret, as text and as base64", async () => {
      const { outputs, secrets } = await cluster.made("core/v1/Secret", "s", { metadata: { name: "s" }, stringData: { password: "canary-4711" } });
      expect([...secrets].sort()).to.deep.equal(['["data"]', '["stringData"]']);
      expect(text(outputs, "data.password")).to.equal(Buffer.from("canary-4711").toString("base64"));
      const stored = readFileSync(path.join(cluster.folder, `kubernetes@${HOST.toLowerCase()}.json`), "utf8");
      expect(stored).to.contain('"password": "[secret]"').and.not.contain("canary-4711").and.not.contain(Buffer.from("canary-4711").toString("base64"));
    });

    it("are replaced for what the API can't change, deleting first when the name is fixed", async () => {
      const deployment = { type: "kubernetes:apps/v1:Deployment", name: "d" };
      const spec = (app: string, replicas: number): Properties => ({ metadata: { name: "d", namespace: "a" }, spec: { replicas, selector: { matchLabels: { app } } } });
      expect((await cluster.provider.diff(deployment, spec("a", 1), spec("a", 2))).detail).to.deep.equal({ "spec.replicas": 4 });
      const replaced = await cluster.provider.diff(deployment, spec("a", 1), spec("b", 1));
      expect(replaced).to.deep.include({ replacesList: ["spec"], deletebeforereplace: true });
      const secret = { type: "kubernetes:core/v1:Secret", name: "s" };
      expect((await cluster.provider.diff(secret, { stringData: { a: "1" } }, { stringData: { a: "2" } })).replacesList).to.deep.equal(["stringData"]);
      await cluster.provider.configure({ kubeconfig: kubeconfig(), enableSecretMutable: "true" });
      expect((await cluster.provider.diff(secret, { stringData: { a: "1" } }, { stringData: { a: "2" } })).replacesList).to.deep.equal([]);
    });

    it("go with their namespace", async () => {
      await cluster.namespace("board");
      await cluster.made("core/v1/ConfigMap", "a", { metadata: { name: "a", namespace: "board" } });
      expect(await cluster.provider.delete({ type: "kubernetes:core/v1:Namespace", name: "board" }, "board")).to.equal(undefined);
      expect(cluster.items().map(({ id }) => id)).to.deep.equal(["c"]);
    });
  });
});
