import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parse } from "yaml";
import type { SecretKey } from "../../components/config/schema";
import type { CloudObject } from "../../rehearsal/provider/behaviour";
import { Store } from "../../rehearsal/provider/store";
import { cloudOf, providersFor } from "../../rehearsal/simulatedClouds";
import { StackFile } from "../../rehearsal/stackFile";
import type { Mode, ProgramGraph } from "../support/monitor/graph";
import { repository, runProgram } from "../support/monitor/program";
import { RehearsedCloud } from "../support/monitor/rehearsedCloud";
import { balancerOf, places } from "../providers/places";
import { SdkSimulation } from "../support/monitor/sdkSimulation";
import { Simulations } from "../support/monitor/simulations";
import { isMap } from "../support/monitor/value";

/** A stack file of the repository. */
export interface Stack {
  name: string;
  file: string;
  /** `moodle:cloud` */
  cloud: string;
}

/** Config as the CLI hands it over, and the secret keys with a text that occurs nowhere else. */
export interface StackConfig {
  config: Record<string, unknown>;
  secretConfig: Record<string, string>;
}

/** Secrets that any stack may have, and what a secret is refused without. Those of a restored platform take the place of generated ones. */
const besides: Partial<Record<SecretKey, { key: string; values: Record<string, unknown> }>> = {
  mailPassword: { key: "moodle:mail", values: { host: "smtp.example.edu", from: "moodle@example.edu", user: "moodle" } },
};

/** Every stack file at the top and under tests/stacks, or those of one cloud. @throws when there is none. */
export function committedStacks(cloud?: string): Stack[] {
  const places: [folder: string, name: RegExp][] = [
    [repository, /^Pulumi\.([\w-]+)\.yaml$/],
    [path.join(repository, "tests", "stacks"), /^([\w.-]+)\.yaml$/],
  ];
  const stacks = places.flatMap(([folder, pattern]) =>
    (fs.existsSync(folder) ? fs.readdirSync(folder) : []).flatMap((entry) => {
      const name = pattern.exec(entry)?.[1];
      return name === undefined ? [] : [stackAt(name, path.join(folder, entry))];
    }),
  );
  const wanted = stacks.filter((stack) => cloud === undefined || stack.cloud === cloud);
  if (wanted.length === 0) throw new Error("no stack file is committed, so no program could be looked at");
  return wanted;
}

/** One of those that `npm test` looks at: the two that people begin with, and one of each other cloud. */
export function isExemplary({ name, cloud }: Stack): boolean {
  return ["production", "staging"].includes(name) || (cloud !== "aws" && name.endsWith("-objectfs"));
}

function stackAt(name: string, file: string): Stack {
  return { name, file, cloud: new StackFile(file).text("moodle:cloud") ?? "" };
}

/** The stack's config as a rehearsal would use it, with every secret key that any stack may have. */
export function configOf(stack: Stack): StackConfig {
  return inTemporaryFolder((folder) => {
    const copy = path.join(folder, "stack.yaml");
    fs.copyFileSync(stack.file, copy);
    const file = new StackFile(copy);
    file.markAsRehearsal();
    const encrypted = file.takeSecrets();
    const keys = new Set([...encrypted, ...Object.keys(besides).map((key) => `moodle:${key}`)]);
    const { config } = parse(fs.readFileSync(copy, "utf8")) as { config: Record<string, unknown> };
    for (const { key, values } of Object.values(besides)) config[key] = { ...values, ...(config[key] as object | undefined) };
    return { config, secretConfig: Object.fromEntries([...keys].map((key) => [key, `planted in ${key} of ${stack.name}`])) };
  });
}

const runs = new Map<string, Promise<ProgramGraph>>();

/**
 * The whole program with a stack's config. Each distinct question is asked once in a process.
 *
 * @param held what the simulated AWS holds before.
 */
export function graphOf(
  stack: Stack,
  mode: Mode,
  change: (config: StackConfig) => StackConfig = (config) => config,
  held: readonly Pick<CloudObject, "type" | "id" | "outputs">[] = [],
): Promise<ProgramGraph> {
  const { config, secretConfig } = change(configOf(stack));
  const key = JSON.stringify([stack.name, mode, config, secretConfig, held]);
  const known = runs.get(key);
  if (known !== undefined) return known;
  const run = inTemporaryFolder((folder) => {
    const aws = new Store(folder, "aws");
    for (const object of held) aws.put({ ...object, name: "", urn: "", seed: object.id, status: "ready", inputs: {}, createdAt: 0 });
    return runProgram({ stack: stack.name, mode, config, secretConfig, simulation: simulationOf(stack.cloud, folder) });
  });
  runs.set(key, run);
  return run;
}

/** The rehearsal's cloud. Of Kubernetes only what the SDK says: its rehearsal needs Helm and a cluster. */
function simulationOf(cloud: string, folder: string): Simulations {
  const loaded = providersFor(cloud).filter((name) => name !== "kubernetes").map(cloudOf);
  const kubernetes = new SdkSimulation({
    // Named by Pulumi, and found by others under that name.
    "kubernetes:core/v1:Secret": ({ name, inputs: { metadata } }) => ({ metadata: { name, ...(isMap(metadata) && metadata) } }),
    "kubernetes:core/v1:Service": { status: { loadBalancer: { ingress: [{ ...balancerOf(places[cloud]) }] } } },
  });
  return new Simulations(Object.fromEntries(loaded.map((cloud) => [cloud.name, new RehearsedCloud(cloud, folder)])), kubernetes);
}

function inTemporaryFolder<Result>(work: (folder: string) => Result): Result {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "moodle-graph-"));
  const remove = () => fs.rmSync(folder, { recursive: true, force: true });
  try {
    const result = work(folder);
    if (result instanceof Promise) return result.finally(remove) as Result;
    remove();
    return result;
  } catch (error) {
    remove();
    throw error;
  }
}
