import * as pulumi from "@pulumi/pulumi";
import { ConfigError } from "../../../components/config/configError";
import { namespace } from "../../../components/config/given";
import { loadConfig, type Loaded } from "../../../components/config/load";
import type { Problem } from "../../../components/config/problem";
import type { Settled } from "../../../components/config/settled";
import { MoodlePlatform } from "../../../components/moodlePlatform";
import { planPlatform, type PlatformPlan } from "../../../components/plan/platformPlan";
import { statefulIn } from "../../../components/plan/stateful";
import type { CloudProvider } from "../../../providers/contract";
import { cloudNames, cloudProvider } from "../../../providers/registry";
import type { Properties } from "../../../rehearsal/provider/properties";
import { cloudOf, providersFor } from "../../../rehearsal/simulatedClouds";
import type { Stack } from "../../graph/stackProgram";
import { balancerOf, placeOf } from "../../providers/places";
import { asEngine, today, type StackConfig } from "../stackConfig";
import { play, type Clouds, type Step, type Turn } from "./turn";

/** What a changed stack file does to a live stack. */
export type Outcome =
  /** The program says no, by these keys, because the stack is live. */
  | { readonly kind: "refused"; readonly keys: readonly string[] }
  /** A new stack could not be built so either. */
  | { readonly kind: "not allowed"; readonly problems: readonly Problem[] }
  | { readonly kind: "done"; readonly steps: readonly Step[] };

/** What a stack's cloud is and answers. */
function cloudsOf(cloud: string): Clouds {
  const place = placeOf(cloud);
  if (place === undefined) throw new Error(`nobody wrote down what ${cloud} answers, in tests/providers/places.ts`);
  const { answers } = place;
  const simulated = providersFor(cloud).map(cloudOf);
  return {
    simulated,
    outputs: (type, name, inputs) => {
      if (type === "kubernetes:core/v1:Service") return { status: { loadBalancer: { ingress: [{ ...balancerOf(place) }] } } };
      return type.startsWith("kubernetes:") ? {} : (answers.outputs(type, name, inputs, "") as Properties);
    },
    invokes: answers.invokes,
  };
}

/** A stack that was built once, and what the program would do to it with another stack file. */
export class LiveStack {
  private readonly known = new Map<string, Promise<readonly Step[]>>();

  private constructor(
    private readonly name: string,
    private readonly clouds: Clouds,
    private readonly config: StackConfig,
    private readonly settled: Settled,
    private readonly built: Turn,
  ) {
    this.known.set(questionOf(planned(name, config)), Promise.resolve([]));
  }

  static async build({ name, cloud }: Stack, config: StackConfig): Promise<LiveStack> {
    const clouds = cloudsOf(cloud);
    const stack = planned(name, config);
    const settled = { values: stack.loaded.settled, resources: statefulIn(stack.plan.foundation, stack.loaded.cloud.brings?.(stack.plan.foundation)) };
    return new LiveStack(name, clouds, config, settled, await play(() => platform(stack), clouds));
  }

  /** Everything the stack has that no change of config may cost it. */
  get protected(): number {
    return [...this.built.resources.values()].filter(({ protect }) => protect).length;
  }

  async given(change: (config: StackConfig) => StackConfig): Promise<Outcome> {
    const changed = change(this.config);
    const problems = problemsOf(() => planned(this.name, changed));
    const refused = problemsOf(() => planned(this.name, changed, this.settled)).filter(
      ({ key, message }) => !problems.some((other) => other.key === key && other.message === message),
    );
    if (refused.length > 0) return { kind: "refused", keys: refused.map(({ key }) => key) };
    if (problems.length > 0) return { kind: "not allowed", problems };
    const stack = planned(this.name, changed);
    const question = questionOf(stack);
    const steps = this.known.get(question) ?? play(() => platform(stack), this.clouds, this.built).then((turn) => turn.steps);
    this.known.set(question, steps);
    return { kind: "done", steps: await steps };
  }
}

interface Planned {
  readonly loaded: Loaded<CloudProvider>;
  readonly plan: PlatformPlan;
  readonly secrets: Readonly<Record<string, string>>;
  /** The config of the clouds' own providers, which adapters read themselves. */
  readonly own: Readonly<Record<string, string>>;
}

/** The program up to the point where it begins to register resources. */
function planned(name: string, config: StackConfig, settled?: Settled): Planned {
  const raw = asEngine(config);
  pulumi.runtime.setAllConfig({ ...raw.values });
  const loaded = loadConfig(raw, { clouds: cloudNames, cloud: cloudProvider(raw.values["moodle:cloud"]), today, settled });
  const plan = planPlatform(loaded.config, name);
  const problems = loaded.cloud.check(plan.foundation);
  if (problems.length > 0) throw new ConfigError(problems);
  const secrets = Object.fromEntries(loaded.config.secrets.map((secret) => [secret, raw.values[`moodle:${secret}`] ?? ""]));
  const own = Object.fromEntries(Object.entries(raw.values).filter(([key]) => !key.startsWith(namespace)));
  return { loaded, plan, secrets, own };
}

function platform({ loaded, plan, secrets }: Planned): MoodlePlatform {
  const marked = Object.fromEntries(Object.entries(secrets).map(([name, text]) => [name, pulumi.secret(text)]));
  return new MoodlePlatform("moodle", { plan, cloud: loaded.cloud, secrets: marked }, { transformations: [withoutAliases] });
}

// Some SDKs give each resource dozens, one for each version of its API, and working them out takes most of a run. Nothing is renamed here.
function withoutAliases({ props, opts }: pulumi.ResourceTransformationArgs): pulumi.ResourceTransformationResult {
  return { props, opts: { ...opts, aliases: [] } };
}

/** Equal where nothing that resources are made of differs. How numbers came about is for readers. */
function questionOf({ plan: { arithmetic: _, ...plan }, secrets, own }: Planned): string {
  return JSON.stringify([plan, secrets, own]);
}

function problemsOf(load: () => unknown): readonly Problem[] {
  try {
    load();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
