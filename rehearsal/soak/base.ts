import * as path from "node:path";
import { reasonsOf } from "../engine/reasons";
import { stateFrom, type StateResource } from "../engine/state";
import { createStack } from "../createStack";
import { inScratch, type RehearsalOptions } from "../rehearse";
import { creationsOf, deletionsOf, type Operation, operationsIn } from "../randomFault";
import type { RehearsalRequest } from "../arguments";
import { copyScratch, createScratch, type Scratch } from "../scratch";
import type { StepMetadata } from "../engine/events";
import type { Stage } from "../stage";
import { generatedPasswords } from "./leaks";

/** What a stack goes through in a trial: it is made, changed, or unmade. */
export const scenes = ["create", "update", "delete"] as const;
export type Scene = (typeof scenes)[number];

/** A stack at rest, from which trials begin. */
export interface Base {
  readonly scratch: Scratch;
  readonly request: RehearsalRequest;
  /** The simulated clock when it came to rest. */
  readonly minutes: number;
  /** What the scene will ask of the providers when nothing goes wrong. */
  readonly operations: readonly Operation[];
  /** Generated passwords in its state. */
  readonly passwords: readonly string[];
}

/** More than any stack has: the simulated time must not depend on the processors of this machine. */
export const parallel = ["--parallel", "512"];
const up = ["up", "--yes", "--skip-preview", "--json", ...parallel];
const streaming = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };

/** The engine's command of each scene. */
export const commandOf: Readonly<Record<Scene, readonly string[]>> = {
  create: ["up", "--yes", "--skip-preview", ...parallel],
  update: ["up", "--yes", "--skip-preview", ...parallel],
  delete: ["destroy", "--yes", "--skip-preview", ...parallel],
};

// As many resources as can be updated in place: everything with tags, and what the keys below reach.
const change = {
  "moodle:tags": { rehearsed: "soak" },
  "moodle:observability": { logRetention: "180 d" },
  "moodle:ingress": { timeout: "600 s" },
};

/** Prepares stacks at rest, each once, in one folder. */
export class Bases {
  private readonly prepared = new Map<string, Promise<Base>>();

  /** @param stacks the stack files, by the names of their stacks */
  constructor(
    private readonly folder: string,
    private readonly stacks: ReadonlyMap<string, string>,
    private readonly options: RehearsalOptions,
  ) {}

  /** The stack as it is before the scene. */
  before(stack: string, scene: Scene): Promise<Base> {
    return this.once(`${stack} before ${scene}`, () => this.prepare(stack, scene));
  }

  private once(key: string, prepare: () => Promise<Base>): Promise<Base> {
    const known = this.prepared.get(key) ?? prepare();
    this.prepared.set(key, known);
    return known;
  }

  private async prepare(stack: string, scene: Scene): Promise<Base> {
    const standing = await this.once(`${stack} standing`, () => this.stand(stack));
    if (scene === "create") return this.nothing(stack, standing);
    const scratch = copyScratch(standing.scratch, path.join(this.folder, `${stack}-${scene}`), true);
    return inScratch(
      scratch,
      standing.request,
      this.options,
      async (stage) => {
        if (scene === "update") {
          stage.stackFile.add(change);
          const steps = await stepsOf(stage, ["preview", "--json", ...parallel]);
          return { ...standing, scratch, operations: operationsIn(steps, stage.providers) };
        }
        stage.stackFile.consentToEverything();
        await stepsOf(stage, up);
        const state = await stateOf(stage);
        return { ...standing, scratch, minutes: stage.clock.now(), operations: deletionsOf(state) };
      },
      standing.minutes,
    );
  }

  private stand(stack: string): Promise<Base> {
    const { request, scratch } = this.begin(stack, "standing");
    return inScratch(scratch, request, this.options, async (stage) => {
      await createStack(stage);
      await stepsOf(stage, up);
      const operations = creationsOf(await stateOf(stage));
      return { scratch, request, minutes: stage.clock.now(), operations, passwords: await generatedPasswords(stage.runner) };
    });
  }

  private nothing(stack: string, standing: Base): Promise<Base> {
    const { request, scratch } = this.begin(stack, "nothing");
    return inScratch(scratch, request, this.options, async (stage) => {
      await createStack(stage);
      return { scratch, request, minutes: 0, operations: standing.operations, passwords: [] };
    });
  }

  private begin(stack: string, name: string): { readonly request: RehearsalRequest; readonly scratch: Scratch } {
    const { repository } = this.options;
    const stackFile = this.stacks.get(stack);
    if (stackFile === undefined) throw new Error(`there is no stack ${stack}; there are ${[...this.stacks.keys()].join(", ")}`);
    const request: RehearsalRequest = { command: "up", stack, stackFile, html: "" };
    return { request, scratch: createScratch({ repository, stackFile, stack, keep: path.join(this.folder, `${stack}-${name}`) }) };
  }
}

async function stepsOf({ runner }: Stage, command: readonly string[]): Promise<readonly StepMetadata[]> {
  const steps: StepMetadata[] = [];
  const onEvent = ({ resourcePreEvent }: { readonly resourcePreEvent?: { readonly metadata: StepMetadata } }): void => {
    if (resourcePreEvent !== undefined) steps.push(resourcePreEvent.metadata);
  };
  const end = await runner.run(command, { onEvent, environment: streaming });
  if (end.code !== 0) throw new Error(`pulumi ${command[0]} failed before anything was made to go wrong:\n${reasonsOf(end).join("\n")}`);
  return steps;
}

async function stateOf({ runner }: Stage): Promise<readonly StateResource[]> {
  return stateFrom((await runner.run(["stack", "export"])).text);
}
