/** Pulumi's type tokens of what other resources refer to. */
export const SERVICE = "gcp:projects/service:Service";
/** Never in a program: what stays switched on when a program lets go of a {@link SERVICE}. */
export const ENABLED_SERVICE = "gcp:projects/enabledService:EnabledService";
export const NETWORK = "gcp:compute/network:Network";
export const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";
export const FIREWALL = "gcp:compute/firewall:Firewall";
export const ROUTE = "gcp:compute/route:Route";
export const ROUTER = "gcp:compute/router:Router";
export const ROUTER_NAT = "gcp:compute/routerNat:RouterNat";
export const ADDRESS = "gcp:compute/address:Address";
export const GLOBAL_ADDRESS = "gcp:compute/globalAddress:GlobalAddress";
export const DISK = "gcp:compute/disk:Disk";
export const DISK_SNAPSHOT = "gcp:compute/snapshot:Snapshot";
export const RESOURCE_POLICY = "gcp:compute/resourcePolicy:ResourcePolicy";
export const DISK_POLICY_ATTACHMENT = "gcp:compute/diskResourcePolicyAttachment:DiskResourcePolicyAttachment";
/** Made by a controller in the cluster for a Service; in no program of ours. */
export const FORWARDING_RULE = "gcp:compute/forwardingRule:ForwardingRule";
export const CONNECTION = "gcp:servicenetworking/connection:Connection";
export const CLUSTER = "gcp:container/cluster:Cluster";
export const SQL_INSTANCE = "gcp:sql/databaseInstance:DatabaseInstance";
/** Of an instance that is gone: its final backup, and those it kept. */
export const SQL_BACKUP = "gcp:sql/backupRun:BackupRun";
export const SQL_DATABASE = "gcp:sql/database:Database";
export const SQL_USER = "gcp:sql/user:User";
export const REDIS = "gcp:redis/instance:Instance";
export const FILESTORE = "gcp:filestore/instance:Instance";
export const FILESTORE_BACKUP = "gcp:filestore/backup:Backup";
export const BUCKET = "gcp:storage/bucket:Bucket";
/** An object in a bucket. Programs seldom have one; a rehearsal of a site in use puts some there. */
export const BUCKET_OBJECT = "gcp:storage/bucketObject:BucketObject";
export const BUCKET_MEMBER = "gcp:storage/bucketIAMMember:BucketIAMMember";
export const HMAC_KEY = "gcp:storage/hmacKey:HmacKey";
export const SERVICE_ACCOUNT = "gcp:serviceaccount/account:Account";
export const SERVICE_ACCOUNT_MEMBER = "gcp:serviceaccount/iAMMember:IAMMember";
export const SERVICE_IDENTITY = "gcp:projects/serviceIdentity:ServiceIdentity";
export const PROJECT_MEMBER = "gcp:projects/iAMMember:IAMMember";
export const CUSTOM_ROLE = "gcp:projects/iAMCustomRole:IAMCustomRole";
export const KEY_RING = "gcp:kms/keyRing:KeyRing";
export const CRYPTO_KEY = "gcp:kms/cryptoKey:CryptoKey";
export const CRYPTO_KEY_MEMBER = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";
export const KEY_RING_MEMBER = "gcp:kms/keyRingIAMMember:KeyRingIAMMember";
export const SECRET = "gcp:secretmanager/secret:Secret";
export const SECRET_VERSION = "gcp:secretmanager/secretVersion:SecretVersion";
export const SECRET_MEMBER = "gcp:secretmanager/secretIamMember:SecretIamMember";
export const REPOSITORY = "gcp:artifactregistry/repository:Repository";
export const REPOSITORY_MEMBER = "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember";
export const VAULT = "gcp:backupdisasterrecovery/backupVault:BackupVault";
export const VAULT_PLAN = "gcp:backupdisasterrecovery/backupPlan:BackupPlan";
export const VAULT_ASSOCIATION = "gcp:backupdisasterrecovery/backupPlanAssociation:BackupPlanAssociation";
/** Never in a program: what a plan put into a vault (`backupVault` in its outputs). */
export const VAULT_BACKUP = "gcp:backupdisasterrecovery/backup:Backup";
export const BACKUP_PLAN = "gcp:gkebackup/backupPlan:BackupPlan";
export const MANAGED_ZONE = "gcp:dns/managedZone:ManagedZone";
export const RECORD_SET = "gcp:dns/recordSet:RecordSet";
export const MANAGED_ZONE_MEMBER = "gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember";
export const ALERT_POLICY = "gcp:monitoring/alertPolicy:AlertPolicy";
export const NOTIFICATION_CHANNEL = "gcp:monitoring/notificationChannel:NotificationChannel";
export const LOG_METRIC = "gcp:logging/metric:Metric";
export const LOG_BUCKET = "gcp:logging/projectBucketConfig:ProjectBucketConfig";
export const LOG_SINK = "gcp:logging/projectSink:ProjectSink";
