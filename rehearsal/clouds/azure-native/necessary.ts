import type { Necessity } from "../../necessity";
import { forms } from "./arm";
import * as tokens from "./tokens";

/** Everything is in a resource group, but for what is attached to something; and the id of what is inside of something begins with that. */
const placed: readonly Necessity[] = Object.entries(forms)
  .filter(([type, { on }]) => on === undefined && ![tokens.RESOURCE_GROUP, tokens.FLOW_LOG, tokens.RECORD].includes(type))
  .map(([type, { inside }]) => ({ type, needs: [tokens.RESOURCE_GROUP, ...(inside === undefined ? [] : [inside])] }));

/** The Create call takes the id of it, or refuses a network without it. */
const network: readonly Necessity[] = [
  { type: tokens.NAT_GATEWAY, needs: [tokens.PUBLIC_ADDRESS] },
  { type: tokens.PRIVATE_ENDPOINT, needs: [tokens.SUBNET] },
  { type: tokens.PRIVATE_DNS_ZONE_GROUP, needs: [tokens.PRIVATE_ZONE] },
  { type: tokens.NETWORK_LINK, needs: [tokens.VIRTUAL_NETWORK] },
  { type: tokens.FLOW_LOG, needs: [tokens.VIRTUAL_NETWORK, tokens.STORAGE_ACCOUNT] },
];

/** A server stands in a delegated subnet and has its name in a linked zone; a database and its settings are changed one at a time. */
const data: readonly Necessity[] = [
  { type: tokens.SERVER, needs: [tokens.SUBNET, tokens.NETWORK_LINK] },
  { type: tokens.LIFECYCLE, needs: [tokens.BLOB_SERVICE] },
  { type: tokens.BACKUP_INSTANCE, needs: [tokens.BACKUP_POLICY, tokens.ROLE_ASSIGNMENT] },
];

/** The cluster's identity must be known in the network before there is a cluster, and nobody is trusted without an issuer. */
const cluster: readonly Necessity[] = [
  { type: tokens.ROLE_ASSIGNMENT, nameEnds: "-cluster-network", needs: [tokens.IDENTITY, tokens.VIRTUAL_NETWORK] },
  { type: tokens.CLUSTER, needs: [tokens.SUBNET, tokens.IDENTITY, tokens.ROLE_ASSIGNMENT] },
  { type: tokens.FEDERATED_CREDENTIAL, needs: [tokens.CLUSTER] },
  { type: tokens.COLLECTION, needs: [tokens.COLLECTION_RULE] },
];

const alarms: readonly Necessity[] = [
  { type: tokens.METRIC_ALERT, needs: [tokens.SERVER] },
  { type: tokens.QUERY_RULE, needs: [tokens.WORKSPACE] },
  { type: tokens.COLLECTION_RULE, needs: [tokens.WORKSPACE] },
];

const RELEASE = "kubernetes:helm.sh/v3:Release";
const SERVICE = "kubernetes:core/v1:Service";

/**
 * Nothing runs without a cluster, and nobody is let in who holds no role on it. A load balancer's Service waits for pods behind
 * it, and its address is known only then. Moodle installs itself into its database, with sessions and files in reach.
 */
const inCluster: readonly Necessity[] = [
  { type: "kubernetes:*", needs: [tokens.CLUSTER] },
  { type: SERVICE, needs: [RELEASE] },
  { type: tokens.RECORD, needs: [SERVICE] },
  {
    type: RELEASE,
    nameEnds: "-application-release",
    needs: [tokens.SERVER_DATABASE, tokens.CACHE_DATABASE, tokens.PRIVATE_DNS_ZONE_GROUP, tokens.CONTAINER, tokens.SHARE, tokens.DISK, tokens.FEDERATED_CREDENTIAL],
  },
];

/**
 * What Azure refuses to make, or can't finish, without something else, whoever asks. Source: the paths and required properties
 * of the services' REST APIs, in the versions of the installed SDK. Of types that a platform does not have nothing is needed.
 */
export const necessities: readonly Necessity[] = [...placed, ...network, ...data, ...cluster, ...alarms, ...inCluster];
