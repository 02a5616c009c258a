import { cloud } from "../../rehearsal/clouds/gcp/index";
import * as tokens from "../../rehearsal/clouds/gcp/tokens";
import { type Properties, text } from "../../rehearsal/provider/properties";
import { Account, type Made } from "./support/account";

export { type Account, InputsRefused, type Made, refusal } from "./support/account";

export const PROJECT = "example-moodle";

const SERVICES = [
  ...["artifactregistry", "backupdr", "cloudkms", "cloudresourcemanager", "compute", "container", "dns", "file", "gkebackup", "iam", "redis"],
  ...["secretmanager", "servicenetworking", "sqladmin"],
];

/** A project of the simulated Google Cloud in which nothing is switched on yet. */
export function openEmpty(config: Properties = {}): Promise<Account> {
  return Account.open(cloud, { project: PROJECT, region: "europe-west3", ...config });
}

export function enable(project: Account, service: string): Promise<Made> {
  return project.make(tokens.SERVICE, service, { service: `${service}.googleapis.com` });
}

/** A project with every service switched on. */
export async function openProject(config: Properties = {}): Promise<Account> {
  const project = await openEmpty(config);
  for (const service of SERVICES) await enable(project, service);
  return project;
}

export interface TestNetwork {
  readonly network: Made;
  readonly subnetwork: Made;
  readonly range: Made;
}

/** A network with a subnetwork, and a range for Google's own services. */
export async function network(project: Account, name = "net", base = "10.64"): Promise<TestNetwork> {
  const made = await project.make(tokens.NETWORK, name, { name, autoCreateSubnetworks: false });
  const secondaryIpRanges = [
    { rangeName: "pods", ipCidrRange: `${base}.64.0/18` },
    { rangeName: "services", ipCidrRange: `${base}.32.0/20` },
  ];
  const subnetwork = await project.make(tokens.SUBNETWORK, name, { name, network: made.id, ipCidrRange: `${base}.0.0/22`, secondaryIpRanges });
  const range = await project.make(tokens.GLOBAL_ADDRESS, name, { name: `${name}-data`, purpose: "VPC_PEERING", addressType: "INTERNAL", prefixLength: 20, network: made.id });
  return { network: made, subnetwork, range };
}

/** The way from a network to Google's managed servers. */
export function connect(project: Account, { network, range }: TestNetwork, more: Properties = {}): Promise<Made> {
  const service = "servicenetworking.googleapis.com";
  return project.make(tokens.CONNECTION, network.name, { network: network.id, service, reservedPeeringRanges: [text(range.outputs, "name") ?? ""], ...more });
}

/** Inputs of a database with a private address. */
export function databaseInputs({ network }: TestNetwork, settings: Properties = {}, more: Properties = {}): Properties {
  return {
    name: "moodle",
    databaseVersion: "POSTGRES_17",
    deletionProtection: false,
    settings: {
      tier: "db-custom-2-7680",
      edition: "ENTERPRISE",
      availabilityType: "REGIONAL",
      backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true },
      ipConfiguration: { ipv4Enabled: false, privateNetwork: network.id },
      ...settings,
    },
    ...more,
  };
}

/** Inputs of an Autopilot cluster. */
export function clusterInputs({ network, subnetwork }: TestNetwork, more: Properties = {}): Properties {
  return {
    name: "moodle",
    location: "europe-west3",
    enableAutopilot: true,
    network: network.id,
    subnetwork: subnetwork.id,
    ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" },
    controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: true }, ipEndpointsConfig: { enabled: false } },
    deletionProtection: false,
    ...more,
  };
}

export function account(project: Account, accountId: string): Promise<Made> {
  return project.make(tokens.SERVICE_ACCOUNT, accountId, { accountId });
}

/** A service account that somebody is just making. */
export async function unfinishedAccount(project: Account, accountId: string): Promise<string> {
  const email = `${accountId}@${PROJECT}.iam.gserviceaccount.com`;
  await project.put({ type: tokens.SERVICE_ACCOUNT, id: `projects/${PROJECT}/serviceAccounts/${email}`, name: accountId, outputs: { email }, status: "creating" });
  return email;
}
