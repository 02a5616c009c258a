import type { CloudObject, Context, Placed } from "../../provider/behaviour";
import { object, type Properties, text, texts } from "../../provider/properties";
import type { Controller, LoadBalancer, ManagedKubernetes } from "../kubernetes/managed";
import { liveWhere } from "../reference";
import * as tokens from "./tokens";

/** Minutes until a deployer's permission is known to the cluster. Assumed: EKS says that access entries are eventually consistent. */
const KNOWN_AFTER = 10 / 60;

const STRANGER =
  "configured Kubernetes cluster is unreachable: unable to load schema information from the API server: the server has asked for the client to provide credentials";

/** Kubernetes as EKS Auto Mode runs it: docs.aws.amazon.com/eks, "Auto Mode". */
export const managed: ManagedKubernetes = {
  brings: [
    ...["NodeClass", "IngressClassParams", "TargetGroupBinding"].map((kind) => `eks.amazonaws.com/${kind}`),
    ...["NodePool", "NodeClaim"].map((kind) => `karpenter.sh/${kind}`),
  ],
  controllers: [
    // A network load balancer with the name the AWS Load Balancer Controller gives.
    { classes: ["eks.amazonaws.com/nlb"], make: networkLoadBalancer },
    // The cloud controller manager of EKS still serves Services without a class, with a classic load balancer.
    { classes: [undefined], make: classicLoadBalancer },
  ],
  version: "version",
  balancer: { type: tokens.LOAD_BALANCER, address: "dnsName" },
  refusal,
};

function refusal(cluster: CloudObject, context: Context): string | undefined {
  const own = { objects: context.cloud("aws") };
  const given = liveWhere(own, tokens.ACCESS_POLICY_ASSOCIATION, "clusterName", text(cluster.outputs, "name") ?? "");
  if (given.length === 0 || given.some(({ createdAt }) => context.now - createdAt >= KNOWN_AFTER)) return undefined;
  return STRANGER;
}

function networkLoadBalancer(...[inputs, cluster, context]: Parameters<Controller["make"]>): LoadBalancer {
  const random = context.random.for("load balancer");
  const [namespace, name] = [text(inputs, "metadata.namespace") ?? "", text(inputs, "metadata.name") ?? ""];
  const short = `k8s-${letters(namespace)}-${letters(name)}-${random.hex(10)}`;
  const arnId = random.hex(16);
  const dnsName = `${short}-${arnId}.elb.${regionOf(cluster)}.amazonaws.com`;
  return balancer({ dnsName, name: short, path: `net/${short}/${arnId}` }, inputs, cluster, context);
}

function classicLoadBalancer(...[inputs, cluster, context]: Parameters<Controller["make"]>): LoadBalancer {
  const random = context.random.for("load balancer");
  const name = `a${random.hex(31)}`;
  const dnsName = `${name}-${random.digits(10)}.${regionOf(cluster)}.elb.amazonaws.com`;
  return balancer({ dnsName, name, path: name }, inputs, cluster, context);
}

interface Names {
  readonly dnsName: string;
  readonly name: string;
  /** The end of its ARN. */
  readonly path: string;
}

// An object that holds network interfaces in the cluster's subnets, so the VPC can't go before it.
function balancer({ dnsName, name, path }: Names, inputs: Properties, cluster: CloudObject, context: Context): LoadBalancer {
  const account = /:(\d{12}):/.exec(text(cluster.outputs, "arn") ?? "")?.[1] ?? "";
  const arn = `arn:aws:elasticloadbalancing:${regionOf(cluster)}:${account}:loadbalancer/${path}`;
  const network = object(cluster.outputs, "vpcConfig");
  const outputs = {
    arn,
    name,
    dnsName,
    loadBalancerType: path.startsWith("net/") ? "network" : "classic",
    internal: isInternal(inputs),
    vpcId: text(network, "vpcId") ?? "",
    subnets: texts(network, "subnetIds"),
  };
  const placed: Placed = { type: tokens.LOAD_BALANCER, id: arn, name: context.name, outputs, owner: context.id };
  return { ingress: { hostname: dnsName }, object: placed };
}

function isInternal(inputs: Properties): boolean {
  const scheme = object(inputs, "metadata.annotations")["service.beta.kubernetes.io/aws-load-balancer-scheme"];
  return scheme !== "internet-facing";
}

// https://ABC123.gr7.eu-central-1.eks.amazonaws.com
function regionOf({ outputs }: CloudObject): string {
  return /\.([a-z0-9-]+)\.eks\.amazonaws\.com$/.exec(text(outputs, "endpoint") ?? "")?.[1] ?? "";
}

function letters(name: string): string {
  return name.replace(/[^a-z0-9]/g, "").slice(0, 8);
}
