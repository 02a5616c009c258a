import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { runCommand } from "../../toolchain/command";
import { obtainHelm } from "../../toolchain/helm";
import { silent } from "../../toolchain/setup/progress.cjs";
import { type Document, type KubernetesObject, objectsIn } from "./objects";

export const chart = path.resolve(__dirname, "../../charts/moodle");

/** Names of the value files in `ci/`, each a kind of site. */
export const scenarios = ["minimal", "standalone", "objectfs", "shared", "block", "everything"] as const;
export type Scenario = (typeof scenarios)[number];

/** Values in the chart's own shape, or deliberately not. */
export type Values = Readonly<Record<string, unknown>>;

export interface Rendering {
  /** Whether Helm was satisfied. */
  readonly succeeded: boolean;
  /** What Helm printed, or its complaint. */
  readonly text: string;
}

// The oldest Kubernetes that Chart.yaml accepts: what renders there renders on newer ones.
const kubernetes = "1.31.0";
const rendered = new Map<string, Promise<Rendering>>();

/** Runs `helm template` on a scenario with `changes` merged over it; null takes away what the scenario says, else the chart's default. */
export function tryRender(scenario: Scenario, changes: Values = {}): Promise<Rendering> {
  const key = JSON.stringify([scenario, changes]);
  const known = rendered.get(key) ?? renderValues(merged(scenarioValues(scenario), changes));
  rendered.set(key, known);
  return known;
}

/** @returns the objects of a scenario; fails the test with Helm's complaint where there is one */
export async function render(scenario: Scenario, changes: Values = {}): Promise<KubernetesObject[]> {
  const { succeeded, text } = await tryRender(scenario, changes);
  if (!succeeded) throw new Error(`${scenario} does not render: ${text}`);
  return parsed(text);
}

/** The objects of every scenario. */
export function renderedScenarios(): Promise<{ readonly name: Scenario; readonly objects: KubernetesObject[] }[]> {
  return Promise.all(scenarios.map(async (name) => ({ name, objects: await render(name) })));
}

/** @returns the objects of a scenario as Helm renders them for a cluster, which it asks for what is there; at the cluster's address */
export async function renderOn(address: string, scenario: Scenario, changes: Values = {}): Promise<KubernetesObject[]> {
  const { succeeded, text } = await renderValues(merged(scenarioValues(scenario), changes), ["--dry-run=server", "--kube-apiserver", address]);
  if (!succeeded) throw new Error(`${scenario} does not render: ${text}`);
  return parsed(text);
}

/** Runs `helm template` on values as they are. */
export async function renderValues(values: Values, options: readonly string[] = []): Promise<Rendering> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chart-"));
  try {
    const file = path.join(folder, "values.json");
    fs.writeFileSync(file, JSON.stringify(values));
    return await helm("template", "moodle", chart, "--namespace", "learn", "--kube-version", kubernetes, "--values", file, ...options);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** @returns Helm's complaint; fails the test where Helm was satisfied */
export async function refusal(scenario: Scenario, changes: Values): Promise<string> {
  const { succeeded, text } = await tryRender(scenario, changes);
  if (succeeded) throw new Error(`${scenario} with ${JSON.stringify(changes)} was accepted`);
  return text;
}

/** The chart's own values. */
export function defaultValues(): Values {
  return parse(fs.readFileSync(path.join(chart, "values.yaml"), "utf8")) as Values;
}

/** The values a scenario's file gives. */
export function scenarioValues(scenario: Scenario): Values {
  return parse(fs.readFileSync(scenarioFile(scenario), "utf8"), { merge: true }) as Values;
}

export async function helm(...args: string[]): Promise<Rendering> {
  const { binary } = await obtainHelm(silent);
  // It ends before a collection of garbage would pay.
  const { code, stdout, stderr } = await runCommand(binary, args, { env: { ...process.env, GOGC: "off" } });
  return code === 0 ? { succeeded: true, text: stdout } : { succeeded: false, text: stderr + stdout };
}

export function scenarioFile(scenario: Scenario): string {
  return path.join(chart, "ci", `${scenario}.yaml`);
}

/** Values with changes merged over them; null takes away. */
export function merged(values: Values, changes: Values): Values {
  const result: Record<string, unknown> = { ...values };
  for (const [key, change] of Object.entries(changes)) {
    const current = values[key];
    if (change === null && key in values) delete result[key];
    else result[key] = isMap(current) && isMap(change) ? merged(current, change) : change;
  }
  return result;
}

/** A value of values that has keys. */
export function isMap(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects of a rendering. */
export function parsed(text: string): KubernetesObject[] {
  const documents = parseAllDocuments(text, { uniqueKeys: true });
  if (!Array.isArray(documents)) throw new Error("Helm rendered nothing");
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return objectsIn(document.toJS() as Document);
  });
}
