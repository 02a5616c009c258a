import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { connectClock } from "../../../rehearsal/clock/client";
import type { Cloud, CloudObject, Placed } from "../../../rehearsal/provider/behaviour";
import { autoNameRule, checkInputs } from "../../../rehearsal/provider/check";
import { difference } from "../../../rehearsal/provider/diff";
import * as operations from "../../../rehearsal/provider/operations";
import { previewCreate, previewUpdate } from "../../../rehearsal/provider/preview";
import type { Properties } from "../../../rehearsal/provider/properties";
import { Session } from "../../../rehearsal/provider/session";
import type { Received } from "../../../rehearsal/provider/wire";

/** A resource that was made, as the engine would keep it. */
export interface Made {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** What `make` and `change` throw where the provider already refuses the inputs, before the cloud is asked. */
export class InputsRefused extends Error {}

/** An account of a simulated cloud, used through the same steps as by the engine: check, then create, update or delete. */
export class Account {
  private constructor(
    private readonly session: Session,
    readonly folder: string,
  ) {}

  static async open(cloud: Cloud, config: Properties): Promise<Account> {
    const folder = mkdtempSync(path.join(tmpdir(), `${cloud.name}-`));
    const session = new Session(cloud, folder, await connectClock(folder));
    session.configure(config);
    return new Account(session, folder);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async make(type: string, name: string, inputs: Properties): Promise<Made> {
    const checked = await this.checked(type, name, {}, inputs);
    const call = await this.session.clock.begin();
    const result = await operations.create(this.session, target(type, name), plain(checked), call);
    call.end();
    const facts = this.session.factsOf(type);
    const foreign = Object.keys(result.outputs).filter((output) => facts?.outputs.has(output) !== true && facts?.inputs.has(output) !== true);
    if (foreign.length > 0) throw new Error(`${type} has outputs the SDK does not know: ${foreign.join(", ")}`);
    return { type, name, id: result.id, inputs: checked, outputs: result.outputs };
  }

  async change(made: Made, changes: Properties): Promise<Made> {
    const inputs = await this.checked(made.type, made.name, made.inputs, { ...made.inputs, ...changes });
    const call = await this.session.clock.begin();
    const result = await operations.update(this.session, target(made.type, made.name), made.id, plain(made.outputs), plain(made.inputs), plain(inputs), call);
    call.end();
    return { ...made, inputs, outputs: result.outputs };
  }

  async remove(made: Pick<Made, "type" | "name" | "id" | "outputs">): Promise<void> {
    const call = await this.session.clock.begin();
    await operations.remove(this.session, target(made.type, made.name), made.id, plain(made.outputs), call);
    call.end();
  }

  /** What a preview answers before the resource exists. */
  async preview(type: string, name: string, inputs: Properties): Promise<Properties> {
    return previewCreate(this.session, type, plain(await this.checked(type, name, {}, inputs))).outputs;
  }

  /** What a preview answers to a change of a resource that exists. */
  previewChange(made: Made, changes: Properties): Properties {
    return previewUpdate(this.session, made.type, made.id, plain(made.outputs), plain({ ...made.inputs, ...changes })).outputs;
  }

  /** The properties whose change would replace the resource. */
  replaced(made: Made, changes: Properties): readonly string[] {
    const behaviour = this.session.behaviourOf(made.type);
    const rule = autoNameRule(this.session.factsOf(made.type), behaviour);
    return difference(made.inputs, { ...made.inputs, ...changes }, [], behaviour, rule, this.session.config).replaces;
  }

  /** What a function of the SDK answers. */
  invoke(token: string, args: Properties): Properties {
    const invoke = this.session.cloud.invokes[token];
    if (invoke === undefined) throw new Error(`the simulated ${this.session.cloud.name} does not answer ${token}`);
    return invoke(args, { config: this.session.config, objects: this.session.objects(this.session.cloud.name), cloud: (provider) => this.session.objects(provider), now: 0 });
  }

  /** Something that came into the cloud otherwise than by a program. */
  async put(object: Placed): Promise<void> {
    const call = await this.session.clock.begin();
    const subject = { type: object.type, urn: "", name: "", id: "", seed: "", previous: undefined };
    this.session.context(subject, call, []).put(object);
    call.end();
  }

  /** Simulated minutes since the account was opened. */
  async now(): Promise<number> {
    const call = await this.session.clock.begin();
    call.end();
    return call.now;
  }

  live(type: string): readonly CloudObject[] {
    return this.session.objects(this.session.cloud.name).ofType(type).filter(({ retained }) => retained === undefined);
  }

  retained(): readonly CloudObject[] {
    return this.session.objects(this.session.cloud.name).all().filter(({ retained }) => retained !== undefined);
  }

  private async checked(type: string, name: string, olds: Properties, news: Properties): Promise<Properties> {
    const call = await this.session.clock.begin();
    const subject = { type, urn: urnOf(type, name), name, id: "", seed: name, previous: undefined };
    const context = this.session.context(subject, call, []);
    const request = { olds, news, seed: new Uint8Array(), proposal: undefined };
    const { inputs, problems } = await checkInputs(this.session.cloud, this.session.factsOf(type), this.session.behaviourOf(type), request, context);
    call.end();
    if (problems.length > 0) throw new InputsRefused(problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    return inputs;
  }
}

/** The message with which something was refused; fails where nothing was. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("nothing was refused");
}

function target(type: string, name: string): operations.Target {
  return { type, urn: urnOf(type, name), name, timeout: 0 };
}

function urnOf(type: string, name: string): string {
  return `urn:pulumi:test::moodle::${type}::${name}`;
}

function plain(value: Properties): Received {
  return { value, secrets: new Set() };
}
