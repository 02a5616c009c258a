import { ports } from "../../../components/moodle/environment";
import { type KubernetesObject, workloads } from "../objects";
import type { Values } from "../rendering";

/** Somebody who sends or receives: a pod by its labels, or an address outside the cluster. */
export interface Party {
  readonly name: string;
  readonly address: string;
  readonly pod?: { readonly namespace: string; readonly labels: Labels; readonly namespaceLabels: Labels };
  /** Whether it is a pod of the release. */
  readonly own: boolean;
  /** Names of its ports, which policies may use. */
  readonly portNames: Readonly<Record<number, string>>;
}

export interface Port {
  readonly number: number;
  readonly protocol: "TCP" | "UDP";
}

type Labels = Readonly<Record<string, string>>;

/** Where the tests install the release. */
const namespace = "learn";

/** Everybody who matters to a release with these values: its pods, whom the values name, and those who must be kept out. */
export function partiesOf(objects: readonly KubernetesObject[], values: Values): Party[] {
  const { network, monitoring } = values as NetworkValues;
  const dns = { "k8s-app": "kube-dns" };
  const named: [name: string, peers: readonly Peer[]][] = [
    ["gateway", network?.ingressFrom ?? []],
    ["Prometheus", monitoring?.scrapeFrom ?? []],
    ["DNS", [{ namespace: network?.dns?.namespace ?? "kube-system", podLabels: network?.dns?.podLabels ?? dns }]],
  ];
  const egress = network?.requiredEgress ?? [];
  const pods = [
    ...named.flatMap(([name, peers]) => peers.flatMap((peer) => [pod(name, peer), ...beside(name, peer)])),
    ...egress.filter(isPeer).map((peer) => pod(peer.reason, peer)),
    pod("neighbour", { namespace, podLabels: { app: "other" } }),
    pod("elsewhere", { namespace: "elsewhere" }),
  ];
  const addresses = [
    ...egress.filter((one) => !isPeer(one)).map(({ cidr }) => addressIn(cidr ?? "")),
    ...["203.0.113.7", "169.254.169.254"],
  ];
  return numbered([...ownPods(objects), ...pods, ...unique(addresses).map(outside)]);
}

/** Ports that the values open, and some that nobody may have opened. */
export function portsOf(values: Values): Port[] {
  const { network } = values as NetworkValues;
  const tcp = [ports.http, ports.probe, 22, 53, 80, 443, ...(network?.requiredEgress ?? []).map(({ port }) => port)];
  return [...unique(tcp).map((number) => ({ number, protocol: "TCP" as const })), { number: 53, protocol: "UDP" }];
}

const webPorts: Readonly<Record<number, string>> = { [ports.http]: "http", [ports.probe]: "probe" };

function ownPods(objects: readonly KubernetesObject[]): Party[] {
  return workloads(objects).map(({ metadata }) => {
    const component = metadata.labels["app.kubernetes.io/component"] ?? "";
    const own = pod(component, { namespace, podLabels: metadata.labels });
    return { ...own, own: true, portNames: component === "web" ? webPorts : {} };
  });
}

function pod(name: string, peer: Peer): Party {
  const namespaceLabels = { "kubernetes.io/metadata.name": peer.namespace };
  return { name, address: "", pod: { namespace: peer.namespace, labels: peer.podLabels ?? {}, namespaceLabels }, own: false, portNames: {} };
}

/** Another pod of the same namespace, where the peer is told from such by its labels. */
function beside(name: string, { namespace, podLabels }: Peer): Party[] {
  return podLabels === undefined ? [] : [pod(`beside ${name}`, { namespace })];
}

function outside(address: string): Party {
  return { name: address, address, own: false, portNames: {} };
}

/** Each pod at an address of its own, in a range that no scenario names. */
function numbered(parties: readonly Party[]): Party[] {
  return parties.map((party, index) => (party.pod === undefined ? party : { ...party, address: `198.51.100.${index + 1}` }));
}

function addressIn(cidr: string): string {
  const [base = "", length] = cidr.split("/");
  if (length === "0") return "203.0.113.7";
  return length === "32" ? base : base.replace(/\d+$/, (last) => String(Number(last) + 5));
}

function isPeer(egress: Egress): egress is Egress & { readonly namespace: string } {
  return egress.namespace !== undefined;
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}

interface NetworkValues {
  readonly network?: {
    readonly ingressFrom?: readonly Peer[];
    readonly dns?: { readonly namespace?: string; readonly podLabels?: Labels };
    readonly requiredEgress?: readonly Egress[];
  };
  readonly monitoring?: { readonly scrapeFrom?: readonly Peer[] };
}

interface Peer {
  readonly namespace: string;
  readonly podLabels?: Labels;
}

interface Egress {
  readonly cidr?: string;
  readonly namespace?: string;
  readonly podLabels?: Labels;
  readonly port: number;
  readonly reason: string;
}
