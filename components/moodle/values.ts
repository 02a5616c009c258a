// Generated from charts/moodle/values.schema.json by `npm run docs`. Change the schema, not this file.

/**
 * Value of a Moodle setting.
 */
export type SettingValue = string | number | boolean;
/**
 * TCP port.
 */
export type Port = number;
/**
 * Address range, for example 10.0.0.0/16.
 */
export type Cidr = string;

/**
 * Values of the moodle chart. Unknown keys are refused. Sizes are in MiB or GiB and times in seconds, as the key's name says.
 */
export interface ChartValues {
  /**
   * Helm adds this key when the chart is a dependency of another; the chart reads nothing from it.
   */
  global?: {
    [k: string]: unknown;
  };
  image: Image;
  /**
   * Digest of the chart's own files, passed by the platform so that an edited template is a visible difference. Appears as one annotation of the environment ConfigMap and changes nothing else.
   */
  chartDigest?: string;
  site: Site;
  moodle: Moodle;
  files: Files;
  database: Database;
  /**
   * The Redis or Valkey server for sessions: not clustered, eviction policy `noeviction`. Its password is `secrets.sessionCachePassword`.
   */
  sessionCache: Cache;
  /**
   * The Redis or Valkey server for Moodle's application cache: not clustered, eviction policy `allkeys-lru`. Its password is `secrets.applicationCachePassword`.
   */
  applicationCache: Cache;
  secrets: Secrets;
  mail?: Mail;
  web?: Web;
  /**
   * Runners of scheduled tasks. 0 stops cron.
   */
  cron?: Runner;
  /**
   * Additional runners of ad-hoc tasks; the scheduled ones run those as well.
   */
  adhoc?: Runner;
  job?: Job;
  gateway?: Gateway;
  network?: Network;
  monitoring?: Monitoring;
  serviceAccount?: ServiceAccount;
  scheduling?: Scheduling;
  runAs?: User;
  /**
   * Labels of every object.
   */
  commonLabels?: Labels;
  /**
   * Labels of every pod, for example what a workload identity asks for.
   */
  podLabels?: Labels;
  /**
   * Annotations of every pod.
   */
  podAnnotations?: Labels;
}
/**
 * The Moodle image: code, plugins, nginx and PHP in one. There is no default image.
 */
export interface Image {
  /**
   * Registry and repository, without tag or digest.
   */
  repository: string;
  /**
   * Tag; `latest` is refused. Needed when there is no digest.
   */
  tag?: string;
  /**
   * Content digest; wins over the tag, which is then only for people to read.
   */
  digest?: string;
  /**
   * When the node asks the registry.
   */
  pullPolicy?: "IfNotPresent" | "Always" | "Never";
  /**
   * Names of image pull Secrets in the release's namespace.
   */
  pullSecrets?: string[];
}
/**
 * What people see. The address is always https://<hostname>.
 */
export interface Site {
  /**
   * Public host name, without scheme, port or path. Every other use of the name is derived from it.
   */
  hostname: string;
  /**
   * Full name, set at the first installation only.
   */
  name?: string;
  /**
   * Short name, set at the first installation only.
   */
  shortName?: string;
  /**
   * Language code of the site at installation, for example `en` or `de`. The image must hold the pack.
   */
  language?: string;
  /**
   * User name of the first administrator, lower case, set at the first installation only.
   */
  adminUser?: string;
  /**
   * Address of the first administrator, set at the first installation only.
   */
  adminEmail: string;
  /**
   * Address shown to users who need help; empty means the administrator's.
   */
  supportEmail?: string;
}
/**
 * The Moodle line and the settings forced on it.
 */
export interface Moodle {
  /**
   * Moodle release inside the image, as major.minor.point. 5.2.0 and 5.2.1 are refused: their object store client cannot start.
   */
  version: string;
  /**
   * Settings forced on Moodle's core (`$CFG`), locked in its administration pages. Secrets are refused here: they go through `secrets.forcedSettings`.
   */
  settings?: {
    [k: string]: SettingValue;
  };
  /**
   * Settings forced on plugins, by plugin and then by name. Secrets are refused here: they go through `secrets.forcedSettings`.
   */
  pluginSettings?: {
    [k: string]: {
      [k: string]: SettingValue;
    };
  };
}
/**
 * Where students' files live.
 */
export interface Files {
  /**
   * `objectfs`: object store plus a small shared volume, many replicas. `shared`: everything on the shared volume, many replicas. `block`: everything on one disk, and so in one pod. Changing it on a live site is a migration.
   */
  mode: "objectfs" | "shared" | "block";
  volume?: Volume;
  objectStore?: ObjectStore;
}
/**
 * The volume behind Moodle's data folder: an existing claim, or exactly one of `csi`, `nfs` and `local`, for which the chart makes a static volume and claim with reclaim policy Retain.
 */
export interface Volume {
  /**
   * Name of a claim made elsewhere; it must be ReadWriteMany unless the mode is `block`.
   */
  existingClaim?: string;
  /**
   * Capacity stated on the static volume, in GiB.
   */
  sizeGiB?: number;
  /**
   * Mount options of the static volume.
   */
  mountOptions?: string[];
  /**
   * Node labels and allowed values that can reach the static volume, for example a zone. Empty: every node.
   */
  nodeAffinity?: {
    /**
     * @minItems 1
     */
    [k: string]: string[];
  };
  /**
   * How the volume's root becomes writable for `runAs.group`: `preset`: it already is; `fsGroup`: the kubelet changes the group at mount, where the driver supports it; `rootJob`: a Job that runs as root changes it once, for which the namespace must allow the baseline Pod Security level; not in `block` mode.
   */
  prepare?: "preset" | "fsGroup" | "rootJob";
  csi?: CSIVolume;
  nfs?: NFSExport;
  local?: LocalFolder;
}
/**
 * A volume of a CSI driver.
 */
export interface CSIVolume {
  /**
   * Name of the CSI driver.
   */
  driver: string;
  /**
   * The driver's name of the volume.
   */
  volumeHandle: string;
  /**
   * File system on a disk, for example `ext4` or `xfs`.
   */
  fsType?: string;
  /**
   * Attributes the driver needs to mount it.
   */
  volumeAttributes?: {
    [k: string]: string;
  };
}
/**
 * An NFS export.
 */
export interface NFSExport {
  /**
   * Host or address of the server.
   */
  server: string;
  /**
   * Exported path.
   */
  path: string;
}
/**
 * A folder of one node, for development; `nodeAffinity` must name the node.
 */
export interface LocalFolder {
  /**
   * Path on the node.
   */
  path: string;
}
/**
 * Where `objectfs` keeps files. Required in that mode, refused in the others.
 */
export interface ObjectStore {
  /**
   * `s3`: any store that speaks the S3 protocol. `blob`: a blob container reached with a signed token.
   */
  protocol: "s3" | "blob";
  /**
   * Base address with scheme; empty means the protocol's own address of the region.
   */
  endpoint?: string;
  /**
   * Who signs the store's certificate: `public`, or the PEM certificates to trust. Browsers have to trust it too where `presignedDownloads` is set.
   */
  ca?: "public" | string[];
  /**
   * Region name the client signs with (`s3`).
   */
  region?: string;
  /**
   * Account that owns the container (`blob`).
   */
  account?: string;
  /**
   * Bucket or container.
   */
  bucket: string;
  /**
   * Folder inside the bucket, ending with a slash; empty means its root.
   */
  prefix?: string;
  /**
   * Access header sent with each object; `none` for buckets with uniform access, which refuse the header.
   */
  aclHeader?: "private" | "none";
  /**
   * `always`: the client adds a checksum to every request. `whenRequired`: only where the protocol demands one, for stores that do not know the newer headers.
   */
  checksums?: "always" | "whenRequired";
  /**
   * Send browsers to the store with a signed address for large files (`s3` only); the bucket needs a CORS rule for the site.
   */
  presignedDownloads?: boolean;
  credentials: Credentials;
}
/**
 * How pods prove who they are to the store.
 */
export interface Credentials {
  /**
   * `workloadIdentity`: by the service account. `accessKey`: `secrets.objectStoreAccessKeyId` and `secrets.objectStoreSecretAccessKey`. `mintedToken`: a program beside Moodle writes and renews a token file.
   */
  kind: "workloadIdentity" | "accessKey" | "mintedToken";
  minter?: TokenMinter;
}
/**
 * A container beside every Moodle container that writes the token to the file named by its variable MOODLE_OBJECT_STORE_TOKEN_FILE and renews it in time (`mintedToken` only).
 */
export interface TokenMinter {
  /**
   * Its image, with tag or digest; empty means the Moodle image.
   */
  image?: string;
  /**
   * Program and arguments.
   *
   * @minItems 1
   */
  command: string[];
  /**
   * Variables for the program. Not for secrets.
   */
  environment?: {
    [k: string]: string;
  };
}
/**
 * The PostgreSQL database, made beforehand with UTF-8 encoding. The password is `secrets.databasePassword`.
 */
export interface Database {
  /**
   * Host name as its certificate carries it.
   */
  host: string;
  port?: Port;
  /**
   * Database.
   */
  name?: string;
  /**
   * User that owns it.
   */
  user?: string;
  /**
   * Hosts of read replicas with the same port, name, user, password and TLS as the primary.
   */
  readHosts?: string[];
  tls?: Tls;
}
/**
 * Encryption towards a server. The server's certificate is always verified.
 */
export interface Tls {
  /**
   * Off only for servers inside the cluster, in development.
   */
  enabled?: boolean;
  /**
   * Who signs the server's certificate: `public`, or the PEM certificates to trust.
   */
  ca?: "public" | string[];
  /**
   * `full`: signer and name. `ca`: signer only, for servers whose certificate does not carry the name used.
   */
  verify?: "full" | "ca";
}
/**
 * A Redis or Valkey server, one instance or primary endpoint.
 */
export interface Cache {
  /**
   * Host name or address, without scheme.
   */
  host: string;
  port?: Port;
  /**
   * User; empty means the server's default user.
   */
  user?: string;
  /**
   * Put before every key; sites that share a server need different ones.
   */
  prefix?: string;
  tls?: Tls;
}
/**
 * References to Kubernetes Secrets; no secret is ever a value. Each is mounted as one file of the key's own name.
 */
export interface Secrets {
  /**
   * Password of `database.user`.
   */
  databasePassword: SecretRef;
  /**
   * Password of the first administrator. Only the install and upgrade program sees it.
   */
  adminPassword: SecretRef;
  /**
   * Moodle's encryption key: 32 random bytes. It must never change or be lost: settings encrypted with it could not be read again.
   */
  encryptionKey: SecretRef;
  /**
   * Key without which nobody can start an upgrade from a browser.
   */
  upgradeKey: SecretRef;
  /**
   * JSON object from number to pepper of at least 112 bits, the highest number in use. Once set it must never be lost: no password would be accepted again.
   */
  passwordPeppers?: SecretRef;
  /**
   * Password of the session cache.
   */
  sessionCachePassword?: SecretRef;
  /**
   * Password of the application cache.
   */
  applicationCachePassword?: SecretRef;
  /**
   * Access key id of the object store.
   */
  objectStoreAccessKeyId?: SecretRef;
  /**
   * Secret access key of the object store.
   */
  objectStoreSecretAccessKey?: SecretRef;
  /**
   * Password of `mail.user`.
   */
  mailPassword?: SecretRef;
  /**
   * JSON file with `settings` and `pluginSettings`, forced like those of `moodle` but kept secret.
   */
  forcedSettings?: SecretRef;
}
/**
 * A key of a Kubernetes Secret in the release's namespace.
 */
export interface SecretRef {
  /**
   * Name of the Secret.
   */
  name: string;
  /**
   * Key in it.
   */
  key: string;
}
/**
 * Outgoing mail. Without it Moodle sends none.
 */
export interface Mail {
  /**
   * Mail server.
   */
  host: string;
  port: Port;
  /**
   * User name; empty for a server without authentication.
   */
  user?: string;
  /**
   * Sender address of the site's own mail.
   */
  from: string;
  /**
   * `starttls` (usually port 587), `tls` (465) or `none`.
   */
  security: "starttls" | "tls" | "none";
}
/**
 * Pods that answer requests: nginx and PHP-FPM.
 */
export interface Web {
  /**
   * Pods when autoscaling is off. `block` mode allows 1 only.
   */
  replicas?: number;
  autoscaling?: Autoscaling;
  disruptionBudget?: DisruptionBudget;
  /**
   * Whether pods must (`required`) or should (`preferred`) spread over zones.
   */
  zoneSpread?: "preferred" | "required";
  /**
   * Largest upload, in MiB: nginx and PHP follow from it. The gateway must not set a smaller one.
   */
  uploadLimitMiB?: number;
  /**
   * Longest request, in seconds: gateway route, nginx and PHP follow from it.
   */
  requestTimeoutSeconds?: number;
  /**
   * How long a stopping pod still serves, so that the gateway can forget it.
   */
  drainSeconds?: number;
  /**
   * How long a stopping pod may take in all; requests still running then are cut. null means drainSeconds, requestTimeoutSeconds and 20: none is.
   */
  terminationGraceSeconds?: number | null;
  /**
   * Address ranges of proxies whose forwarded client address is believed.
   */
  trustedProxies?: Cidr[];
  php?: PHPFPM;
  nginx?: Nginx;
  localStorage?: LocalStorage;
}
/**
 * HorizontalPodAutoscaler on CPU. Refused in `block` mode.
 */
export interface Autoscaling {
  /**
   * Let the autoscaler decide the number of pods.
   */
  enabled?: boolean;
  /**
   * Fewest pods.
   */
  minReplicas?: number;
  /**
   * Most pods; database connections must suffice for them.
   */
  maxReplicas?: number;
  /**
   * Mean CPU use, in percent of the request, to hold.
   */
  targetCpuPercent?: number;
  /**
   * How long load must be lower before pods go.
   */
  scaleDownSeconds?: number;
}
/**
 * What node maintenance may take away.
 */
export interface DisruptionBudget {
  /**
   * Pods that may be evicted at once; null means 1, and 0 in `block` mode, where an eviction is an outage.
   */
  maxUnavailable?: number | null;
}
/**
 * The PHP worker pool of each pod.
 */
export interface PHPFPM {
  /**
   * Workers per pod, all started at once; each may hold one database connection.
   */
  workers?: number;
  /**
   * Requests after which a worker is replaced.
   */
  maxRequests?: number;
  /**
   * PHP's memory_limit. Moodle needs 96.
   */
  memoryLimitMiB?: number;
  /**
   * Limit that Moodle raises itself to for restores and reports.
   */
  extraMemoryLimitMiB?: number;
  /**
   * Memory for compiled code; Moodle's own files need 451 MiB.
   */
  opcacheMiB?: number;
  /**
   * Part of it for strings; Moodle's own files need 62 MiB.
   */
  internedStringsMiB?: number;
  /**
   * Memory for the pod's own cache.
   */
  apcuMiB?: number;
  /**
   * Requests longer than this are written to the slow log; 0 writes none.
   */
  slowRequestSeconds?: number;
  resources?: Resources;
}
/**
 * What a container asks for. Memory is request and limit at once.
 */
export interface Resources {
  /**
   * CPU request, for example 500m.
   */
  cpuRequest?: string;
  /**
   * CPU limit; empty means none.
   */
  cpuLimit?: string;
  /**
   * Memory in MiB.
   */
  memoryMiB?: number;
}
/**
 * The web server of each pod.
 */
export interface Nginx {
  resources?: Resources;
}
/**
 * Space on the node's disk, lost with the pod.
 */
export interface LocalStorage {
  /**
   * For Moodle's local cache.
   */
  cacheGiB?: number;
  /**
   * For uploads and unpacking; at least twice the upload limit.
   */
  temporaryGiB?: number;
}
/**
 * Processes that run Moodle's tasks.
 */
export interface Runner {
  /**
   * Pods; `block` mode allows 1 at most.
   */
  replicas?: number;
  /**
   * How long one cron process looks for further work before it is replaced.
   */
  keepAliveSeconds?: number;
  /**
   * After this long a process starts no further task.
   */
  maxRuntimeSeconds?: number;
  /**
   * PHP's memory_limit.
   */
  memoryLimitMiB?: number;
  /**
   * How long a running task may finish when the pod must stop.
   */
  terminationGraceSeconds?: number;
  resources?: Resources;
  localStorage?: LocalStorage;
}
/**
 * The program that installs or upgrades the database before new code serves: a Job, or an init container in `block` mode.
 */
export interface Job {
  /**
   * After this long the Job is stopped and the release fails.
   */
  deadlineSeconds?: number;
  /**
   * Further attempts after a failed one.
   */
  retries?: number;
  /**
   * How long a finished Job is kept, for its log. A release after that makes it again, and it finds nothing to do. At least the timeout of `helm --wait-for-jobs`.
   */
  keepSeconds?: number;
  /**
   * Time to stop cleanly when told to.
   */
  terminationGraceSeconds?: number;
  /**
   * PHP's memory_limit for it.
   */
  memoryLimitMiB?: number;
  resources?: Resources;
  localStorage?: LocalStorage;
}
/**
 * The Gateway (gateway.networking.k8s.io) that the site's HTTPRoute attaches to. Without it no route is made.
 */
export interface Gateway {
  /**
   * Name of the Gateway.
   */
  name: string;
  /**
   * Its namespace.
   */
  namespace: string;
  /**
   * Its HTTPS listener.
   */
  section: string;
  /**
   * Its HTTP listener, from which requests are redirected to HTTPS; absent, none are.
   */
  redirectSection?: string;
}
/**
 * NetworkPolicies: everything not listed is refused.
 */
export interface Network {
  /**
   * Make the policies. They only work where the cluster enforces them.
   */
  policies?: boolean;
  /**
   * Who may reach the web pods: the gateway's proxies.
   */
  ingressFrom?: Peer[];
  dns?: ClusterDNS;
  /**
   * What pods must reach: database, caches, object store, mail, identity.
   */
  requiredEgress?: Egress[];
}
/**
 * Pods of a namespace.
 */
export interface Peer {
  /**
   * Namespace.
   */
  namespace: string;
  /**
   * Labels of the pods; absent means all.
   */
  podLabels?: Labels;
}
/**
 * Map of strings.
 */
export interface Labels {
  [k: string]: string;
}
/**
 * Pods that answer DNS. A cluster that answers it on the node needs an entry in `requiredEgress` as well.
 */
export interface ClusterDNS {
  /**
   * Their namespace.
   */
  namespace?: string;
  /**
   * Their labels; an empty map means all pods of the namespace.
   */
  podLabels?: Labels;
}
/**
 * One destination that pods must reach: an address range, or pods of a namespace. Some clusters match their own pods by labels only, and not by address.
 */
export interface Egress {
  cidr?: Cidr;
  /**
   * Namespace of the pods, in place of `cidr`.
   */
  namespace?: string;
  /**
   * Labels of the pods; absent means all of the namespace.
   */
  podLabels?: Labels;
  port: Port;
  /**
   * Transport.
   */
  protocol: "TCP" | "UDP";
  /**
   * What it is for, for the reader of the policy.
   */
  reason: string;
}
/**
 * Objects of the Prometheus operator, which must be installed if they are enabled.
 */
export interface Monitoring {
  serviceMonitor?: ServiceMonitor;
  rules?: PrometheusRule;
  /**
   * Who may reach the pods' probe and metrics port.
   */
  scrapeFrom?: Peer[];
}
/**
 * Scrape PHP-FPM's status of every web pod.
 */
export interface ServiceMonitor {
  /**
   * Make it.
   */
  enabled?: boolean;
  /**
   * Between scrapes.
   */
  intervalSeconds?: number;
  labels?: Labels;
}
/**
 * Alerts: no web pod, no cron runner, saturated PHP pool, failed install or upgrade.
 */
export interface PrometheusRule {
  /**
   * Make it; needs kube-state-metrics.
   */
  enabled?: boolean;
  labels?: Labels;
}
/**
 * The identity of all pods.
 */
export interface ServiceAccount {
  /**
   * Make it.
   */
  create?: boolean;
  /**
   * Its name; empty means the release's.
   */
  name?: string;
  annotations?: Labels;
}
/**
 * Where pods run.
 */
export interface Scheduling {
  nodeSelector?: Labels;
  /**
   * Tolerations of all pods.
   */
  tolerations?: Toleration[];
  /**
   * Priority class of the web pods and the Job; empty means the cluster's default.
   */
  priorityClassName?: string;
}
/**
 * A Kubernetes toleration.
 */
export interface Toleration {
  /**
   * Taint key.
   */
  key?: string;
  /**
   * Equal or Exists.
   */
  operator?: "Equal" | "Exists";
  /**
   * Taint value.
   */
  value?: string;
  /**
   * Taint effect.
   */
  effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
  /**
   * For NoExecute.
   */
  tolerationSeconds?: number;
}
/**
 * User and group of every process, as the image and the volume expect them.
 */
export interface User {
  /**
   * User id.
   */
  user?: number;
  /**
   * Group id, also the volume's group.
   */
  group?: number;
}
