import type { Behaviour, CloudObject, Context, Latency } from "../../provider/behaviour";
import { NotReady } from "../../provider/behaviour";
import { type Properties, text } from "../../provider/properties";
import { admit, takenMessage, uniqueKey } from "./admission";
import { forceNewOf } from "./immutable";
import { apiCall } from "./latency";
import { dropLoadBalancer, loadBalancerOf } from "./loadBalancers";
import { checkName, idOf, keepsName } from "./naming";
import { claimLacks, podOf, whatPodsLack } from "./pods";
import { asServed } from "./serverFields";
import { notLive, settleService } from "./service";

/** The provider waits ten minutes by default for what it makes to become ready. */
const PATIENCE_MINUTES = 10;

/** How the cluster treats objects of a type. */
export function objectBehaviour(token: string, latency: Latency = apiCall): Behaviour {
  return {
    latency,
    forceNew: forceNewOf(token),
    autoName: false,
    deleteBeforeReplace: keepsName,
    check: checkName,
    beforeCreate: admit,
    uniqueBy: (inputs, context) => uniqueKey(idOf(inputs), context),
    alreadyExists: takenMessage,
    id: (inputs) => idOf(inputs),
    outputs: asServed,
    settle,
    afterDelete,
  };
}

async function settle(inputs: Properties, context: Context): Promise<Properties | undefined> {
  if (text(inputs, "kind") === "Service") return settleService(inputs, context);
  const lacking = (): readonly string[] => whatIsLacking(inputs, context);
  if (await context.until(() => lacking().length === 0, context.patience(PATIENCE_MINUTES))) return undefined;
  throw new NotReady([
    notLive(context, "timed out waiting to be Ready"),
    ...lacking(),
  ]);
}

function whatIsLacking(inputs: Properties, context: Context): readonly string[] {
  const namespace = text(inputs, "metadata.namespace") ?? "default";
  const pod = podOf(inputs);
  if (pod !== undefined) return whatPodsLack(pod.spec, namespace, context);
  if (text(inputs, "kind") !== "PersistentVolumeClaim") return [];
  return claimLacks(text(inputs, "metadata.name") ?? "", namespace, context);
}

// A namespace takes everything in it along; a Service its load balancer.
function afterDelete(gone: CloudObject, context: Context): void {
  const isInside = ({ id }: CloudObject): boolean =>
    gone.type === "kubernetes:core/v1:Namespace" && id.startsWith(`${gone.id}/`);
  const inside = context.objects.all().filter(isInside);
  for (const item of inside) context.drop(item.type, item.id);
  for (const item of [gone, ...inside]) {
    const balancer = item.type === "kubernetes:core/v1:Service" ? loadBalancerOf(item.id, item.outputs, context) : undefined;
    if (balancer !== undefined) dropLoadBalancer(balancer, context);
  }
}
