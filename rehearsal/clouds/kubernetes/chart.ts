import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parse, parseAllDocuments } from "yaml";

import { runCommand } from "../../../toolchain/command";
import { isObject, list, type Properties, text, type Value } from "../../provider/properties";
import { toolAt } from "./tools";

/** What a chart says of itself. */
export interface ChartFacts {
  readonly name: string;
  readonly version: string;
  readonly appVersion: string | undefined;
}

/** Whether a release's chart is in the file system, relative to the program as the real provider takes it. */
export function isLocal(reference: string): boolean {
  return !reference.startsWith("oci://") && existsSync(path.join(path.resolve(reference), "Chart.yaml"));
}

/** @throws when Chart.yaml is no chart's */
export function chartFacts(reference: string): ChartFacts {
  const file = path.join(path.resolve(reference), "Chart.yaml");
  const chart = parse(readFileSync(file, "utf8")) as Value;
  const [name, version] = [text(chart, "name"), text(chart, "version")];
  if (name === undefined || version === undefined) throw new Error(`${file}: a chart needs a name and a version.`);
  return { name, version, appVersion: text(chart, "appVersion") };
}

export interface Rendering {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly values: Properties;
  /** `1.35`; Helm's own default where the cluster is not known. */
  readonly kubernetesVersion: string | undefined;
}

const rendered = new Map<string, Promise<readonly Properties[]>>();

/**
 * The objects of a chart, rendered by the real Helm; hooks are among them. The values go in by standard input: they may hold
 * secrets, and neither arguments nor files are for those.
 *
 * @throws with Helm's own words, for instance where the values do not fit values.schema.json
 */
export function render(request: Rendering): Promise<readonly Properties[]> {
  const key = JSON.stringify(request);
  const known = rendered.get(key) ?? template(request).then(objectsOf);
  rendered.set(key, known);
  known.catch(() => rendered.delete(key));
  return known;
}

async function template({ name, namespace, chart, values, kubernetesVersion }: Rendering): Promise<string> {
  const version = kubernetesVersion === undefined ? [] : ["--kube-version", kubernetesVersion];
  const helmArguments = ["template", name, chart, "--namespace", namespace, "--include-crds", "--values", "-", ...version];
  const { code, stdout, stderr } = await runCommand(toolAt("REHEARSAL_HELM"), helmArguments, { input: JSON.stringify(values) });
  if (code !== 0) throw new Error(stderr.trim().replace(/^Error: /, "") || `helm template ended with ${code}`);
  return stdout;
}

function objectsOf(manifest: string): readonly Properties[] {
  return parseAllDocuments(manifest)
    .map((document) => document.toJS() as Value)
    .filter(isObject)
    .flatMap((object) => (text(object, "kind") === "List" ? list(object, "items").filter(isObject) : [object]))
    .filter((object) => text(object, "kind") !== undefined);
}
