import type { ClockCall } from "../clock/client";
import { CloudError } from "./behaviour";
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

/** Sleeps for the latency as the fault bends it. `die` ends the process half way, or after the fault's minutes. */
export async function waitFor(
  minutes: number,
  fault: Fault | undefined,
  call: ClockCall,
  signal: AbortSignal,
  die: () => void,
): Promise<void> {
  switch (fault?.kind) {
    case "hang":
      return call.sleep(Infinity, signal);
    case "slow":
      return call.sleep(minutes + (fault.minutes ?? 0), signal);
    case "die":
      await call.sleep(fault.minutes ?? minutes / 2, signal);
      die();
      return new Promise(() => undefined);
    default:
      return call.sleep(minutes, signal);
  }
}
