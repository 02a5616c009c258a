import type { CloudObject, Context, Placed } from "../../provider/behaviour";
import { CloudError } from "../../provider/behaviour";
import { flag, object, text } from "../../provider/properties";
import type { Controller, LoadBalancer, ManagedKubernetes } from "../kubernetes/managed";
import { assignmentsOn, isKnown, ROLES } from "./access";
import { lastName } from "./arm";
import { address } from "./network";
import * as tokens from "./tokens";

const ANNOTATIONS = "service.beta.kubernetes.io/azure-load-balancer";

/** https://learn.microsoft.com/en-us/azure/aks/load-balancer-standard */
const IDLE_MINUTES = { least: 4, most: 100 };

/** Kubernetes as AKS runs it, with node auto-provisioning. */
export const managed: ManagedKubernetes = {
  brings: [
    ...["NodePool", "NodeClaim"].map((kind) => `karpenter.sh/${kind}`),
    "karpenter.azure.com/AKSNodeClass",
    ...["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"].map((kind) => `cilium.io/${kind}`),
    ...["VolumeSnapshot", "VolumeSnapshotClass", "VolumeSnapshotContent"].map((kind) => `snapshot.storage.k8s.io/${kind}`),
  ],
  controllers: [{ classes: [undefined], make: publicAddress }],
  version: "currentKubernetesVersion",
  balancer: { type: tokens.PUBLIC_ADDRESS, address: "ipAddress" },
  refusal,
};

// The one load balancer of the cluster gets one more address: an object of the group of its nodes.
function publicAddress(...[inputs, cluster, context]: Parameters<Controller["make"]>): LoadBalancer {
  const annotations = object(inputs, "metadata.annotations");
  const idle = annotations[`${ANNOTATIONS}-tcp-idle-timeout`];
  if (idle !== undefined && !(Number(idle) >= IDLE_MINUTES.least && Number(idle) <= IDLE_MINUTES.most)) {
    throw new CloudError("", `error parsing idle timeout value: ${String(idle)} is not from ${IDLE_MINUTES.least} to ${IDLE_MINUTES.most} minutes`);
  }
  const random = context.random.for("load balancer");
  const internal = annotations[`${ANNOTATIONS}-internal`] === "true";
  const ip = internal ? `10.${random.integer(255)}.0.${4 + random.integer(250)}` : address({ random });
  const name = `kubernetes-a${random.hex(31)}`;
  const group = `${cluster.id.split("/").slice(0, 3).join("/")}/resourceGroups/${text(cluster.outputs, "nodeResourceGroup") ?? ""}`;
  const outputs = { name, ipAddress: ip, sku: { name: "Standard" }, publicIPAllocationMethod: "Static", location: text(cluster.outputs, "location") };
  const placed: Placed = { type: tokens.PUBLIC_ADDRESS, id: `${group}/providers/Microsoft.Network/publicIPAddresses/${name}`, name: context.name, outputs, owner: context.id };
  return { ingress: { ip }, object: placed };
}

const ADMINISTRATORS: readonly string[] = [ROLES.clusterAdmin, ROLES.owner];

/**
 * With Azure's roles nobody is let in who holds none of them on the cluster. Who asks is not looked at: the rehearsal has no
 * deployers of its own.
 */
function refusal(cluster: CloudObject, context: Context): string | undefined {
  if (flag(cluster.outputs, "aadProfile.enableAzureRBAC") !== true) return undefined;
  const given = assignmentsOn(cluster.id, { objects: context.cloud("azure-native") }).filter(({ outputs }) => ADMINISTRATORS.includes(lastName(text(outputs, "roleDefinitionId") ?? "")));
  if (given.some(({ createdAt }) => isKnown(createdAt, context.now))) return undefined;
  return "forbidden: User does not have access to the resource in Azure. Update role assignment to allow access.";
}
