import type { Source } from "../../provider/behaviour";
import { flag, type Properties } from "../../provider/properties";

/** A kind of object that a published chart defines. */
export interface CustomType {
  readonly group: string;
  readonly versions: readonly string[];
  readonly kind: string;
  readonly scope: "Namespaced" | "Cluster";
}

/** What is known of a chart that is not rendered here, because it is somebody else's and not at hand. */
export interface PublishedChart {
  /** The last part of its reference: `oci://…/gateway-helm`. */
  readonly name: string;
  readonly customTypes: readonly CustomType[];
  /** Whether the release, with these values, installs them. */
  readonly installsTypes: (values: Properties) => boolean;
  /** Simulated minutes of a first installation, and of an upgrade. */
  readonly install: number;
  readonly upgrade: number;
  readonly source: Source;
}

const GATEWAY_API: readonly CustomType[] = [
  cluster("gateway.networking.k8s.io", ["v1", "v1beta1"], "GatewayClass"),
  namespaced("gateway.networking.k8s.io", ["v1", "v1beta1"], "Gateway"),
  namespaced("gateway.networking.k8s.io", ["v1", "v1beta1"], "HTTPRoute"),
  namespaced("gateway.networking.k8s.io", ["v1"], "GRPCRoute"),
  namespaced("gateway.networking.k8s.io", ["v1", "v1alpha3"], "BackendTLSPolicy"),
  namespaced("gateway.networking.k8s.io", ["v1beta1"], "ReferenceGrant"),
  namespaced("gateway.networking.k8s.io", ["v1alpha2"], "TCPRoute"),
  namespaced("gateway.networking.k8s.io", ["v1", "v1alpha2", "v1alpha3"], "TLSRoute"),
  namespaced("gateway.networking.k8s.io", ["v1alpha2"], "UDPRoute"),
];

const ENVOY_KINDS = (
  "Backend BackendTrafficPolicy ClientTrafficPolicy EnvoyExtensionPolicy EnvoyPatchPolicy EnvoyProxy HTTPRouteFilter " +
  "SecurityPolicy"
).split(" ");

const CERT_MANAGER: readonly CustomType[] = [
  namespaced("cert-manager.io", ["v1"], "Certificate"),
  namespaced("cert-manager.io", ["v1"], "CertificateRequest"),
  namespaced("cert-manager.io", ["v1"], "Issuer"),
  cluster("cert-manager.io", ["v1"], "ClusterIssuer"),
  namespaced("acme.cert-manager.io", ["v1"], "Challenge"),
  namespaced("acme.cert-manager.io", ["v1"], "Order"),
];

const split: Source = {
  basis: "assumed",
  from: "1:30 for Envoy Gateway and cert-manager together, reported; the split between them is assumed",
};

/** Charts whose definitions other objects of a platform need. */
export const publishedCharts: readonly PublishedChart[] = [
  {
    name: "gateway-helm",
    customTypes: [...GATEWAY_API, ...ENVOY_KINDS.map((kind) => namespaced("gateway.envoyproxy.io", ["v1alpha1"], kind))],
    // In the chart's crds/ folder, or its CRD subchart, unless switched off.
    installsTypes: (values) => flag(values, "crds.enabled") !== false,
    install: 50 / 60,
    upgrade: 40 / 60,
    source: split,
  },
  {
    name: "cert-manager",
    customTypes: CERT_MANAGER,
    // Off by default in the chart.
    installsTypes: (values) => (flag(values, "crds.enabled") ?? flag(values, "installCRDs")) === true,
    install: 40 / 60,
    upgrade: 40 / 60,
    source: split,
  },
];

/** Every kind the table knows, installed or not: its scope decides how an object is named before it is. */
export const knownCustomTypes: readonly CustomType[] = [
  ...publishedCharts.flatMap((chart) => chart.customTypes),
  cluster("karpenter.sh", ["v1"], "NodePool"),
  cluster("karpenter.sh", ["v1"], "NodeClaim"),
  cluster("eks.amazonaws.com", ["v1"], "NodeClass"),
  cluster("eks.amazonaws.com", ["v1"], "IngressClassParams"),
  cluster("cloud.google.com", ["v1"], "ComputeClass"),
  cluster("monitoring.googleapis.com", ["v1"], "ClusterPodMonitoring"),
  cluster("snapshot.storage.k8s.io", ["v1"], "VolumeSnapshotClass"),
  cluster("snapshot.storage.k8s.io", ["v1"], "VolumeSnapshotContent"),
];

/** The chart's entry by its reference; `undefined` for one that is not in the table. */
export function publishedChart(reference: string): PublishedChart | undefined {
  const name = reference.split("/").at(-1);
  return publishedCharts.find((chart) => chart.name === name);
}

function namespaced(group: string, versions: readonly string[], kind: string): CustomType {
  return { group, versions, kind, scope: "Namespaced" };
}

function cluster(group: string, versions: readonly string[], kind: string): CustomType {
  return { group, versions, kind, scope: "Cluster" };
}
