import type { ClockCall } from "../clock/client";
import { CloudError } from "./behaviour";
import type { Deaths } from "./deaths";
import type { Fault } from "./faults";

/** The wait took longer than the resource's custom timeout allows. */
export class TimedOut extends Error {
  constructor(seconds: number) {
    super(`timeout while waiting for the operation to finish (timeout: ${seconds}s)`);
    this.name = "TimedOut";
  }
}

/** A call whose sleeps together may not pass the custom timeout (`seconds`; 0: no limit). */
export function limited(call: ClockCall, seconds: number): ClockCall {
  if (seconds <= 0) return call;
  const deadline = call.now + seconds / 60;
  return {
    get now() {
      return call.now;
    },
    async sleep(minutes, signal) {
      const left = Math.max(0, deadline - call.now);
      // The clock counts in milliseconds; a difference below that is none.
      if (minutes <= left + 1e-6) return call.sleep(minutes, signal);
      await call.sleep(left, signal);
      throw new TimedOut(seconds);
    },
    end: () => call.end(),
  };
}

/** @throws CloudError when the fault is one that refuses: nothing then happens in the cloud */
export function refuse(fault: Fault | undefined, what: string): void {
  if (fault?.kind === "throttle") throw new CloudError("Throttling", fault.message ?? "Rate exceeded");
  if (fault?.kind === "fail") throw new CloudError("", fault.message ?? `${what} was refused, as the rehearsal's faults say`);
}

/** Minutes after which a provider gives up by itself, where the resource has no custom timeout. Assumed: most take 20 to 90. */
export const DEFAULT_PATIENCE = 60;

/**
 * Sleeps for the latency as the fault bends it. A death comes half way through, or at the fault's minute.
 *
 * @throws TimedOut when the fault hangs for longer than the provider waits
 */
export async function waitFor(
  minutes: number,
  fault: Fault | undefined,
  call: ClockCall,
  signal: AbortSignal,
  deaths: Deaths,
): Promise<void> {
  switch (fault?.kind) {
    case "hang":
      return hang(fault.minutes === undefined ? DEFAULT_PATIENCE : fault.minutes, call, signal);
    case "slow":
      return call.sleep(minutes + (fault.minutes ?? 0), signal);
    case "kill-provider":
    case "kill-engine":
    case "kill-program": {
      const before = fault.minutes ?? minutes / 2;
      await call.sleep(before, signal);
      return die(fault.kind, Math.max(0, minutes - before), call, signal, deaths);
    }
    default:
      return call.sleep(minutes, signal);
  }
}

async function hang(patience: number | null, call: ClockCall, signal: AbortSignal): Promise<void> {
  await call.sleep(patience ?? Infinity, signal);
  throw new TimedOut((patience ?? Infinity) * 60);
}

// A provider outlives its program, and finishes what it began.
async function die(kind: "kill-provider" | "kill-engine" | "kill-program", left: number, call: ClockCall, signal: AbortSignal, deaths: Deaths): Promise<void> {
  if (kind === "kill-program") {
    deaths.program();
    return call.sleep(left, signal);
  }
  if (kind === "kill-engine") deaths.engine();
  else deaths.provider();
  return new Promise(() => undefined);
}
