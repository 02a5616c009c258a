import type { Context } from "../../provider/behaviour";
import { isObject, number, object, type Properties, text, type Value } from "../../provider/properties";

const WITH_GENERATION = (
  "Deployment StatefulSet DaemonSet Job HorizontalPodAutoscaler PodDisruptionBudget NetworkPolicy"
).split(" ");

/** The object as the API server gives it back: what was asked, and what the server and its controllers add. */
export function asServed(inputs: Properties, context: Context): Properties {
  return { ...inputs, ...specOf(inputs, context), ...dataOf(inputs), ...statusOf(inputs), metadata: metadataOf(inputs, context) };
}

function metadataOf(inputs: Properties, context: Context): Properties {
  const { random, previous } = context;
  const kind = text(inputs, "kind") ?? "";
  const before = object(previous, "metadata");
  const generation = WITH_GENERATION.includes(kind) ? { generation: (number(before, "generation") ?? 0) + 1 } : {};
  const prefix = text(inputs, "metadata.generateName") ?? "";
  const name = text(inputs, "metadata.name") ?? `${prefix}${random.for("name").alphanumeric(5)}`;
  const named = { ...object(inputs, "metadata.labels"), "kubernetes.io/metadata.name": name };
  const labels = kind === "Namespace" ? { labels: named } : {};
  const version = Number(text(before, "resourceVersion")) || 1000 + random.for("version").integer(9000);
  return {
    ...object(inputs, "metadata"),
    ...labels,
    ...generation,
    name,
    uid: random.for("uid").uuid(),
    resourceVersion: String(version + 1),
    creationTimestamp: text(before, "creationTimestamp") ?? context.timestamp,
  };
}

function specOf(inputs: Properties, context: Context): Properties {
  if (text(inputs, "kind") !== "Service") return {};
  const spec = object(inputs, "spec");
  const type = text(spec, "type") ?? "ClusterIP";
  if (type === "ExternalName") return {};
  const random = context.random.for("clusterIP");
  const clusterIP = text(spec, "clusterIP") ?? `172.20.${random.integer(256)}.${1 + random.integer(254)}`;
  const sessionAffinity = text(spec, "sessionAffinity") ?? "None";
  return { spec: { ...spec, type, clusterIP, clusterIPs: [clusterIP], sessionAffinity } };
}

// The server keeps `stringData` as base64 in `data`.
function dataOf(inputs: Properties): Properties {
  if (text(inputs, "kind") !== "Secret") return {};
  const data: Record<string, Value | undefined> = { ...object(inputs, "data") };
  for (const [key, value] of Object.entries(object(inputs, "stringData"))) {
    data[key] = Buffer.from(String(value)).toString("base64");
  }
  return { type: text(inputs, "type") ?? "Opaque", data };
}

function statusOf(inputs: Properties): Properties {
  const replicas = number(inputs, "spec.replicas") ?? 1;
  switch (text(inputs, "kind")) {
    case "Namespace":
      return { status: { phase: "Active" } };
    case "Service":
      return { status: { loadBalancer: {} } };
    case "Deployment":
    case "StatefulSet":
      return { status: { replicas, readyReplicas: replicas, updatedReplicas: replicas, availableReplicas: replicas } };
    case "Job":
      return { status: { succeeded: 1 } };
    case "PersistentVolume":
      return { status: { phase: isObject(object(inputs, "spec").claimRef) ? "Bound" : "Available" } };
    case "PersistentVolumeClaim":
      return { status: { phase: text(inputs, "spec.volumeName") === undefined ? "Pending" : "Bound" } };
    default:
      return {};
  }
}
