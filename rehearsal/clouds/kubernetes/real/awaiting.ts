import { type Context, NotReady } from "../../../provider/behaviour";
import { isObject, list, object, type Properties, text } from "../../../provider/properties";
import { resourceName, type ApiType } from "../apiTypes";
import { notLive } from "../service";
import { attempt, kubectl, type Reach, wordsIn } from "./reach";

/** The provider waits ten minutes by default for what it makes to become ready. */
const patienceMinutes = 10;
const secondsBetweenLooks = 1;

/** Waits as the real provider does until what was made works. @throws NotReady with the cluster's reason */
export async function becomeReady(type: ApiType, inputs: Properties, context: Context): Promise<void> {
  if (object(inputs, "metadata.annotations")["pulumi.com/skipAwait"] === "true") return;
  const target = targetOf(type, inputs);
  const timeout = `--timeout=${Math.round(context.patience(patienceMinutes) * 60)}s`;
  switch (type.kind) {
    case "Deployment":
    case "StatefulSet":
    case "DaemonSet":
      return waitWith(["rollout", "status", ...target, timeout], context);
    case "Job":
      return waitWith(["wait", "--for=condition=Complete", ...target, timeout], context);
    case "Pod":
      return waitWith(["wait", "--for=condition=Ready", ...target, timeout], context);
    case "PersistentVolumeClaim":
      return (await waitsForConsumer(inputs, context)) ? undefined : waitWith(["wait", "--for=jsonpath={.status.phase}=Bound", ...target, timeout], context);
    case "Service":
      return becomeReachable(inputs, context);
  }
}

/** How kubectl is told which object: `deployments.apps web --namespace site`. */
export function targetOf(type: ApiType, inputs: Properties): readonly string[] {
  const namespace = text(inputs, "metadata.namespace");
  return [`${resourceName(type)}/${text(inputs, "metadata.name") ?? ""}`, ...(namespace === undefined ? [] : ["--namespace", namespace])];
}

async function waitWith(command: readonly string[], context: Context): Promise<void> {
  const { code, stderr } = await attempt(context, command);
  if (code !== 0) throw new NotReady([notLive(context, context.redact(wordsIn(stderr)))]);
}

// Nobody provides its volume before a pod asks for it.
async function waitsForConsumer(inputs: Properties, reach: Reach): Promise<boolean> {
  const storageClass = text(inputs, "spec.storageClassName");
  if (text(inputs, "spec.volumeName") !== undefined || storageClass === "") return false;
  const classes = JSON.parse(await kubectl(reach, ["get", "storageclasses.storage.k8s.io", "--output", "json"])) as Properties;
  const byDefault = "storageclass.kubernetes.io/is-default-class";
  const found = list(classes, "items").filter(isObject).find((item) => (storageClass === undefined ? object(item, "metadata.annotations")[byDefault] === "true" : text(item, "metadata.name") === storageClass));
  return text(found, "volumeBindingMode") === "WaitForFirstConsumer";
}

async function becomeReachable(inputs: Properties, context: Context): Promise<void> {
  const spec = object(inputs, "spec");
  const needsPods = Object.keys(object(spec, "selector")).length > 0 && text(spec, "type") !== "ExternalName" && text(spec, "clusterIP") !== "None";
  const needsAddress = text(spec, "type") === "LoadBalancer";
  const deadline = Date.now() + context.patience(patienceMinutes) * 60_000;
  for (;;) {
    const lacking = [...(needsPods && !(await hasPods(inputs, context)) ? ["Service does not target any Pods"] : []), ...(needsAddress && !(await hasAddress(inputs, context)) ? ["Service was not allocated an IP address"] : [])];
    if (lacking.length === 0) return;
    if (Date.now() > deadline) throw new NotReady([notLive(context, "timed out waiting to be Ready"), ...lacking]);
    await context.sleep(secondsBetweenLooks / 60);
  }
}

async function hasPods(inputs: Properties, reach: Reach): Promise<boolean> {
  const selector = `kubernetes.io/service-name=${text(inputs, "metadata.name") ?? ""}`;
  const namespace = text(inputs, "metadata.namespace") ?? "default";
  const printed = await kubectl(reach, ["get", "endpointslices.discovery.k8s.io", "--namespace", namespace, "--selector", selector, "--output", "jsonpath={.items[*].endpoints[?(@.conditions.ready==true)].addresses[0]}"]);
  return printed.trim() !== "";
}

async function hasAddress(inputs: Properties, reach: Reach): Promise<boolean> {
  const printed = await kubectl(reach, ["get", ...targetOf({ group: "", version: "v1", kind: "Service" }, inputs), "--output", "jsonpath={.status.loadBalancer.ingress}"]);
  return printed.trim() !== "";
}
