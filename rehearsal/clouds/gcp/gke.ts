import { type Behaviour, type CloudObject, type Context, type Latency } from "../../provider/behaviour";
import { flag, isObject, list, object, type Properties, text } from "../../provider/properties";
import { certificate } from "./certificates";
import { minutes, replacedBy } from "./facts";
import { refuseUnfinished } from "./iam";
import { usableKey } from "./kms";
import { isRegion, locationOf, PROJECT_NUMBER, projectOf, regionAround, zonesOf } from "./place";
import { choiceProblems, labelNameProblems, live, located, nameOf, needed, refersTo, refuseProtected } from "./reference";
import { answered } from "./refusals";
import * as tokens from "./tokens";

/** Minor versions the service creates, oldest first, with what a patch release is called. */
const VERSIONS: Readonly<Record<string, string>> = {
  "1.32": "1.32.11-gke.1174000",
  "1.33": "1.33.9-gke.1118000",
  "1.34": "1.34.6-gke.1154000",
  "1.35": "1.35.3-gke.1389000",
  "1.36": "1.36.1-gke.1053000",
};
const DEFAULT_VERSION = "1.35";
const UPGRADE = minutes("6:00");

const latency: Latency = {
  create: (inputs) => minutes(isAutopilot(inputs) ? "8:04" : "6:17"),
  update: minutes("2:00"),
  delete: minutes("4:00"),
  source: { basis: "reported", from: "creation: median of 7 published run logs, 2:36 to 11:12; with Autopilot one of 8:04; update and deletion: estimated" },
};

export const cluster: Behaviour = {
  latency,
  forceNew: replacedBy(
    "container/resource_container_cluster.go",
    [
      ...["name", "location", "clusterIpv4Cidr", "description", "enableKubernetesAlpha", "enableTpu", "enableAutopilot", "initialNodeCount"],
      ...["confidentialNodes", "masterAuth.clientCertificateConfig", "network", "nodePools", "subnetwork", "networkingMode"],
      ...["clusterAutoscaling.autoProvisioningDefaults.bootDiskKmsKey", "defaultMaxPodsPerNode", "datapathProvider", "dataplaneOptimizationMode"],
      ...["clusterIpv4CidrBlock", "servicesIpv4CidrBlock", "clusterSecondaryRangeName", "servicesSecondaryRangeName", "podCidrOverprovisionConfig"].map((name) => `ipAllocationPolicy.${name}`),
      ...["masterIpv4CidrBlock", "privateEndpointSubnetwork"].map((name) => `privateClusterConfig.${name}`),
      ...["clusterCa", "etcdApiCa", "etcdPeerCa", "aggregationCa"].map((name) => `userManagedKeysConfig.${name}`),
    ],
    {
      when: replacedWhen,
      inWords:
        "`ipAllocationPolicy` when it is added or taken away; `enableL4IlbSubsetting` and `enableFqdnNetworkPolicy` when they are switched off; `dnsConfig.additiveVpcScopeDnsDomain` of an Autopilot cluster; `enableK8sBetaApis.enabledApis` when one is taken away",
    },
  ),
  autoName: { property: "name", maxLength: 40 },
  check: (inputs) => [
    ...labelNameProblems(inputs, "name", 40),
    ...choiceProblems(inputs, "releaseChannel.channel", ["UNSPECIFIED", "RAPID", "REGULAR", "STABLE", "EXTENDED"]),
    ...choiceProblems(inputs, "gatewayApiConfig.channel", ["CHANNEL_DISABLED", "CHANNEL_EXPERIMENTAL", "CHANNEL_STANDARD"]),
    ...choiceProblems(inputs, "databaseEncryption.state", ["ENCRYPTED", "DECRYPTED", "ALL_OBJECTS_ENCRYPTION_ENABLED"]),
  ],
  beforeCreate: (inputs, context) => {
    refuseVersion(inputs);
    const location = locationOf(inputs, context);
    if (isAutopilot(inputs) && !isRegion(location)) throw answered(400, "Autopilot clusters must be regional clusters.", "badRequest");
    refuseNetwork(inputs, context);
    refuseUnfinished(text(inputs, "clusterAutoscaling.autoProvisioningDefaults.serviceAccount"), context);
    usableKey(text(inputs, "databaseEncryption.keyName"), "container-engine-robot.iam.gserviceaccount.com", context);
  },
  ...located((inputs, context) => `locations/${locationOf(inputs, context)}/clusters/${nameOf(inputs)}`),
  outputs: clusterOutputs,
  decides: [
    "controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint",
    ...["privateEndpoint", "publicEndpoint", "peeringName"].map((name) => `privateClusterConfig.${name}`),
    ...["clusterIpv4CidrBlock", "servicesIpv4CidrBlock"].map((name) => `ipAllocationPolicy.${name}`),
    ...["clientCertificate", "clientKey", "clusterCaCertificate"].map((name) => `masterAuth.${name}`),
  ],
  beforeUpdate: async (inputs, olds, context) => {
    refuseVersion(inputs);
    const [from, to] = [olds, inputs].map((given) => minorOf(text(given, "minMasterVersion")));
    if (from === undefined || to === undefined || from === to) return;
    const [before, after] = [from, to].map((version) => Number(version.split(".")[1]));
    if ((after ?? 0) !== (before ?? 0) + 1) throw answered(400, `Master cannot be upgraded to "${to}": cannot upgrade the control plane more than one minor version at a time, or to an older one.`, "badRequest");
    await context.sleep(UPGRADE);
  },
  beforeDelete: (object) => {
    const held = flag(object.outputs, "deletionProtection") !== false;
    refuseProtected(object, held, "Cannot destroy cluster because deletion_protection is set to true. Set it to false to proceed with cluster deletion.");
  },
};

function isAutopilot(inputs: Properties): boolean {
  return flag(inputs, "enableAutopilot") === true;
}

function replacedWhen(olds: Properties, news: Properties): readonly string[] {
  const off = ["enableL4IlbSubsetting", "enableFqdnNetworkPolicy"].filter((name) => olds[name] === true && news[name] === false);
  const policy = (olds.ipAllocationPolicy === undefined) !== (news.ipAllocationPolicy === undefined) ? ["ipAllocationPolicy"] : [];
  const domain = "dnsConfig.additiveVpcScopeDnsDomain";
  const moved = isAutopilot(news) && text(olds, domain) !== text(news, domain) ? [domain] : [];
  const kept = list(news, "enableK8sBetaApis.enabledApis");
  const gone = list(olds, "enableK8sBetaApis.enabledApis").some((api) => !kept.includes(api));
  return [...off, ...policy, ...moved, ...(gone ? ["enableK8sBetaApis.enabledApis"] : [])];
}

/** `1.35` of `1.35`, `1.35.3` or `1.35.3-gke.1389000`; `undefined` where the channel decides. */
function minorOf(version: string | undefined): string | undefined {
  return version === undefined ? undefined : (/^\d+\.\d+/.exec(version)?.[0] ?? undefined);
}

function refuseVersion(inputs: Properties): void {
  const wanted = text(inputs, "minMasterVersion");
  if (wanted === undefined || wanted === "latest" || VERSIONS[minorOf(wanted) ?? ""] !== undefined) return;
  throw answered(400, `Master version "${wanted}" is unsupported.`, "badRequest");
}

function refuseNetwork(inputs: Properties, context: Context): void {
  const network = text(inputs, "network");
  const inside = network === undefined ? undefined : needed(context, tokens.NETWORK, network);
  const reference = text(inputs, "subnetwork");
  if (reference === undefined) return;
  const subnetwork = needed(context, tokens.SUBNETWORK, reference);
  if (inside !== undefined && !refersTo(text(subnetwork.outputs, "network"), inside)) {
    throw answered(400, `Subnetwork "${nameOf(subnetwork.outputs)}" is not in network "${nameOf(inside.outputs)}".`, "badRequest");
  }
  const known = list(subnetwork.outputs, "secondaryIpRanges").filter(isObject).map((range) => text(range, "rangeName"));
  for (const name of ["clusterSecondaryRangeName", "servicesSecondaryRangeName"].map((property) => text(inputs, `ipAllocationPolicy.${property}`))) {
    if (name === undefined || known.includes(name)) continue;
    throw answered(400, `The secondary range "${name}" does not exist in subnetwork "${nameOf(subnetwork.outputs)}".`, "badRequest");
  }
}

function clusterOutputs(inputs: Properties, context: Context): Properties {
  const location = locationOf(inputs, context);
  const region = regionAround(location);
  const project = projectOf(inputs, context);
  const part = (purpose: string) => context.random.for(purpose);
  const merged = (property: string, more: Properties): Properties => ({ ...more, ...object(inputs, property) });
  const earlier = minorOf(text(inputs, "minMasterVersion")) ?? minorOf(text(context.previous, "masterVersion")) ?? DEFAULT_VERSION;
  const version = VERSIONS[earlier] ?? "";
  const privateIp = `172.16.${part("private").integer(250)}.2`;
  const publicIp = `198.51.100.${1 + part("public").integer(254)}`;
  const dns = `gke-${part("dns").hex(36)}-${PROJECT_NUMBER}.${region}.gke.goog`;
  const subnetwork = live(context, tokens.SUBNETWORK, text(inputs, "subnetwork") ?? "");
  return {
    location,
    endpoint: flag(inputs, "controlPlaneEndpointsConfig.ipEndpointsConfig.enabled") === false ? "" : publicIp,
    controlPlaneEndpointsConfig: {
      ...merged("controlPlaneEndpointsConfig", { ipEndpointsConfig: { enabled: true } }),
      dnsEndpointConfig: { allowExternalTraffic: false, ...object(inputs, "controlPlaneEndpointsConfig.dnsEndpointConfig"), endpoint: dns },
    },
    masterAuth: { clientCertificate: "", clientKey: "", ...object(inputs, "masterAuth"), clusterCaCertificate: Buffer.from(certificate(context, "authority")).toString("base64") },
    masterVersion: version,
    nodeVersion: version,
    selfLink: `https://container.googleapis.com/v1/${context.id}`,
    operation: "",
    ipAllocationPolicy: merged("ipAllocationPolicy", rangesOf(inputs, subnetwork)),
    servicesIpv4Cidr: text(rangesOf(inputs, subnetwork), "servicesIpv4CidrBlock") ?? "34.118.224.0/20",
    privateClusterConfig: merged("privateClusterConfig", { privateEndpoint: privateIp, publicEndpoint: publicIp, peeringName: "" }),
    workloadIdentityConfig: merged("workloadIdentityConfig", { workloadPool: `${project}.svc.id.goog` }),
    releaseChannel: merged("releaseChannel", { channel: "REGULAR" }),
    datapathProvider: text(inputs, "datapathProvider") ?? (isAutopilot(inputs) ? "ADVANCED_DATAPATH" : "LEGACY_DATAPATH"),
    networkingMode: "VPC_NATIVE",
    nodeLocations: list(inputs, "nodeLocations").length > 0 ? list(inputs, "nodeLocations") : zonesOf(region).slice(0, 3),
    databaseEncryption: merged("databaseEncryption", { state: "DECRYPTED", keyName: "" }),
    deletionProtection: flag(inputs, "deletionProtection") ?? true,
    loggingService: text(inputs, "loggingService") ?? "logging.googleapis.com/kubernetes",
    monitoringService: text(inputs, "monitoringService") ?? "monitoring.googleapis.com/kubernetes",
    labelFingerprint: part("labels").hex(8),
    defaultMaxPodsPerNode: inputs.defaultMaxPodsPerNode ?? 110,
  };
}

function rangesOf(inputs: Properties, subnetwork: CloudObject | undefined): Properties {
  const ranges = list(subnetwork?.outputs, "secondaryIpRanges").filter(isObject);
  const range = (property: string, otherwise: string): string => {
    const name = text(inputs, `ipAllocationPolicy.${property}`);
    return text(ranges.find((one) => text(one, "rangeName") === name), "ipCidrRange") ?? otherwise;
  };
  return {
    clusterIpv4CidrBlock: range("clusterSecondaryRangeName", "10.96.0.0/14"),
    servicesIpv4CidrBlock: range("servicesSecondaryRangeName", "34.118.224.0/20"),
    stackType: "IPV4",
  };
}
