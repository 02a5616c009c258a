import { createConnection, type Socket } from "node:net";
import { createInterface } from "node:readline";
import * as path from "node:path";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

import type { ClockReply, ClockRequest } from "./protocol";
import { MS_PER_MINUTE, REAL_START, SOCKET } from "./protocol";

/** One provider call as the clock sees it: busy, except while it sleeps. */
export interface ClockCall {
  /** Simulated minutes now. Moves only while this call sleeps. */
  readonly now: number;
  /** Waits in simulated time. Rejects with the signal's reason when it is aborted. */
  sleep(minutes: number, signal: AbortSignal): Promise<void>;
  /** Ends the call. Time can't move before every call that is not asleep has ended. */
  end(): void;
}

/** The simulated time of a rehearsal, as a provider process uses it. */
export interface Clock {
  begin(): Promise<ClockCall>;
  close(): void;
}

/**
 * Connects to the rehearsal's clock. Where none listens (a provider used alone), sleeping takes no time and `now` moves on by
 * what was slept.
 */
export async function connectClock(cloudFolder: string): Promise<Clock> {
  const began = path.join(cloudFolder, REAL_START);
  if (existsSync(began)) return realClock(Number(readFileSync(began, "utf8")));
  const file = path.join(cloudFolder, SOCKET);
  if (!existsSync(file)) return instantClock();
  const socket = await connected(file);
  return socket === undefined ? instantClock() : sharedClock(socket);
}

function sharedClock(socket: Socket): Clock {
  const waiting = new Map<number, (now: number) => void>();
  let lastCall = 0;
  let gone = false;
  const lines = createInterface({ input: socket }).on("error", () => undefined);
  lines.on("line", (line) => {
    const reply = JSON.parse(line) as ClockReply;
    const wake = waiting.get(reply.call);
    waiting.delete(reply.call);
    wake?.(reply.now / MS_PER_MINUTE);
  });
  // The rehearsal went away. What waits goes on at once, so that the engine can end in good order.
  socket.on("error", () => undefined);
  socket.on("close", () => {
    gone = true;
    for (const wake of waiting.values()) wake(Number.NaN);
    waiting.clear();
  });
  const ask = (request: ClockRequest): void => {
    if (!gone) socket.write(`${JSON.stringify(request)}\n`);
  };
  const answer = (request: ClockRequest): Promise<number> =>
    new Promise((resolve) => {
      if (gone) return resolve(Number.NaN);
      waiting.set(request.call, resolve);
      ask(request);
    });

  async function begin(): Promise<ClockCall> {
    const call = ++lastCall;
    let now = orElse(await answer({ op: "begin", call }), 0);
    return {
      get now() {
        return now;
      },
      async sleep(minutes, signal) {
        signal.throwIfAborted();
        const wakeEarly = (): void => ask({ op: "wake", call });
        signal.addEventListener("abort", wakeEarly, { once: true });
        now = orElse(await answer({ op: "sleep", call, ms: Math.round(minutes * MS_PER_MINUTE) }), now + minutes);
        signal.removeEventListener("abort", wakeEarly);
        signal.throwIfAborted();
      },
      end: () => ask({ op: "end", call }),
    };
  }
  return { begin, close: () => socket.destroy() };
}

/** Time as it passes: what a rehearsal on a real cluster takes. */
export function realClock(began: number): Clock {
  return {
    begin: () =>
      Promise.resolve({
        get now() {
          return (Date.now() - began) / MS_PER_MINUTE;
        },
        sleep: (minutes, signal) => wait(minutes * MS_PER_MINUTE, undefined, { signal }).catch(() => signal.throwIfAborted()),
        end: () => undefined,
      }),
    close: () => undefined,
  };
}

/** A clock of nobody else's, on which sleeping takes no time. */
export function instantClock(): Clock {
  let latest = 0;
  return {
    begin: () => {
      let now = latest;
      return Promise.resolve({
        get now() {
          return now;
        },
        async sleep(minutes: number, signal: AbortSignal) {
          signal.throwIfAborted();
          if (minutes === Infinity) await aborted(signal);
          now += minutes;
          latest = Math.max(latest, now);
        },
        end: () => undefined,
      });
    },
    close: () => undefined,
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
}

function connected(file: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = createConnection(file);
    socket.once("connect", () => resolve(socket));
    socket.once("error", () => resolve(undefined));
  });
}

function orElse(value: number, fallback: number): number {
  return Number.isNaN(value) ? fallback : value;
}
