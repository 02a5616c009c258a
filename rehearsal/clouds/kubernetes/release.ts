import type { Behaviour, CloudObject, Context, Problem, Retained, Upkeep } from "../../provider/behaviour";
import { CloudError, NotReady } from "../../provider/behaviour";
import { flag, hasUnknown, number, object, type Properties, text } from "../../provider/properties";
import { namespaceRefusal } from "./admission";
import { apiTypeOf, resourceName } from "./apiTypes";
import { chartFacts, isLocal, render } from "./chart";
import { releaseLatency, releaseMinutes, releaseTimeout } from "./latency";
import { asPlaced, foreignItems, isKept, type Item, itemsOf, refusedChanges, unknownKinds } from "./manifest";
import { clusterOf, managedOf } from "./managed";
import { podOf, whatPodsLack } from "./pods";
import { type PublishedChart, publishedChart } from "./publishedCharts";

const LONGEST_NAME = 53;
const KEPT = "Helm leaves definitions, and what the chart says to keep, in the cluster";

export const RELEASE = "kubernetes:helm.sh/v3:Release";

/** `kubernetes.helm.v3.Release`: a chart of ours rendered by the real Helm, one of somebody else's recorded as it is. */
export const release: Behaviour = {
  latency: releaseLatency,
  forceNew: { paths: ["name", "namespace"], source: "pulumi-kubernetes 4.34, provider/pkg/provider/helm_release.go, Diff" },
  autoName: false,
  check,
  beforeCreate,
  uniqueBy: (inputs) => idOf(inputs),
  alreadyExists: () => "cannot re-use a name that is still in use",
  id: (inputs) => idOf(inputs),
  outputs,
  heldByUpdates: true,
  beforeUpdate,
  begin,
  settle,
  retainedOnDelete,
};

/** The inputs as the provider keeps them: values that mean "not set" are left out, the chart's version is filled in. */
export function prepareRelease(inputs: Properties, config: Properties): Properties {
  const set = Object.entries(inputs).filter(([, value]) => value !== false && value !== "" && value !== 0);
  const given = Object.fromEntries(set);
  const namespace = given.namespace ?? text(config, "namespace") ?? "default";
  const timeout = flag(inputs, "skipAwait") === true ? {} : { timeout: inputs.timeout ?? 300 };
  const chart = text(inputs, "chart");
  const version = chart !== undefined && isLocal(chart) ? { version: chartFacts(chart).version } : {};
  return { ...given, namespace, ...timeout, ...version };
}

async function check(inputs: Properties, context: Context): Promise<readonly Problem[]> {
  const name = text(inputs, "name");
  if (name !== undefined && name.length > LONGEST_NAME) {
    return [{ property: "name", reason: `release name "${name}" is longer than Helm's ${LONGEST_NAME} characters` }];
  }
  const chart = text(inputs, "chart");
  if (chart === undefined || hasUnknown(inputs)) return [];
  if (isPublished(inputs)) return [];
  if (!isLocal(chart)) {
    const reason = `path "${chart}" not found; check the chart name and repository configuration.`;
    return [{ property: "chart", reason }];
  }
  return rendering(inputs, context).then(
    () => [],
    (error: Error) => [{ property: "", reason: context.redact(error.message) }],
  );
}

async function beforeCreate(inputs: Properties, context: Context): Promise<void> {
  const namespace = text(inputs, "namespace") ?? "default";
  const missing = flag(inputs, "createNamespace") === true ? undefined : namespaceRefusal(namespace, context);
  if (missing !== undefined) throw new CloudError("", `create: failed to create: ${missing}`);
  const items = await itemsFor(inputs, context);
  const unknown = unknownKinds(items, context);
  if (unknown.length > 0) {
    throw new CloudError("", `unable to build kubernetes objects from release manifest: [${unknown.join(", ")}]`);
  }
  const [foreign] = foreignItems(items, idOf(inputs), context);
  if (foreign !== undefined) throw new CloudError("", foreign);
}

// Nobody finishes what a killed Helm has begun: the release stays `pending-upgrade`.
function beforeUpdate(_inputs: Properties, _olds: Properties, context: Context): void {
  if (context.objects.byId(context.id)?.status !== "updating") return;
  throw new CloudError("", "another operation (install/upgrade/rollback) is in progress");
}

function outputs(inputs: Properties, context: Context): Properties {
  const chart = text(inputs, "chart") ?? "";
  const facts = isPublished(inputs) ? undefined : chartFacts(chart);
  const version = facts?.version ?? text(inputs, "version") ?? "";
  const status = {
    name: text(inputs, "name") ?? "",
    namespace: text(inputs, "namespace") ?? "",
    chart: facts?.name ?? chart.split("/").at(-1) ?? "",
    version,
    ...(facts?.appVersion === undefined ? {} : { appVersion: facts.appVersion }),
    revision: (number(context.previous, "status.revision") ?? 0) + 1,
    status: "deployed",
  };
  return { version, status, resourceNames: {} };
}

// Objects are there at once; their pods are not.
async function begin(inputs: Properties, context: Context): Promise<void> {
  const namespace = text(inputs, "namespace") ?? "default";
  if (flag(inputs, "createNamespace") === true && namespaceRefusal(namespace, context) !== undefined) {
    const outputs = { metadata: { name: namespace } };
    const retained = "Helm leaves a namespace it created";
    const upkeep = free(`kubectl delete namespace ${namespace}`);
    context.put({ type: "kubernetes:core/v1:Namespace", id: namespace, name: namespace, outputs, retained, upkeep });
  }
  const items = await itemsFor(inputs, context);
  const refused = context.previous === undefined ? [] : [...unknownKinds(items, context), ...refusedChanges(items, context)];
  if (refused.length > 0) throw failure(inputs, context, refused.join(" && "));
  const wanted = new Set(items.map(({ token, id }) => `${token} ${id}`));
  for (const { type, id, owner } of context.objects.all()) {
    if (owner === context.id && !wanted.has(`${type} ${id}`)) context.drop(type, id);
  }
  for (const item of items) context.put(asPlaced(item, context.id, context, "creating"));
}

async function settle(inputs: Properties, context: Context): Promise<Properties> {
  const items = await itemsFor(inputs, context);
  const waits = flag(inputs, "skipAwait") !== true;
  const took = context.previous === undefined ? releaseMinutes(inputs, "install") : releaseMinutes(inputs, "upgrade");
  const timeout = releaseTimeout(inputs);
  if (waits) {
    const lacking = (): readonly string[] => whatIsLacking(items, inputs, context);
    const left = timeout - Math.min(took, timeout);
    const ready = took <= timeout && (await context.until(() => lacking().length === 0, left));
    if (!ready) throw failure(inputs, context, ["context deadline exceeded", ...lacking()].join("; "));
  }
  for (const item of items) context.put(asPlaced(item, context.id, context, "ready"));
  return { resourceNames: resourceNames(items) };
}

function whatIsLacking(items: readonly Item[], inputs: Properties, context: Context): readonly string[] {
  const jobsToo = flag(inputs, "waitForJobs") === true;
  return items.flatMap(({ manifest, id, name }) => {
    const kind = text(manifest, "kind") ?? "";
    const pod = kind === "Job" && !jobsToo ? undefined : podOf(manifest);
    if (pod === undefined) return [];
    return whatPodsLack(pod.spec, id.split("/")[0] ?? "", context).map((lack) => `pods of ${kind} ${name}: ${lack}`);
  });
}

function failure(inputs: Properties, context: Context, why: string): NotReady {
  const id = idOf(inputs);
  const did = context.previous === undefined ? "was created, but failed" : "failed";
  const status = { ...object(outputs(inputs, context), "status"), status: "failed" };
  const investigate = "Use Helm CLI to investigate: failed to become available within allocated timeout";
  const error = `Error: Helm Release ${id}: ${context.redact(why)}`;
  const reason = `Helm release "${id}" ${did} to initialize completely. ${investigate}. ${error}`;
  return new NotReady([reason], { status });
}

function retainedOnDelete(gone: CloudObject, context: Context): readonly Retained[] {
  return context.objects
    .all()
    .filter(({ owner, type, outputs: held }) => owner === gone.id && isKept(type, held))
    .map(({ id, type, name, outputs: held }) => ({ id, type, name, outputs: held, reason: KEPT, upkeep: free(removal(type, id)) }));
}

function free(remove: string): Upkeep {
  return { monthly: { usd: 0, why: "an object of the cluster" }, remove };
}

function removal(type: string, id: string): string {
  const [name = "", namespace] = id.split("/").reverse();
  return `kubectl delete ${resourceName(apiTypeOf(type))} ${name}${namespace === undefined ? "" : ` --namespace ${namespace}`}`;
}

async function itemsFor(inputs: Properties, context: Context): Promise<readonly Item[]> {
  const namespace = text(inputs, "namespace") ?? "default";
  const manifests = isPublished(inputs) ? definitionsOf(inputs) : await rendering(inputs, context);
  return itemsOf(manifests, namespace, context);
}

function rendering(inputs: Properties, context: Context): Promise<readonly Properties[]> {
  const cluster = clusterOf(context);
  const version = cluster === undefined ? undefined : text(cluster.outputs, managedOf(cluster)?.version ?? "version");
  return render({
    name: text(inputs, "name") ?? "",
    namespace: text(inputs, "namespace") ?? "default",
    chart: text(inputs, "chart") ?? "",
    values: object(inputs, "values"),
    kubernetesVersion: version === undefined || !/^\d+\.\d+/.test(version) ? undefined : version,
  });
}

function isPublished(inputs: Properties): boolean {
  const chart = text(inputs, "chart") ?? "";
  return chart.startsWith("oci://") || /^https?:\/\//.test(chart) || text(inputs, "repositoryOpts.repo") !== undefined;
}

// Of a chart that is not at hand only its definitions are known: other objects need them.
function definitionsOf(inputs: Properties): readonly Properties[] {
  const chart: PublishedChart | undefined = publishedChart(text(inputs, "chart") ?? "");
  if (chart === undefined || flag(inputs, "skipCrds") === true || !chart.installsTypes(object(inputs, "values"))) return [];
  return chart.customTypes.map(({ group, versions, kind, scope }) => ({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${kind.toLowerCase()}.${group}` },
    spec: { group, scope, names: { kind }, versions: versions.map((name) => ({ name, served: true })) },
  }));
}

function resourceNames(items: readonly Item[]): Properties {
  const names: Record<string, string[]> = {};
  for (const { manifest, id } of items) {
    const key = `${text(manifest, "kind") ?? ""}.${text(manifest, "apiVersion") ?? ""}`;
    (names[key] ??= []).push(id);
  }
  return names;
}

function idOf(inputs: Properties): string {
  return `${text(inputs, "namespace") ?? "default"}/${text(inputs, "name") ?? ""}`;
}
