import type { Context, Placed } from "../../provider/behaviour";
import { object, type Properties, text, texts } from "../../provider/properties";
import { standingHost } from "../../provider/standingCluster";
import { serverHost } from "./kubeconfig";

/** A load balancer that a controller makes for a Service. */
export interface LoadBalancer {
  /** As in `status.loadBalancer.ingress`. */
  readonly ingress: Properties;
  /** The object it is in its own cloud, and that cloud; `undefined` where the cloud is not simulated to that detail. */
  readonly object: Placed | undefined;
  readonly provider: string;
}

interface Controller {
  /** Clusters by the host of their API server. */
  readonly hosts: RegExp;
  /** `loadBalancerClass`es it serves; `undefined` among them: Services that name none. */
  readonly classes: readonly (string | undefined)[];
  make(inputs: Properties, host: string, context: Context): LoadBalancer;
}

const CONTROLLERS: readonly Controller[] = [
  // EKS Auto Mode: a network load balancer with the name the AWS Load Balancer Controller gives.
  { hosts: /\.eks\.amazonaws\.com$/, classes: ["eks.amazonaws.com/nlb"], make: networkLoadBalancer },
  // The cloud controller manager of EKS still serves Services without a class, with a classic load balancer.
  { hosts: /\.eks\.amazonaws\.com$/, classes: [undefined], make: classicLoadBalancer },
  { hosts: /\.azmk8s\.io$/, classes: [undefined], make: publicAddress("azure-native") },
  // What people install on clusters of their own: k3s's ServiceLB, MetalLB.
  { hosts: new RegExp(`^${standingHost.replace(/:.*/, "")}$`), classes: [undefined, "metallb.io/metallb"], make: publicAddress("kubernetes") },
  {
    hosts: /\.gke\.goog$|^\d+\.\d+\.\d+\.\d+$/,
    classes: [undefined, "networking.gke.io/l4-regional-external"],
    make: publicAddress("gcp"),
  },
];

/** The load balancer the cluster gives a Service; `undefined` where no controller in it serves the Service's class. */
export function loadBalancerFor(inputs: Properties, context: Context): LoadBalancer | undefined {
  const host = (serverHost(context.config) ?? "").replace(/:\d+$/, "");
  const wanted = text(inputs, "spec.loadBalancerClass");
  const found = CONTROLLERS.find(({ hosts, classes }) => hosts.test(host) && classes.includes(wanted));
  return found?.make(inputs, host, context);
}

function networkLoadBalancer(inputs: Properties, host: string, context: Context): LoadBalancer {
  const random = context.random.for("load balancer");
  const [namespace, name] = [text(inputs, "metadata.namespace") ?? "", text(inputs, "metadata.name") ?? ""];
  const short = `k8s-${letters(namespace)}-${letters(name)}-${random.hex(10)}`;
  const arnId = random.hex(16);
  const dnsName = `${short}-${arnId}.elb.${regionOf(host)}.amazonaws.com`;
  return inAws({ dnsName, name: short, path: `net/${short}/${arnId}` }, inputs, host, context);
}

function classicLoadBalancer(inputs: Properties, host: string, context: Context): LoadBalancer {
  const random = context.random.for("load balancer");
  const name = `a${random.hex(31)}`;
  const dnsName = `${name}-${random.digits(10)}.${regionOf(host)}.elb.amazonaws.com`;
  return inAws({ dnsName, name, path: name }, inputs, host, context);
}

interface AwsNames {
  readonly dnsName: string;
  readonly name: string;
  /** The end of its ARN. */
  readonly path: string;
}

// What AWS then has: an object that holds network interfaces in the cluster's subnets, so the VPC can't go before it.
function inAws(names: AwsNames, inputs: Properties, host: string, context: Context): LoadBalancer {
  const { dnsName, name, path } = names;
  const cluster = context.holderOf(host)?.outputs ?? {};
  const account = /:(\d{12}):/.exec(text(cluster, "arn") ?? "")?.[1] ?? "";
  const arn = `arn:aws:elasticloadbalancing:${regionOf(host)}:${account}:loadbalancer/${path}`;
  const network = object(cluster, "vpcConfig");
  const outputs = {
    arn,
    name,
    dnsName,
    loadBalancerType: path.startsWith("net/") ? "network" : "classic",
    internal: isInternal(inputs),
    vpcId: text(network, "vpcId") ?? "",
    subnets: texts(network, "subnetIds"),
  };
  return {
    ingress: { hostname: dnsName },
    object: { type: "aws:lb/loadBalancer:LoadBalancer", id: arn, name: context.name, outputs, owner: context.id },
    provider: "aws",
  };
}

function publicAddress(provider: string): Controller["make"] {
  return (_inputs, _host, context) => {
    const random = context.random.for("load balancer");
    const ip = `203.0.113.${1 + random.integer(254)}`;
    return { ingress: { ip }, object: undefined, provider };
  };
}

function isInternal(inputs: Properties): boolean {
  const scheme = object(inputs, "metadata.annotations")["service.beta.kubernetes.io/aws-load-balancer-scheme"];
  return scheme !== "internet-facing";
}

// ABC123.gr7.eu-central-1.eks.amazonaws.com, in lower case as URLs are.
function regionOf(host: string): string {
  return /\.([a-z0-9-]+)\.eks\.amazonaws\.com$/.exec(host)?.[1] ?? "";
}

function letters(name: string): string {
  return name.replace(/[^a-z0-9]/g, "").slice(0, 8);
}
