import { setTimeout as pause } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { passesInCluster } from "./retry/cluster";
import { pauseBefore, type Passing } from "./retry/pause";

export interface RetriesArgs {
  /** What the cloud refuses for a while only. */
  readonly passes: Passing;
  /** Length of a second of waiting, in milliseconds: a rehearsal's cloud has a clock of its own and nothing to wait for. */
  readonly second: number;
}

/**
 * Has the engine try again what was refused for a reason that passes by itself, for everything below a component. Says so,
 * each time.
 */
export function retries(name: string, { passes, second }: RetriesArgs): pulumi.ResourceTransformation {
  const hook = new pulumi.ErrorHook(`${name}-retries`, async ({ urn, failedOperation, errors }) => {
    const seconds = pauseBefore(errors, (refusal) => passes(refusal) || passesInCluster(refusal), Math.random());
    if (seconds === undefined) return false;
    await pulumi.log.info(`${failedOperation} of ${urn.slice(urn.lastIndexOf("::") + 2)} was refused for now; trying again in ${Math.round(seconds)} s`);
    await pause(seconds * second);
    return true;
  });
  return ({ type, props, opts }) => (isMade(type) ? { props, opts: { ...opts, hooks: bound(opts.hooks, hook) } } : undefined);
}

/** Components and providers are nothing in a cloud. */
function isMade(type: string): boolean {
  return !type.startsWith("moodle:") && !type.startsWith("pulumi:");
}

function bound(hooks: pulumi.ResourceHookBinding = {}, hook: pulumi.ErrorHook): pulumi.ResourceHookBinding {
  return { ...hooks, onError: [...(hooks.onError ?? []), hook] };
}
