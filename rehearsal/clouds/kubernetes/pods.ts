import type { CloudObject, Context } from "../../provider/behaviour";
import { flag, isObject, list, object, type Properties, text, type Value } from "../../provider/properties";
import { standingHost } from "../../provider/standingCluster";
import { serverHost } from "./kubeconfig";

const WITH_TEMPLATE = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"];

/** The pod a workload makes: its labels and specification. `undefined` for anything that makes none at once. */
export function podOf(manifest: Properties): { readonly labels: Properties; readonly spec: Properties } | undefined {
  const kind = text(manifest, "kind") ?? "";
  const pod = kind === "Pod" ? manifest : WITH_TEMPLATE.includes(kind) ? object(manifest, "spec.template") : undefined;
  return pod === undefined ? undefined : { labels: object(pod, "metadata.labels"), spec: object(pod, "spec") };
}

/** Why pods of this specification can't start: what they refer to and the namespace does not have. */
export function whatPodsLack(spec: Properties, namespace: string, context: Context): readonly string[] {
  const has = inNamespace(namespace, context);
  const account = text(spec, "serviceAccountName") ?? text(spec, "serviceAccount") ?? "default";
  const noAccount = account !== "default" && has("ServiceAccount", account) === undefined;
  const containers = [...list(spec, "initContainers"), ...list(spec, "containers")].filter(isObject);
  return [
    ...new Set([
      ...(noAccount ? [`serviceaccount "${account}" not found`] : []),
      ...priority(spec, context),
      ...list(spec, "volumes").filter(isObject).flatMap((volume) => volumeLacks(volume, namespace, context)),
      ...containers.flatMap((container) => environmentLacks(container, has)),
    ]),
  ];
}

type Has = (kind: string, name: string) => CloudObject | undefined;

function inNamespace(namespace: string, { objects }: Context): Has {
  return (kind, name) => objects.ofType(`kubernetes:core/v1:${kind}`).find(({ id }) => id === `${namespace}/${name}`);
}

function environmentLacks(container: Properties, has: Has): readonly string[] {
  const single = list(container, "env").filter(isObject).flatMap((entry) => {
    const from = object(entry, "valueFrom");
    return [...keyLacks("Secret", from.secretKeyRef, has), ...keyLacks("ConfigMap", from.configMapKeyRef, has)];
  });
  const whole = list(container, "envFrom").filter(isObject).flatMap((entry) => [
    ...keyLacks("Secret", entry.secretRef, has),
    ...keyLacks("ConfigMap", entry.configMapRef, has),
  ]);
  return [...single, ...whole];
}

function volumeLacks(volume: Properties, namespace: string, context: Context): readonly string[] {
  const has = inNamespace(namespace, context);
  const claim = text(volume, "persistentVolumeClaim.claimName");
  const projected = list(volume, "projected.sources").filter(isObject);
  return [
    ...(claim === undefined ? [] : claimLacks(claim, namespace, context)),
    ...fileLacks("Secret", object(volume, "secret"), text(volume, "secret.secretName"), has),
    ...fileLacks("ConfigMap", object(volume, "configMap"), text(volume, "configMap.name"), has),
    ...projected.flatMap((source) => [
      ...fileLacks("Secret", object(source, "secret"), text(source, "secret.name"), has),
      ...fileLacks("ConfigMap", object(source, "configMap"), text(source, "configMap.name"), has),
    ]),
  ];
}

function fileLacks(kind: string, source: Properties, name: string | undefined, has: Has): readonly string[] {
  if (name === undefined) return [];
  const items = list(source, "items").filter(isObject);
  const optional = source.optional ?? false;
  if (items.length === 0) return keyLacks(kind, { name, optional }, has);
  return items.flatMap(({ key }) => keyLacks(kind, { name, key, optional }, has));
}

// A reference { name, key?, optional? } to a Secret or ConfigMap.
function keyLacks(kind: string, reference: Value | undefined, has: Has): readonly string[] {
  const name = text(reference, "name");
  if (name === undefined || flag(reference, "optional") === true) return [];
  const found = has(kind, name);
  if (found === undefined) return [`${kind.toLowerCase()} "${name}" not found`];
  const key = text(reference, "key");
  if (key === undefined || keysOf(found.outputs).includes(key)) return [];
  return [`couldn't find key ${key} in ${kind} ${found.id}`];
}

function keysOf(outputs: Properties): readonly string[] {
  return ["data", "stringData", "binaryData"].flatMap((part) => Object.keys(object(outputs, part)));
}

/** Why a claim is not bound: its volume or its class is not there. */
export function claimLacks(claim: string, namespace: string, context: Context): readonly string[] {
  const found = inNamespace(namespace, context)("PersistentVolumeClaim", claim);
  if (found === undefined) return [`persistentvolumeclaim "${claim}" not found`];
  // A cluster that was there has what its operator says that it has.
  if (serverHost(context.config) === standingHost && found.owner === undefined) return [];
  const volume = text(found.outputs, "spec.volumeName");
  const storageClass = text(found.outputs, "spec.storageClassName");
  if (volume !== undefined) {
    const bound = exists(context, "PersistentVolume", "core/v1", volume);
    return bound ? [] : [`persistentvolume "${volume}" not found, claimed by "${claim}"`];
  }
  if (storageClass === undefined || storageClass === "") return [];
  const provided = exists(context, "StorageClass", "storage.k8s.io/v1", storageClass);
  return provided ? [] : [`storageclass.storage.k8s.io "${storageClass}" not found, asked for by claim "${claim}"`];
}

function priority(spec: Properties, context: Context): readonly string[] {
  const name = text(spec, "priorityClassName");
  if (name === undefined || name.startsWith("system-")) return [];
  const there = exists(context, "PriorityClass", "scheduling.k8s.io/v1", name);
  return there ? [] : [`no PriorityClass with name ${name} was found`];
}

function exists(context: Context, kind: string, api: string, name: string): boolean {
  return context.objects.ofType(`kubernetes:${api}:${kind}`).some(({ id }) => id === name);
}
