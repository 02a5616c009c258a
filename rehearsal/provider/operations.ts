import { randomUUID } from "node:crypto";

import { DEFAULTS } from "./autoName";
import { type CloudObject, CloudError, type Context, type Duration, NotReady } from "./behaviour";
import { autoNameRule } from "./check";
import type { Fault } from "./faults";
import { faultFor } from "./faults";
import { PartialFailure } from "./failures";
import type { ClockCall } from "../clock/client";
import { plausibleOutputs } from "./plausible";
import { type Properties, text } from "./properties";
import type { Session, Subject } from "./session";
import { keyOf } from "./store";
import { limited, refuse, TimedOut, waitFor } from "./waiting";
import { masked, type Received, type SecretPaths, topLevel, union } from "./wire";

/** What every operation on a resource is told. */
export interface Target {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  /** Seconds; 0 means no limit. */
  readonly timeout: number;
}

/** A resource as the engine keeps it. */
export interface Result {
  readonly id: string;
  readonly outputs: Properties;
  readonly secrets: SecretPaths;
}

/** Makes the object, waits for it, and answers with its outputs. */
export async function create(session: Session, target: Target, news: Received, call: ClockCall): Promise<Result> {
  const behaviour = session.behaviourOf(target.type);
  const timed = limited(call, target.timeout);
  const seed = `${target.urn}\0${randomUUID()}`;
  const inputs = withoutDefaults(news.value);
  const before = session.context(subject(target, "", seed, undefined), timed, [news]);
  await session.cloud.connect?.("create", before);
  const fault = faultFor(session.cloudFolder, "create", target.type, target.name);
  await refuseLate(fault, `creating ${target.name}`, timed, session.cancelled);
  await behaviour?.beforeCreate?.(inputs, before);
  const given = behaviour?.id?.(inputs, before) ?? defaultId(session, target.type, inputs, before);
  const context = session.context(subject(target, given, seed, undefined), timed, [news]);
  const outputs = assembled(session, inputs, context);
  const id = behaviour?.idFromOutputs?.(outputs) ?? given;
  const secrets = secretOutputs(session, target.type, news.secrets);
  const object: CloudObject = {
    id,
    type: target.type,
    name: target.name,
    urn: target.urn,
    seed,
    status: "creating",
    inputs: masked(news.value, news.secrets),
    outputs: masked(outputs, secrets),
    createdAt: call.now,
    uniqueKey: behaviour?.uniqueBy?.(inputs, context),
  };
  if (session.cloud.stateless !== true) insert(session, object, context);
  const minutes = duration(session.latencyOf(target.type).latency.create, inputs);
  return settle(session, object, { inputs: news, outputs, secrets, minutes, fault, call: timed, context });
}

/** Changes the object in place. `olds` are its outputs so far, `oldInputs` its inputs. */
export async function update(
  session: Session,
  target: Target,
  id: string,
  olds: Received,
  oldInputs: Received,
  news: Received,
  call: ClockCall,
): Promise<Result> {
  const behaviour = session.behaviourOf(target.type);
  const timed = limited(call, target.timeout);
  const stored = existing(session, target, id, oldInputs.value, olds.value);
  const context = session.context(subject(target, id, stored.seed, olds.value), timed, [olds, oldInputs, news]);
  await session.cloud.connect?.("update", context);
  const fault = faultFor(session.cloudFolder, "update", target.type, target.name);
  await refuseLate(fault, `updating ${id}`, timed, session.cancelled);
  const inputs = withoutDefaults(news.value);
  await behaviour?.beforeUpdate?.(inputs, withoutDefaults(oldInputs.value), context);
  if (behaviour?.heldByUpdates === true) session.store.put({ ...stored, status: "updating" });
  const outputs = assembled(session, inputs, context);
  const secrets = secretOutputs(session, target.type, union(news.secrets, computedSecrets(olds, oldInputs)));
  const object = { ...stored, inputs: masked(news.value, news.secrets), outputs: masked(outputs, secrets) };
  const minutes = duration(session.latencyOf(target.type).latency.update, inputs);
  return settle(session, object, { inputs: news, outputs, secrets, minutes, fault, call: timed, context });
}

/** Removes the object, with what came with it. One that is already gone is no error, as in the real providers. */
export async function remove(
  session: Session,
  target: Target,
  id: string,
  olds: Received,
  call: ClockCall,
): Promise<void> {
  const timed = limited(call, target.timeout);
  const stored = session.store.get(target.type, id);
  const context = session.context(subject(target, id, stored?.seed ?? target.urn, olds.value), timed, [olds]);
  if ((await session.cloud.connect?.("delete", context)) === "gone") return;
  const fault = faultFor(session.cloudFolder, "delete", target.type, target.name);
  await refuseLate(fault, `deleting ${id}`, timed, session.cancelled);
  if (stored === undefined || stored.retained !== undefined) return;
  const behaviour = session.behaviourOf(target.type);
  await behaviour?.beforeDelete?.(stored, context);
  session.store.put({ ...stored, status: "deleting" });
  try {
    const minutes = duration(session.latencyOf(target.type).latency.delete, stored.inputs);
    await waitFor(minutes, fault, timed, session.cancelled, session.deaths);
    if (fault?.kind === "partial") throw new CloudError("", fault.message ?? `${id} could not be deleted`);
  } catch (error) {
    session.store.put(stored);
    throw error;
  }
  takeAway(session, stored, context);
}

/** Takes an object out of the cloud, with what came with it, and leaves what the cloud keeps by design. */
export function takeAway(session: Session, stored: CloudObject, context: Context): void {
  const behaviour = session.behaviourOf(stored.type);
  const leftBehind = behaviour?.retainedOnDelete?.(stored, context) ?? [];
  session.store.update((objects) => {
    for (const [key, object] of objects) if (object.owner === stored.id || key === keyOf(stored.type, stored.id)) objects.delete(key);
    for (const { reason, outputs, ...retained } of leftBehind) {
      const isItself = retained.id === stored.id && retained.type === stored.type;
      const base = isItself ? stored : { urn: "", seed: stored.seed, inputs: {}, outputs: {}, createdAt: context.now };
      const kept: CloudObject = { ...base, ...retained, status: "ready", outputs: outputs ?? base.outputs, retained: reason };
      objects.set(keyOf(kept.type, kept.id), kept);
    }
  });
  behaviour?.afterDelete?.(stored, context);
}

interface Settling {
  readonly inputs: Received;
  readonly outputs: Properties;
  readonly secrets: SecretPaths;
  readonly minutes: number;
  readonly fault: Fault | undefined;
  readonly call: ClockCall;
  readonly context: Context;
}

// From here on the object exists, so whatever goes wrong is a partial failure.
async function settle(session: Session, object: CloudObject, work: Settling): Promise<Result> {
  const { inputs, secrets, fault, context } = work;
  const finish = (status: CloudObject["status"], outputs: Properties): Properties => {
    if (session.cloud.stateless !== true) session.store.put({ ...object, status, outputs: masked(outputs, secrets) });
    return outputs;
  };
  const behaviour = session.behaviourOf(object.type);
  const plain = withoutDefaults(inputs.value);
  try {
    await behaviour?.begin?.(plain, context);
    await waitFor(work.minutes, fault, work.call, session.cancelled, session.deaths);
    if (fault?.kind === "partial") throw new NotReady([fault.message ?? `${object.id} did not become ready`]);
    const more = await behaviour?.settle?.(plain, context);
    return { id: object.id, outputs: finish("ready", { ...work.outputs, ...more }), secrets };
  } catch (error) {
    if (!isAboutTheObject(error, session.cancelled)) throw error;
    const outputs = finish("failed", { ...work.outputs, ...(error instanceof NotReady ? error.outputs : {}) });
    const reasons = error instanceof NotReady ? error.reasons : [error.message];
    throw new PartialFailure(object.id, outputs, inputs.value, { outputs: secrets, inputs: inputs.secrets }, reasons);
  }
}

function isAboutTheObject(error: unknown, cancelled: AbortSignal): error is Error {
  if (error instanceof NotReady || error instanceof CloudError || error instanceof TimedOut) return true;
  return cancelled.aborted && error === cancelled.reason;
}

// Whatever the fault, the cloud answers at the minute it says.
async function refuseLate(fault: Fault | undefined, what: string, call: ClockCall, signal: AbortSignal): Promise<void> {
  if (fault?.kind === "fail" || fault?.kind === "throttle") await call.sleep(fault.minutes ?? 0, signal);
  refuse(fault, what);
}

function insert(session: Session, object: CloudObject, context: Context): void {
  const behaviour = session.behaviourOf(object.type);
  session.store.update((objects) => {
    const same = objects.get(keyOf(object.type, object.id));
    if (behaviour?.overwrites === true && same !== undefined && same.retained === undefined) {
      objects.set(keyOf(object.type, object.id), { ...object, createdAt: same.createdAt });
      return;
    }
    const key = object.uniqueKey;
    const taken = [...objects.values()].some(({ type, uniqueKey }) => type === object.type && uniqueKey === key);
    if (key !== undefined && taken) {
      const message = behaviour?.alreadyExists?.(key, context);
      throw new CloudError(message === undefined ? "AlreadyExists" : "", message ?? `${key} already exists`);
    }
    if (same !== undefined) throw new CloudError("AlreadyExists", `${object.id} already exists`);
    objects.set(keyOf(object.type, object.id), object);
  });
}

function existing(session: Session, target: Target, id: string, inputs: Properties, outputs: Properties): CloudObject {
  const stored = session.store.get(target.type, id);
  if (stored !== undefined) return stored;
  if (session.cloud.stateless !== true) {
    throw new CloudError("NotFound", `${id} does not exist any more; run "pulumi refresh"`);
  }
  return { ...target, id, inputs, outputs, seed: target.urn, status: "ready", createdAt: 0 };
}

function assembled(session: Session, inputs: Properties, context: Context): Properties {
  const facts = session.factsOf(context.type);
  const random = context.random.for("plausible");
  const plain = facts === undefined ? {} : plausibleOutputs(facts, inputs, random, context.timestamp);
  const earlier = Object.entries(context.previous ?? {}).filter(([name]) => plain[name] !== undefined);
  const common = session.cloud.commonOutputs?.(inputs, context) ?? {};
  const own = session.behaviourOf(context.type)?.outputs?.(inputs, context) ?? {};
  return { ...plain, ...Object.fromEntries(earlier), ...common, ...inputs, ...own };
}

function defaultId(session: Session, type: string, inputs: Properties, context: Context): string {
  const rule = autoNameRule(session.factsOf(type), session.behaviourOf(type));
  const name = rule === undefined ? undefined : text(inputs, rule.property);
  return name ?? `${(type.split(":").at(-1) ?? "object").toLowerCase()}-${context.random.for("id").hex(17)}`;
}

/** Secret paths of a resource's outputs: those of its inputs, where they are repeated, and those the SDK always treats as secret. */
export function secretOutputs(session: Session, type: string, inputs: SecretPaths): SecretPaths {
  const repeated = [...inputs].flatMap((path) => {
    const [input = "", ...rest] = JSON.parse(path) as (string | number)[];
    const output = session.cloud.repeats?.[input];
    return output === undefined ? [] : [JSON.stringify([output, ...rest])];
  });
  return union(inputs, new Set(repeated), topLevel(session.factsOf(type)?.secretOutputs ?? []));
}

// Secret outputs that no input made secret; those of inputs follow the new inputs.
function computedSecrets(olds: Received, oldInputs: Received): SecretPaths {
  return new Set([...olds.secrets].filter((path) => !oldInputs.secrets.has(path)));
}

function subject(target: Target, id: string, seed: string, previous: Properties | undefined): Subject {
  const timeout = target.timeout > 0 ? target.timeout / 60 : undefined;
  return { type: target.type, urn: target.urn, name: target.name, id, seed, previous, timeout };
}

export function duration(minutes: Duration, inputs: Properties): number {
  return typeof minutes === "number" ? minutes : minutes(inputs);
}

export function withoutDefaults(inputs: Properties): Properties {
  const { [DEFAULTS]: _, ...rest } = inputs;
  return rest;
}
