import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { after, before } from "mocha";
import { startRealClock } from "../../rehearsal/clock/server";
import { cloud } from "../../rehearsal/clouds/kubernetes/real";
import type { Properties } from "../../rehearsal/provider/properties";
import { obtainHelm } from "../../toolchain/helm";
import { silent } from "../../toolchain/setup/progress.cjs";
import { ProviderClient, type Outcome } from "../rehearsal/support/providerClient";
import { deployment } from "./support/objects";
import { TestNode } from "./support/testNode";

const place = "rehearsed";
const namespace = { type: "kubernetes:core/v1:Namespace", name: "namespace" };
const settings = { type: "kubernetes:core/v1:ConfigMap", name: "settings" };
const secret = { type: "kubernetes:core/v1:Secret", name: "secret" };
const workload = { type: "kubernetes:apps/v1:Deployment", name: "workload" };
const release = { type: "kubernetes:helm.sh/v3:Release", name: "release" };
const chart = path.join(__dirname, "fixtures/chart");
const canary = "kestrel-over-the-quadrangle";

describe("the rehearsal's Kubernetes on a real node", () => {
  let node: TestNode;
  let provider: ProviderClient;
  let image: string;
  let folder: string;
  before(async () => {
    node = await TestNode.start();
    image = await node.loadBusybox();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "cloud-"));
    Object.assign(process.env, { REHEARSAL_CLOUD: folder, REHEARSAL_KUBECTL: node.kubectlProgram, REHEARSAL_HELM: (await obtainHelm(silent)).binary });
    startRealClock(folder);
    provider = await ProviderClient.start(cloud, folder);
    await provider.configure({ kubeconfig: fs.readFileSync(node.kubeconfig, "utf8") });
    expectMade(await provider.create(namespace, { apiVersion: "v1", kind: "Namespace", metadata: { name: place } }));
  });
  after(async () => {
    provider.stop();
    fs.rmSync(folder, { recursive: true });
    await node.end();
  });

  it("makes an object once, changes it in place, sees what somebody else changed, and takes it away", async () => {
    const inputs = (colour: string) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings", namespace: place }, data: { colour } });
    const made = await provider.create(settings, inputs("red"));
    expectMade(made);
    expect(made.outputs.metadata).to.have.property("uid");
    expect((await provider.create(settings, inputs("red"))).error).to.equal("configmaps/settings already exists");

    const changed = await provider.update(settings, made.id, made.outputs, inputs("red"), inputs("green"));
    expect(changed.error).to.equal(undefined);
    expect(await colour()).to.equal("green");
    await node.kubectl("patch", "configmap", "settings", "--namespace", place, "--patch", '{"data":{"colour":"blue"}}');
    expect((await provider.read(settings, made.id, changed.outputs, inputs("green"))).inputs.value.data).to.deep.equal({ colour: "blue" });

    expect(await provider.delete(settings, made.id, changed.outputs)).to.equal(undefined);
    expect((await provider.read(settings, made.id, changed.outputs, inputs("green"))).id).to.equal("");
  });

  const colour = () => node.kubectl("get", "configmap", "settings", "--namespace", place, "--output", "jsonpath={.data.colour}");

  it("keeps what is secret marked, and out of what the rehearsal writes down", async () => {
    const inputs = { apiVersion: "v1", kind: "Secret", metadata: { name: "secret", namespace: place }, stringData: { password: canary } };
    const made = await provider.create(secret, inputs, { secrets: ["stringData"] });
    expectMade(made);

    expect(made.secrets).to.include('["data"]').and.to.include('["stringData"]');
    expect(await node.kubectl("get", "secret", "secret", "--namespace", place, "--output", "jsonpath={.data.password}")).to.equal(Buffer.from(canary).toString("base64"));
    const written = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), "utf8"));
    expect(written.join("\n")).not.to.include(canary).and.not.to.include(Buffer.from(canary).toString("base64"));
  });

  it("waits for pods, and keeps what does not become ready with the reason", async () => {
    const ready = deployment(place, "ready", 1, { image, script: "exec /busybox sleep 600" }) as Properties;
    expectMade(await provider.create(workload, ready));
    expect(await node.kubectl("get", "deployment", "ready", "--namespace", place, "--output", "jsonpath={.status.readyReplicas}")).to.equal("1");

    const more = { readinessProbe: { exec: { command: ["/busybox", "false"] } } };
    const never = deployment(place, "never", 1, { image, script: "exec /busybox sleep 600", more }) as Properties;
    const half = await provider.create({ ...workload, name: "never" }, never, { timeout: 5 });
    expect(half.id).to.equal(`${place}/never`);
    expect(half.reasons?.[0]).to.match(/failed to fully initialize or become live: .*timed out/);
    expect(await provider.delete({ ...workload, name: "never" }, half.id, half.outputs)).to.equal(undefined);
  });

  it("says what the API server refuses, and has made nothing then", async () => {
    const refused = await provider.create({ ...settings, name: "elsewhere" }, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "elsewhere", namespace: "nowhere" } });

    expect(refused).to.deep.include({ id: "", reasons: undefined, error: 'namespaces "nowhere" not found' });
  });

  it("installs a release with Helm, upgrades it, keeps one that fails as it is, repairs it, and uninstalls it", async () => {
    const inputs = (command: string) => ({ name: "board", namespace: place, chart, values: { image, command }, timeout: 8, waitForJobs: true, maxHistory: 10 });
    const made = await provider.create(release, inputs("true"));
    expectMade(made);
    expect(made.outputs.status).to.deep.include({ status: "deployed", revision: 1 });

    const failed = await provider.update(release, made.id, made.outputs, inputs("true"), inputs("false"));
    expect(failed.reasons?.[0]).to.match(/^Helm release "rehearsed\/board" failed to initialize completely: .*(deadline|failed|Failed)/);
    expect(failed.outputs.status).to.deep.include({ status: "failed", revision: 2 });

    const repaired = await provider.update(release, made.id, failed.outputs, inputs("false"), inputs("true"));
    expect(repaired.error).to.equal(undefined);
    expect(repaired.outputs.status).to.deep.include({ status: "deployed", revision: 3 });
    expect(await provider.delete(release, made.id, repaired.outputs)).to.equal(undefined);
    // Helm forgets what a failed release made, once another one follows.
    expect(await node.kubectl("get", "jobs", "--namespace", place, "--output", "name")).to.equal("job.batch/board-false-2");
  });
});

function expectMade({ error, reasons }: Outcome): void {
  expect(error, reasons?.join("; ")).to.equal(undefined);
}
