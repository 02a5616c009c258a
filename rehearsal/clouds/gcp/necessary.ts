import type { Necessity } from "../../necessity";
import * as tokens from "./tokens";

/** Nothing answers before its service is switched on. */
const SWITCHED_ON = [
  ...["compute", "container", "sql", "redis", "filestore", "servicenetworking", "secretmanager", "artifactregistry", "backupdisasterrecovery"],
  ...["serviceaccount", "kms", "dns", "gkebackup"],
].map((module) => ({ type: `gcp:${module}/*`, needs: [tokens.SERVICE] }));

/** A subnetwork, a router or a range is made inside a network: its insert call takes the network's name. */
const network: readonly Necessity[] = [
  { type: tokens.SUBNETWORK, needs: [tokens.NETWORK] },
  { type: tokens.FIREWALL, needs: [tokens.NETWORK] },
  { type: tokens.ROUTE, needs: [tokens.NETWORK] },
  { type: tokens.ROUTER, needs: [tokens.NETWORK] },
  { type: tokens.ROUTER_NAT, needs: [tokens.ROUTER] },
  { type: tokens.GLOBAL_ADDRESS, needs: [tokens.NETWORK] },
  { type: tokens.CONNECTION, needs: [tokens.GLOBAL_ADDRESS] },
];

/** Names, permissions and values of something that must exist. */
const identity: readonly Necessity[] = [
  { type: tokens.PROJECT_MEMBER, needs: [tokens.SERVICE] },
  { type: tokens.SERVICE_ACCOUNT_MEMBER, needs: [tokens.SERVICE_ACCOUNT] },
  { type: tokens.HMAC_KEY, needs: [tokens.SERVICE_ACCOUNT] },
  { type: tokens.BUCKET_MEMBER, needs: [tokens.BUCKET] },
  { type: tokens.CRYPTO_KEY, needs: [tokens.KEY_RING] },
  { type: tokens.CRYPTO_KEY_MEMBER, needs: [tokens.CRYPTO_KEY] },
  { type: tokens.SECRET_VERSION, needs: [tokens.SECRET] },
  { type: tokens.SECRET_MEMBER, needs: [tokens.SECRET] },
  { type: tokens.REPOSITORY_MEMBER, needs: [tokens.REPOSITORY] },
  { type: tokens.LOG_SINK, needs: [tokens.LOG_BUCKET] },
];

/** Managed servers get their addresses over the connection to Google's own network, so it is there before. */
const data: readonly Necessity[] = [
  { type: tokens.SQL_INSTANCE, needs: [tokens.CONNECTION] },
  { type: tokens.SQL_DATABASE, needs: [tokens.SQL_INSTANCE] },
  { type: tokens.SQL_USER, needs: [tokens.SQL_INSTANCE] },
  { type: tokens.REDIS, needs: [tokens.CONNECTION] },
  { type: tokens.FILESTORE, needs: [tokens.CONNECTION] },
  { type: tokens.FILESTORE_BACKUP, needs: [tokens.FILESTORE] },
  { type: tokens.DISK_POLICY_ATTACHMENT, needs: [tokens.DISK, tokens.RESOURCE_POLICY] },
  { type: tokens.VAULT_PLAN, needs: [tokens.VAULT] },
  { type: tokens.VAULT_ASSOCIATION, needs: [tokens.VAULT_PLAN] },
];

/** The cluster's create call takes a subnetwork; its machines act as an account that may report. */
const cluster: readonly Necessity[] = [
  { type: tokens.CLUSTER, needs: [tokens.SUBNETWORK, tokens.SERVICE_ACCOUNT] },
  { type: tokens.BACKUP_PLAN, needs: [tokens.CLUSTER] },
];

const RELEASE = "kubernetes:helm.sh/v3:Release";
const SERVICE = "kubernetes:core/v1:Service";

/**
 * Nothing runs without a cluster. A load balancer's Service waits for pods behind it, which a controller's release brings, and
 * its address is known only then. Moodle installs itself into its database, with sessions and files in reach, before its release
 * is ready.
 */
const inCluster: readonly Necessity[] = [
  { type: "kubernetes:*", needs: [tokens.CLUSTER] },
  { type: SERVICE, needs: [RELEASE] },
  { type: tokens.RECORD_SET, needs: [SERVICE] },
  {
    type: RELEASE,
    nameEnds: "-application-release",
    needs: [tokens.SQL_DATABASE, tokens.SQL_USER, tokens.REDIS, tokens.BUCKET_MEMBER, tokens.HMAC_KEY, tokens.FILESTORE, tokens.DISK, tokens.ROUTER_NAT],
  },
];

/**
 * What Google Cloud refuses to make, or can't finish, without something else, whoever asks. Source: the required parameters of
 * the services' create calls (API references, 2026). Of types that a platform does not have nothing is needed.
 */
export const necessities: readonly Necessity[] = [...SWITCHED_ON, ...network, ...identity, ...data, ...cluster, ...inCluster];
