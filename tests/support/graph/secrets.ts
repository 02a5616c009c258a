import { described, type ProgramGraph, type ResourceNode } from "../monitor/graph";
import { children, isMap, type PropertyMap, Secret, type Value } from "../monitor/value";

/** Property names that say that their text is a secret. */
const secretName =
  /(^|_|[a-z])(password|passwd|passphrase|authtoken|accesstoken|secretstring|secretkey|privatekey|pepper|kubeconfig|connectionstring)$/i;

/** What an SDK marks as secret though everybody may read it: the certificates of a server's authorities, which its clients need. */
const noSecret = /\bserverCaCerts\b/;

interface ClearText {
  place: string;
  text: string;
}

/**
 * Planted secrets that appear in clear: in inputs, outputs, ids, names, function arguments, stack outputs or the log, as
 * they are or in a common encoding. Meaningful in `update` mode, where values are known.
 */
export function secretsInClear(graph: ProgramGraph): string[] {
  if (graph.planted.length === 0) return ["no secret was planted, so none could be found: is this an update run with passwords?"];
  const texts = clearTexts(graph);
  return graph.planted.filter(({ origin }) => !noSecret.test(origin)).flatMap((planted) => {
    const forms = formsOf(planted.text);
    return texts.filter(({ text }) => forms.some((form) => text.includes(form))).map(({ place }) => `${planted.origin} is readable in ${place}`);
  });
}

/** Properties named like a secret whose text is not marked as one. The SDK sends no mark with what is still unknown. */
export function unmarkedSecrets(graph: ProgramGraph): string[] {
  const named = (value: Value, path: string): string[] =>
    children(value).flatMap(([step, child]) => {
      if (value instanceof Secret) return [];
      return typeof child === "string" && child !== "" && secretName.test(step.replace(/^\./, "")) ? [`${path}${step}`] : named(child, `${path}${step}`);
    });
  return [
    ...graph.resources.flatMap((resource) =>
      [...named(resource.inputs, "inputs"), ...named(resource.outputs, "outputs")].map((path) => `${path} of ${described(resource)}`),
    ),
    ...named(graph.outputs, "stack outputs"),
  ];
}

/** Secrets, marked or not, in places from which a cluster's readers can read them: release values and ConfigMaps. */
export function secretsInReadablePlaces(graph: ProgramGraph): string[] {
  return graph.resources.flatMap((resource) =>
    readableInCluster(resource).flatMap(([key, value]) => secretPaths(value, key).map((path) => `${path} of ${described(resource)}`)),
  );
}

function readableInCluster(resource: ResourceNode): [string, Value][] {
  const keys: Record<string, string[]> = {
    "kubernetes:helm.sh/v3:Release": ["values", "valueYamlFiles"],
    "kubernetes:core/v1:ConfigMap": ["data", "binaryData", "metadata"],
    "kubernetes:core/v1:Secret": ["metadata"],
  };
  return (keys[resource.type] ?? []).flatMap((key): [string, Value][] => {
    const value = resource.inputs[key];
    return value === undefined ? [] : [[key, value]];
  });
}

function secretPaths(value: Value, path: string): string[] {
  if (value instanceof Secret) return [path];
  return children(value).flatMap(([step, child]) => secretPaths(child, `${path}${step}`));
}

function clearTexts(graph: ProgramGraph): ClearText[] {
  return [
    ...graph.resources.flatMap((resource) => [
      ...textsIn(resource.inputs, `inputs of ${described(resource)}`),
      ...textsIn(resource.outputs, `outputs of ${described(resource)}`),
      { place: `the id of ${described(resource)}, which Pulumi keeps in clear`, text: resource.id ?? "" },
      { place: `the name or an alias of ${described(resource)}`, text: JSON.stringify([resource.urn, resource.aliases, resource.importId]) },
    ]),
    ...graph.invokes.flatMap(({ token, args }) => textsIn(args, `arguments of ${token}`)),
    ...textsIn(graph.outputs, "stack outputs"),
    ...graph.diagnostics.map(({ message }) => ({ place: `the log: ${message.slice(0, 40)}…`, text: message })),
  ];
}

function textsIn(value: Value, place: string, path = ""): ClearText[] {
  if (value instanceof Secret) return [];
  if (typeof value === "string") return [{ place: `${path.replace(/^\./, "")} in the ${place}`, text: value }];
  const keys = isMap(value) ? [{ place: `a key of ${path || "the top level"} in the ${place}`, text: keysOf(value) }] : [];
  return [...keys, ...children(value).flatMap(([step, child]) => textsIn(child, place, `${path}${step}`))];
}

function keysOf(map: PropertyMap): string {
  return Object.keys(map).join("\n");
}

/** A text as it is and in the encodings it may travel in: URL, JSON, hex, base64. */
export function formsOf(text: string): string[] {
  // Inside a longer base64 text it takes one of three forms, by its offset; the characters at both ends depend on the
  // neighbours and are left out.
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]).toString("base64").replace(/=+$/, "");
    return encoded.slice(offset === 0 ? 0 : offset + 1, -1);
  });
  const url = base64.map((encoded) => encoded.replaceAll("+", "-").replaceAll("/", "_"));
  const hex = Buffer.from(text).toString("hex");
  return [...new Set([text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1), hex, ...base64, ...url])];
}

