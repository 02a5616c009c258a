import { CloudError, type Context } from "../../provider/behaviour";
import { flag, type Properties, text } from "../../provider/properties";
import { apiTypeOf, apiVersionOf, isServed, resourceName, type ApiType } from "./apiTypes";

/** Refuses an object whose kind nobody has defined, or whose namespace is not there. */
export function admit(inputs: Properties, context: Context): void {
  const type = apiTypeOf(context.type);
  if (!isServed(type, context)) {
    const api = apiVersionOf(type);
    const what = `creation of resource "${context.urn}" with kind ${api}/${type.kind}`;
    const why = "the Kubernetes API server reported that the apiVersion for this resource does not exist";
    const then = `Verify that any required CRDs have been created: no matches for kind "${type.kind}" in version "${api}"`;
    throw new CloudError("", `${what} failed because ${why}. ${then}`);
  }
  const namespace = text(inputs, "metadata.namespace");
  const refusal = namespace === undefined ? undefined : namespaceRefusal(namespace, context);
  if (refusal !== undefined) {
    throw new CloudError("", notCreated(context, refusal));
  }
}

/** Why nothing can be made in a namespace; `undefined` where it can. */
export function namespaceRefusal(namespace: string, context: Context): string | undefined {
  if (["default", "kube-system", "kube-public", "kube-node-lease"].includes(namespace)) return undefined;
  const found = context.objects.ofType("kubernetes:core/v1:Namespace").find(({ id }) => id === namespace);
  if (found === undefined) return `namespaces "${namespace}" not found`;
  if (found.status !== "deleting") return undefined;
  return `unable to create new content in namespace ${namespace} because it is being terminated`;
}

/** The API's words for a name that is taken. With `upsertExistingObjects` the provider would take the object over. */
export function takenMessage(key: string, context: Context): string {
  return notCreated(context, `${named(apiTypeOf(context.type), key)} already exists`);
}

/** The key under which only one object of a type may exist; none where the provider may take over what is there. */
export function uniqueKey(id: string, context: Context): string | undefined {
  return flag(context.config, "upsertExistingObjects") === true ? undefined : id;
}

function notCreated(context: Context, why: string): string {
  return `resource "${context.urn}" was not successfully created by the Kubernetes API server: ${why}`;
}

function named(type: ApiType, key: string): string {
  return `${resourceName(type)} "${key.split("/").at(-1) ?? key}"`;
}
