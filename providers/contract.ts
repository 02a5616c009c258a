import type { Provider } from "@pulumi/kubernetes/provider";
import type { ComponentResource, ComponentResourceOptions, Input, Output, Resource } from "@pulumi/pulumi";
import type { StatefulResource } from "../components/config/groups/dataLoss";
import type { CloudKeys } from "../components/config/load";
import type { Problem } from "../components/config/problem";
import type { BroughtSecret } from "../components/config/schema";
import type { Size } from "../components/config/size";
import type { AlarmName, CloudPlan } from "../components/plan/cloudPlan";

/** A cloud. Its adapter is the only place that knows it; everybody else asks the {@link CloudFoundation}. */
export interface CloudProvider extends CloudKeys {
  /** What of a plan's data is the operator's own and stays whatever the platform does. Default: nothing. */
  brings?(plan: CloudPlan): readonly StatefulResource[];
  /** What this cloud cannot do of a plan, or cannot read in it. Creates nothing. Gaps are `UnsupportedError`s. */
  check(plan: CloudPlan): readonly Problem[];
  /** What the plan costs a month, line by line. A resource without a known price is a line that says so. */
  estimate(plan: CloudPlan): Estimate;
  /**
   * Whether this cloud accepts what it refused if it is asked again a little later: it was asked too often, or does not know
   * everywhere yet what was just made. Never of something that half exists.
   */
  passes(refusal: string): boolean;
  /**
   * Builds everything below the application. Called once.
   *
   * @param secrets kept as copies in the cloud's own secret store, by name, so that they outlive the stack's state.
   * @param brought those of `broughtSecrets` that are set.
   */
  provision(name: string, plan: CloudPlan, secrets: CloudSecrets, opts: ComponentResourceOptions, brought?: BroughtSecrets): CloudFoundation;
  /**
   * What exists of a platform, as far as `provision` makes it and tags tell. Not what the cloud makes by itself, and not what
   * a deletion leaves behind, for a while or by design. Changes nothing. Rejects where the cloud does not answer.
   */
  holdings(scope: HoldingsScope): Promise<readonly Holding[]>;
}

/** Where to look for what exists of a platform, and as whom. */
export interface HoldingsScope {
  readonly region: string;
  /** What the names of its resources begin with. */
  readonly name: string;
  /** The tags that tell it from others. */
  readonly tags: Readonly<Record<string, string>>;
  /** The stack's config of the cloud's own provider by key, such as `aws:profile`. Secret values are undefined. */
  readonly providerConfig: Readonly<Record<string, unknown>>;
  /** Whether the state knows a name. What it knows needs no second look. */
  readonly known: (name: string) => boolean;
}

/** Something that exists in a cloud. */
export interface Holding {
  /** The cloud's own name for it. */
  readonly id: string;
  /** What it is, in the cloud's words. */
  readonly what: string;
  /** Its logical name in the program, where that is written on it. */
  readonly logicalName?: string;
  /** All names by which a state may know it. */
  readonly names: readonly string[];
}

/** List prices without taxes, discounts and traffic; for ranking and budgets, not for invoices. */
export interface Estimate {
  readonly currency: "USD";
  /** Day of the newest source of a price. */
  readonly asOf: string;
  /** Region the prices are of, where the plan's own is not in the table. */
  readonly region: string;
  readonly lines: readonly EstimateLine[];
}

export interface EstimateLine {
  readonly what: string;
  /** How the figure comes about, with the multiplication. */
  readonly arithmetic: string;
  /** Per month of 730 hours; undefined: not priced. */
  readonly monthly?: number;
}

export type CloudSecrets = Readonly<Record<string, Output<string>>>;

/** Secrets of what exists already, by key. */
export type BroughtSecrets = Readonly<Partial<Record<BroughtSecret, Output<string>>>>;

/** What a cloud gave us. Each field answers a question of the application. */
export interface CloudFoundation {
  /** The component everything of the cloud hangs below. */
  readonly component: ComponentResource;
  /** Where do pods run, and how are they deployed? */
  readonly kubernetes: KubernetesAccess;
  /** Where is the database? */
  readonly database: DatabaseEndpoint;
  /** Where are sessions kept? */
  readonly sessionCache: CacheEndpoint;
  /** Where is everything cached that can be computed again? May be the session cache's instance. */
  readonly applicationCache: CacheEndpoint;
  /** Where do files go, and as whom? Undefined where the plan has no object store. */
  readonly objectStore?: ObjectStoreAccess;
  /** Which volume do many pods share? */
  readonly sharedFiles?: VolumeAccess;
  /** Which disk does one pod own? */
  readonly blockDisk?: VolumeAccess;
  /** How does a load balancer come about, and how does the visitor's address survive it? Or who else lets visitors in? */
  readonly ingress: IngressAccess | OwnIngress;
  /** How does the site's name find the load balancer? */
  readonly dns: Dns;
  /** How is ownership of the name proved to a certificate authority? Undefined: over HTTP. */
  readonly certificates?: CertificateSolver;
  /** Where do images come from? */
  readonly imagePull: ImagePull;
  /** What do pods and service accounts carry to be somebody in the cloud? */
  readonly workloadIdentity: WorkloadIdentity;
  /** What must pods reach? Everything else is shut. */
  readonly requiredEgress: readonly Egress[];
  /** Where do logs go, and who watches? */
  readonly observability: Observability;
}

export interface KubernetesAccess {
  readonly provider: Provider;
  /** Secret. Holds no token: tools fetch one when they need it. */
  readonly kubeconfig: Output<string>;
  /** Where pods' addresses come from: whose word on the visitor's address the web server takes. */
  readonly podRanges: readonly Input<string>[];
  /** What goes with the cluster when it goes: the `deletedWith` of whatever lives in it. Undefined: the cluster stays. */
  readonly cluster?: Resource;
  /** Drivers and permissions that pods need before they can run, and that must outlive them. */
  readonly ready: readonly Resource[];
}

/** How a server proves who it is. */
export interface Tls {
  /** `public`: a certificate authority every system trusts; else the authorities' certificates in PEM. */
  readonly ca: "public" | Input<string>[];
  /** `full`: authority and name; `ca`: the authority alone, where the certificate names no host. */
  readonly verify: "full" | "ca";
}

export interface Endpoint {
  readonly host: Output<string>;
  readonly port: number;
  /** Secret. */
  readonly password: Output<string>;
  readonly tls: Tls;
}

export interface DatabaseEndpoint extends Endpoint {
  readonly name: string;
  readonly user: string;
}

export interface CacheEndpoint extends Endpoint {
  /** Undefined: the server asks for a password alone. */
  readonly user?: string;
}

export interface ObjectStoreAccess {
  /** The protocol the store speaks. */
  readonly protocol: "s3" | "blob";
  /** Address of the service; undefined: the client library's own for the region. */
  readonly endpoint?: Input<string>;
  readonly region: string;
  /** Bucket or container. */
  readonly bucket: Output<string>;
  /** Account the container belongs to, where the protocol has one. */
  readonly account?: Output<string>;
  /** The access header the store wants on each object; stores with uniform access refuse any. */
  readonly aclHeader: "private" | "none";
  readonly credentials: ObjectStoreCredentials;
  /** False where browsers cannot reach the store, so that files go through the application. */
  readonly fromBrowsers?: false;
}

export type ObjectStoreCredentials =
  /** The pod's own identity, by `workloadIdentity`. */
  | { readonly kind: "workload identity" }
  /** A key that does not expire. `secret` is secret. */
  | { readonly kind: "access key"; readonly id: Output<string>; readonly secret: Output<string> }
  /** A program beside the application mints a short-lived token into a file. */
  | {
      readonly kind: "minted token";
      /** The program's image; undefined: the application's own. */
      readonly image?: string;
      readonly command: readonly string[];
      readonly environment: Readonly<Record<string, Input<string>>>;
    };

export type VolumeAccess = VolumeSource & VolumeTerms;

/** One of these is set. */
export type VolumeSource = OneOf<{
  /** A PersistentVolume's source, as Kubernetes writes it. */
  readonly csi: {
    readonly driver: string;
    readonly volumeHandle: Input<string>;
    readonly fsType?: string;
    readonly volumeAttributes?: Readonly<Record<string, Input<string>>>;
  };
  readonly nfs: { readonly server: string; readonly path: string };
  /** A folder of the one node that `zone` names. */
  readonly local: { readonly path: string };
  /** What a claim gets: the PersistentVolume named, or what a storage class makes for it; undefined: the cluster's default class. */
  readonly claimed: { readonly persistentVolume?: string; readonly storageClass?: string };
}>;

type OneOf<All> = {
  [Key in keyof All]: { readonly [Own in Key]: All[Own] } & { readonly [Other in Exclude<keyof All, Key>]?: undefined };
}[keyof All];

export interface VolumeTerms {
  readonly mountOptions: readonly string[];
  readonly size: Size;
  /** The node label and value the volume is tied to; undefined: mountable from every zone. */
  readonly zone?: { readonly label: string; readonly value: Input<string> };
  /** How it becomes writable: the volume's own doing, the pod's `fsGroup`, or a Job that runs as root and hands it over once. */
  readonly writableBy: "volume" | "fsGroup" | "job";
}

/** The cluster lets visitors in by itself: nothing is installed for it, and the route to the site is made by hand. */
export interface OwnIngress {
  /** Namespace of the pods that pass requests on. */
  readonly namespace: string;
}

export interface IngressAccess {
  /** Of the Service of type LoadBalancer; undefined: the cluster's default. */
  readonly loadBalancerClass?: string;
  readonly annotations: Readonly<Record<string, Input<string>>>;
  /** How the visitor's address arrives: kept on the packets, in the PROXY protocol, or in a header. */
  readonly clientAddress: "packet" | "proxy protocol" | "header";
  /** Where the load balancer's own connections come from: only these may say who the visitor is. */
  readonly trustedRanges: readonly Input<string>[];
}

/** What a load balancer is reached by. Exactly one is set. */
export interface LoadBalancerAddress {
  readonly hostname?: string;
  readonly ip?: string;
}

export interface DnsRecord {
  readonly name: string;
  readonly type: "A" | "CNAME";
  readonly value: string;
}

export interface Dns {
  /** Whether {@link Dns.publish} makes the record; else somebody must make the one it returns. */
  readonly managed: boolean;
  /** Points a name at a load balancer. Called once a name. */
  publish(hostname: string, address: Output<LoadBalancerAddress>, opts: ComponentResourceOptions): Output<DnsRecord>;
}

/** A DNS-01 solver as cert-manager's Issuer writes it, and what its service account and pods carry. */
export interface CertificateSolver {
  readonly solver: Readonly<Record<string, unknown>>;
  readonly serviceAccountAnnotations: Readonly<Record<string, Input<string>>>;
  /** What its pods carry. */
  readonly podLabels: Readonly<Record<string, Input<string>>>;
  /** What gives the service account's pods their identity, where they get it when they start and never after. */
  readonly ready: readonly Resource[];
}

export interface ImagePull {
  /** The registry this platform owns, without a tag. */
  readonly registry: Output<string>;
  /** Contents of a `.dockerconfigjson`; undefined: nodes are allowed to pull. Secret. */
  readonly dockerConfig?: Output<string>;
}

export interface WorkloadIdentity {
  readonly serviceAccountAnnotations: Readonly<Record<string, Input<string>>>;
  readonly podLabels: Readonly<Record<string, Input<string>>>;
}

/** Addresses, or the pods of a namespace: some clusters do not match their own pods by address. */
export type Egress = {
  /** What it is for, as the NetworkPolicy's comment and the operator read it. */
  readonly reason: string;
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
} & OneOf<{ readonly cidr: Input<string>; readonly namespace: string }>;

export interface Observability {
  /** Where an operator reads the pods' logs. */
  readonly podLogs: Output<string>;
  /** The alarms by name, as the cloud calls them; where the cloud has none, the text says so and begins with `none`. */
  readonly alarms: Readonly<Record<AlarmName, Output<string>>>;
}
