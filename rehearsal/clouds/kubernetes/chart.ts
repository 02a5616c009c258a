import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parse, parseAllDocuments } from "yaml";

import { isObject, type Properties, text, type Value } from "../../provider/properties";

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

function template({ name, namespace, chart, values, kubernetesVersion }: Rendering): Promise<string> {
  const helm = process.env.REHEARSAL_HELM;
  if (helm === undefined || helm === "") {
    return Promise.reject(new Error(`REHEARSAL_HELM is not set. It names the Helm program that renders ${chart}.`));
  }
  const version = kubernetesVersion === undefined ? [] : ["--kube-version", kubernetesVersion];
  const helmArguments = ["template", name, chart, "--namespace", namespace, "--include-crds", "--values", "-", ...version];
  return new Promise((resolve, reject) => {
    const child = spawn(helm, helmArguments, { stdio: ["pipe", "pipe", "pipe"] });
    const [output, errors] = [collected(child.stdout), collected(child.stderr)];
    child.on("error", (error) => reject(new Error(`REHEARSAL_HELM: ${helm} can't be started: ${error.message}`)));
    child.on("close", (code) => {
      if (code === 0) resolve(output());
      else reject(new Error(errors().trim().replace(/^Error: /, "") || `helm template ended with ${code}`));
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(JSON.stringify(values));
  });
}

function objectsOf(manifest: string): readonly Properties[] {
  return parseAllDocuments(manifest)
    .map((document) => document.toJS() as Value)
    .filter(isObject)
    .filter((object) => text(object, "kind") !== undefined);
}

function collected(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}
