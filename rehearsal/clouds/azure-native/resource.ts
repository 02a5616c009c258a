import { type Behaviour, CloudError, type CloudObject, type Context, type ForceNew, type Latency } from "../../provider/behaviour";
import { type Properties, text } from "../../provider/properties";
import { live, liveOf } from "../reference";
import { forms, formOf, groupId, idOf, isBelow, lastName, nameInput, parentId, sameId } from "./arm";
import { refuseLocked } from "./locks";
import { regionName, subscriptionOf } from "./subscription";
import * as tokens from "./tokens";

/** What one type does beyond what every resource of Azure does. */
export interface Own extends Omit<Partial<Behaviour>, "id" | "autoName" | "latency" | "forceNew"> {
  readonly latency: Latency;
  readonly forceNew: ForceNew;
}

/** Resource groups that are not the program's: Azure makes the one, and zones may be anybody's. */
const IN_GROUPS_OF_OTHERS: readonly string[] = [tokens.FLOW_LOG, tokens.RECORD];

/**
 * A resource as Azure's resource manager treats every one: an id from names, a group and a parent that must be there, a region
 * for life, locks, and all that is inside goes with it.
 */
export function resource(type: string, own: Own): Behaviour {
  return {
    ...own,
    autoName: { property: nameInput(type) },
    id: (inputs, context) => idOf(type, inputs, context),
    uniqueBy: (inputs, context) => own.uniqueBy?.(inputs, context) ?? idOf(type, inputs, context).toLowerCase(),
    alreadyExists: (key, context) => own.alreadyExists?.(key, context) ?? takenId(key, context),
    beforeCreate: async (inputs, context) => {
      refuseHomeless(type, inputs, context);
      await own.beforeCreate?.(inputs, context);
    },
    beforeUpdate: async (inputs, olds, context) => {
      refuseMove(inputs, olds, context);
      await own.beforeUpdate?.(inputs, olds, context);
    },
    beforeDelete: async (object, context) => {
      refuseLocked(object, context);
      await own.beforeDelete?.(object, context);
    },
    afterDelete: (object, context) => {
      for (const inner of inside(object, context)) context.drop(inner.type, inner.id);
      own.afterDelete?.(object, context);
    },
  };
}

/** What is in a resource, or attached to it, and goes with it: not what is kept by design. */
export function inside(object: CloudObject, context: Pick<Context, "objects">): readonly CloudObject[] {
  return context.objects.all().filter(({ id, retained }) => retained === undefined && isBelow(id, object.id) && !sameId(id, object.id));
}

// The provider looks before it creates.
function takenId(key: string, context: Context): string {
  return `cannot create already existing resource '${context.id === "" ? key : context.id}'`;
}

function refuseHomeless(type: string, inputs: Properties, context: Context): void {
  const { on, inside: parentType } = formOf(type);
  if (type === tokens.RESOURCE_GROUP || on !== undefined || IN_GROUPS_OF_OTHERS.includes(type)) return;
  const group = text(inputs, "resourceGroupName") ?? "";
  if (!liveOf(context, tokens.RESOURCE_GROUP).some(({ id }) => sameId(id, groupId(group, context)))) {
    throw new CloudError("ResourceGroupNotFound", `Resource group '${group}' could not be found.`);
  }
  if (parentType === undefined) return;
  // A container's service is always there; what has the name of the first of an id's names is what it is in.
  const parent = idOf(parentType, inputs, context);
  if (liveOf(context, parentType).some(({ id }) => sameId(id, parent))) return;
  const [kind = "", name] = [forms[type]?.kind, lastName(parent)];
  throw new CloudError("ParentResourceNotFound", `Failed to perform 'write' on resource(s) of type '${kind.split("/").slice(1).join("/")}', because the parent resource '${parent}' could not be found. Its name would be '${name}'.`);
}

function refuseMove(inputs: Properties, olds: Properties, context: Context): void {
  const [from, to] = [text(olds, "location"), text(inputs, "location")];
  if (from === undefined || to === undefined || regionName(from) === regionName(to)) return;
  throw new CloudError(
    "InvalidResourceLocation",
    `The resource '${lastName(context.id)}' already exists in location '${from}' in resource group '${groupOf(context.id)}'. A resource with the same name cannot be created in location '${to}'. Please select a new resource name.`,
  );
}

export function groupOf(id: string): string {
  return id.split("/")[4] ?? "";
}

/** The live object of a type with this id, whatever its case. @throws CloudError as Azure does when there is none */
export function referred(context: Context, type: string, id: string): CloudObject {
  const found = live(context, type, id) ?? liveOf(context, type).find((object) => sameId(object.id, id));
  if (found !== undefined) return found;
  throw new CloudError(
    "InvalidResourceReference",
    `Resource ${id} referenced by resource ${context.name} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
  );
}

/** The parent of a resource that is inside another one. */
export function parentOf(context: Context, type: string, id: string): CloudObject | undefined {
  const wanted = parentId(id);
  return liveOf(context, type).find((object) => isBelow(wanted, object.id));
}

/** Whether an id is of the subscription the provider works in. */
export function isOurs(id: string, context: Context): boolean {
  return isBelow(id, `/subscriptions/${subscriptionOf(context.config)}`);
}

/** What is kept of things inside a resource is gone with it. */
export function dropKept({ id }: CloudObject, context: Context): void {
  const kept = context.objects.all().filter((each) => each.retained !== undefined && isBelow(each.id, id) && !sameId(each.id, id));
  for (const each of kept) context.drop(each.type, each.id);
}
