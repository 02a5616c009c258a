import { expect } from "chai";
import * as path from "node:path";

import { type RunningClock, startClock } from "../../../rehearsal/clock/server";
import { cloud } from "../../../rehearsal/clouds/kubernetes";
import { inventory, type InventoryItem } from "../../../rehearsal/provider/inventory";
import type { Properties } from "../../../rehearsal/provider/properties";
import { Store } from "../../../rehearsal/provider/store";
import { obtainHelm } from "../../../toolchain/helm";
import { silent } from "../../../toolchain/setup/progress.cjs";
import { cloudFolders, type Outcome, ProviderClient, type Resource } from "./providerClient";

export const HOST = "0A1B2C.gr7.eu-central-1.eks.amazonaws.com";
export const CLUSTER = "aws:eks/cluster:Cluster";
export const RELEASE = "kubernetes:helm.sh/v3:Release";
const CHART = path.join(__dirname, "..", "fixtures", "chart");

/** What was made, and the inputs it was made with. */
export type Made = Outcome & { readonly inputs: Properties };

export function kubeconfig(server = `https://${HOST}`, token = "one"): string {
  const clusters = [{ name: "c", cluster: { server, "certificate-authority-data": "Q0E=" } }];
  const contexts = [{ name: "c", context: { cluster: "c", user: "u" } }];
  return JSON.stringify({ "current-context": "c", clusters, contexts, users: [{ name: "u", user: { token } }] });
}

/** A cluster that a simulated cloud has, and the simulated Kubernetes provider for it; new for each test of the suite. */
export class SimulatedCluster {
  private readonly folderOf = cloudFolders();
  private current: ProviderClient | undefined;
  private clock: RunningClock | undefined;

  constructor() {
    before(async function () {
      this.timeout(600_000);
      process.env.REHEARSAL_HELM = (await obtainHelm(silent)).binary;
    });
    beforeEach(async () => {
      const network = { vpcId: "vpc-1", subnetIds: ["subnet-1"] };
      const arn = "arn:aws:eks:eu-central-1:123456789012:cluster/c";
      const outputs = { endpoint: `https://${HOST}`, arn, version: "1.35", vpcConfig: network };
      const cluster = { id: "c", type: CLUSTER, name: "c", urn: "", status: "ready", inputs: {}, createdAt: 0, seed: "c" } as const;
      new Store(this.folder, "aws").put({ ...cluster, outputs });
      await this.connect();
    });
    afterEach(async () => {
      this.provider.stop();
      await this.clock?.stop();
      this.clock = undefined;
    });
  }

  get folder(): string {
    return this.folderOf();
  }

  get provider(): ProviderClient {
    if (this.current === undefined) throw new Error("the provider is not started yet");
    return this.current;
  }

  /** Everything in the simulated clouds, or in one of them. */
  items(provider?: string): readonly InventoryItem[] {
    return inventory(this.folder).filter((item) => provider === undefined || item.provider === provider);
  }

  /** The cloud deletes the cluster. */
  lose(): void {
    new Store(this.folder, "aws").update((objects) => objects.delete(`${CLUSTER} c`));
  }

  /** Starts again, now with a clock. */
  async withClock(): Promise<void> {
    this.provider.stop();
    this.clock = await startClock(this.folder, { watch: () => undefined });
    await this.connect();
  }

  /** Checks and creates, as the engine does. `type` is a token, or `group/version/Kind`. */
  async made(type: string, name: string, inputs: Properties, timeout = 0): Promise<Made> {
    const token = type.includes(":") ? type : `kubernetes:${type}`.replace(/\/(?=[^/]*$)/, ":");
    const resource: Resource = { type: token, name };
    const { value, failures, secrets } = await this.provider.check(resource, inputs);
    if (failures.length > 0) {
      return { id: "", outputs: {}, secrets: new Set(), error: failures.join("\n"), reasons: undefined, inputs: value };
    }
    const top = [...secrets].map((place) => String((JSON.parse(place) as unknown[])[0]));
    return { ...(await this.provider.create(resource, value, { timeout, secrets: top })), inputs: value };
  }

  namespace(name: string): Promise<Made> {
    return this.made("core/v1/Namespace", name, { metadata: { name } });
  }

  /** The chart of the fixtures, in the namespace `board`. */
  board(values: Properties = {}, more: Properties = {}): Promise<Made> {
    const base = { chart: CHART, name: "board", namespace: "board", values: { replicas: 2, ...values } };
    return this.made(RELEASE, "board", { ...base, ...more });
  }

  /** Envoy Gateway, in the namespace `gateway`. */
  envoy(): Promise<Made> {
    const chart = { chart: "oci://docker.io/envoyproxy/gateway-helm", version: "v1.9.0" };
    return this.made(RELEASE, "envoy", { ...chart, name: "envoy", namespace: "gateway", timeout: 900 });
  }

  /** A gateway that Envoy Gateway makes proxies for. */
  async gateway(): Promise<void> {
    await this.envoy();
    const group = "gateway.networking.k8s.io/v1";
    const controller = { controllerName: "gateway.envoyproxy.io/gatewayclass-controller" };
    const gatewayClass = { apiVersion: group, kind: "GatewayClass", metadata: { name: "envoy" }, spec: controller };
    const metadata = { name: "public", namespace: "gateway" };
    const gateway = { apiVersion: group, kind: "Gateway", metadata, spec: { gatewayClassName: "envoy" } };
    const one = await this.made(`${group}/GatewayClass`, "class", gatewayClass);
    const other = await this.made(`${group}/Gateway`, "public", gateway);
    expect([one.error, one.id, other.error]).to.deep.equal([undefined, "envoy", undefined]);
  }

  private async connect(): Promise<void> {
    this.current = await ProviderClient.start(cloud, this.folder);
    await this.current.configure({ kubeconfig: kubeconfig() });
  }
}
