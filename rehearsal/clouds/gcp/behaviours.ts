import type { Behaviour } from "../../provider/behaviour";
import * as backups from "./backups";
import * as disks from "./disks";
import * as dns from "./dns";
import * as egress from "./egress";
import * as filestore from "./filestore";
import { cluster } from "./gke";
import * as iam from "./iam";
import * as kms from "./kms";
import { withLabels } from "./labels";
import * as network from "./network";
import * as operations from "./operations";
import { redisInstance } from "./redis";
import { repository } from "./registry";
import * as secrets from "./secrets";
import { connection } from "./serviceNetworking";
import { service } from "./serviceUsage";
import * as sql from "./sql";
import * as storage from "./storage";
import * as tokens from "./tokens";

const table: Readonly<Record<string, Behaviour>> = {
  [tokens.SERVICE]: service,
  [tokens.SERVICE_IDENTITY]: iam.serviceIdentity,
  [tokens.NETWORK]: network.network,
  [tokens.SUBNETWORK]: network.subnetwork,
  [tokens.FIREWALL]: network.firewall,
  [tokens.ROUTE]: egress.route,
  [tokens.ROUTER]: egress.router,
  [tokens.ROUTER_NAT]: egress.routerNat,
  [tokens.ADDRESS]: egress.address,
  [tokens.GLOBAL_ADDRESS]: egress.globalAddress,
  [tokens.CONNECTION]: connection,

  [tokens.SERVICE_ACCOUNT]: iam.serviceAccount,
  [tokens.CUSTOM_ROLE]: iam.customRole,
  [tokens.PROJECT_MEMBER]: iam.member(undefined, undefined, "resourcemanager/iam_project.go"),
  [tokens.SERVICE_ACCOUNT_MEMBER]: iam.member("serviceAccountId", tokens.SERVICE_ACCOUNT, "resourcemanager/iam_service_account.go"),
  [tokens.KEY_RING]: kms.keyRing,
  [tokens.CRYPTO_KEY]: kms.cryptoKey,
  [tokens.KEY_RING_MEMBER]: iam.member("keyRingId", tokens.KEY_RING, "kms/iam_kms_key_ring.go"),
  [tokens.CRYPTO_KEY_MEMBER]: iam.member("cryptoKeyId", tokens.CRYPTO_KEY, "kms/iam_kms_crypto_key.go"),
  [tokens.SECRET]: secrets.secret,
  [tokens.SECRET_VERSION]: secrets.secretVersion,
  [tokens.SECRET_MEMBER]: iam.member("secretId", tokens.SECRET, "secretmanager/iam_secret_manager_secret.go"),

  [tokens.CLUSTER]: cluster,
  [tokens.REPOSITORY]: repository,
  [tokens.REPOSITORY_MEMBER]: iam.member("repository", tokens.REPOSITORY, "artifactregistry/iam_artifact_registry_repository.go"),

  [tokens.SQL_INSTANCE]: sql.databaseInstance,
  [tokens.SQL_DATABASE]: sql.database,
  [tokens.SQL_USER]: sql.user,
  [tokens.REDIS]: redisInstance,
  [tokens.BUCKET]: storage.bucket,
  [tokens.BUCKET_OBJECT]: storage.bucketObject,
  [tokens.BUCKET_MEMBER]: iam.member("bucket", tokens.BUCKET, "storage/iam_storage_bucket.go", "b/"),
  [tokens.HMAC_KEY]: storage.hmacKey,
  [tokens.FILESTORE]: filestore.filestoreInstance,
  [tokens.FILESTORE_BACKUP]: filestore.filestoreBackup,
  [tokens.DISK]: disks.disk,
  [tokens.RESOURCE_POLICY]: disks.resourcePolicy,
  [tokens.DISK_POLICY_ATTACHMENT]: disks.diskPolicyAttachment,
  [tokens.VAULT]: backups.vault,
  [tokens.VAULT_PLAN]: backups.plan,
  [tokens.VAULT_ASSOCIATION]: backups.association,
  [tokens.BACKUP_PLAN]: backups.clusterPlan,

  [tokens.NOTIFICATION_CHANNEL]: operations.notificationChannel,
  [tokens.ALERT_POLICY]: operations.alertPolicy,
  [tokens.LOG_METRIC]: operations.logMetric,
  [tokens.LOG_BUCKET]: operations.logBucket,
  [tokens.LOG_SINK]: operations.logSink,
  [tokens.MANAGED_ZONE]: dns.managedZone,
  [tokens.RECORD_SET]: dns.recordSet,
  [tokens.MANAGED_ZONE_MEMBER]: iam.member("managedZone", undefined, "dns/iam_dns_managed_zone.go"),
};

/** How the simulated Google Cloud treats each type. A type that is not here is made at once, with plausible outputs. */
export const behaviours: Readonly<Record<string, Behaviour>> = Object.fromEntries(
  Object.entries(table).map(([type, behaviour]) => [type, withLabels(type, behaviour)]),
);
