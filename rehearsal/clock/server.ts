import * as fs from "node:fs";
import { createServer, type Socket } from "node:net";
import * as path from "node:path";
import { createInterface } from "node:readline";

import { type ClockReply, type ClockRequest, MS_PER_MINUTE, REAL_START, SOCKET } from "./protocol";
import { quiet } from "./quiet";

/** The time of one rehearsal. */
export interface RunningClock {
  /** Minutes since the start. */
  now(): number;
  stop(): Promise<void>;
}

/** What the clock is told of the engine. */
export interface ClockOptions {
  /** The process id of the engine's command while one runs; it and everything it started must be idle before time moves. */
  readonly watch: () => number | undefined;
  /** Simulated minutes to begin at, where the clouds hold something already. Default 0. */
  readonly from?: number;
}

// Longer paths do not fit the address of a Unix socket (104 bytes on macOS, 108 on Linux).
const LONGEST_PATH = 103;

/**
 * Starts the clock that all simulated providers of a cloud folder share. Time stands still while any provider call is at work
 * or the engine has anything to do, and then jumps to the next wake-up: simulated minutes hold nothing of the time this
 * machine takes.
 */
export async function startClock(cloudFolder: string, options: ClockOptions): Promise<RunningClock> {
  const file = path.join(cloudFolder, SOCKET);
  if (Buffer.byteLength(file) > LONGEST_PATH) {
    throw new Error(`${file} is too long for a socket (${LONGEST_PATH} bytes at most). Use a folder with a shorter path.`);
  }
  fs.mkdirSync(cloudFolder, { recursive: true });
  fs.rmSync(file, { force: true });
  const timeline = new Timeline(options.watch, Math.round((options.from ?? 0) * MS_PER_MINUTE));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    timeline.serve(socket);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(file, resolve));
  return {
    now: () => timeline.now / MS_PER_MINUTE,
    stop: () =>
      new Promise((resolve) => {
        timeline.stop();
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Starts a clock that shows real time, for what really takes it. */
export function startRealClock(cloudFolder: string): RunningClock {
  const began = Date.now();
  fs.mkdirSync(cloudFolder, { recursive: true });
  fs.writeFileSync(path.join(cloudFolder, REAL_START), String(began));
  return { now: () => (Date.now() - began) / MS_PER_MINUTE, stop: () => Promise.resolve() };
}

interface Call {
  /** When a sleeping call goes on, in simulated milliseconds; `undefined` while it is at work. */
  wakeAt: number | undefined;
  readonly answer: (now: number) => void;
}

class Timeline {
  private readonly calls = new Set<Call>();
  private changes = 0;
  private looking = false;
  private stopped = false;

  constructor(
    private readonly watch: () => number | undefined,
    public now: number,
  ) {}

  serve(socket: Socket): void {
    const own = new Map<number, Call>();
    const drop = (): void => {
      for (const call of own.values()) this.calls.delete(call);
      own.clear();
      this.changed();
    };
    socket.on("error", drop);
    socket.on("close", drop);
    // Passes on the socket's errors: a provider that was killed may still be answered.
    const lines = createInterface({ input: socket }).on("error", drop);
    lines.on("line", (line) => {
      const request = JSON.parse(line) as ClockRequest;
      if (request.op === "begin") {
        const answer = (now: number): void => {
          const reply: ClockReply = { call: request.call, now };
          socket.write(`${JSON.stringify(reply)}\n`);
        };
        const call: Call = { wakeAt: undefined, answer };
        own.set(request.call, call);
        this.calls.add(call);
        answer(this.now);
      } else {
        const call = own.get(request.call);
        if (call !== undefined) this.change(call, request);
        if (request.op === "end") own.delete(request.call);
      }
      this.changed();
    });
  }

  stop(): void {
    this.stopped = true;
    this.changes++;
  }

  private change(call: Call, request: ClockRequest): void {
    if (request.op === "end") this.calls.delete(call);
    else if (request.op === "sleep" && request.ms !== 0) call.wakeAt = this.now + (request.ms ?? Infinity);
    else if (request.op === "sleep" || call.wakeAt !== undefined) this.wake(call);
  }

  private changed(): void {
    this.changes++;
    if (!this.looking) void this.look();
  }

  // Looks again after every change, until someone is at work or nobody has a wake-up.
  private async look(): Promise<void> {
    this.looking = true;
    while (!this.stopped && this.nextWake() !== undefined) {
      const seen = this.changes;
      if (await quiet(this.watch, () => this.changes !== seen)) this.jump();
    }
    this.looking = false;
  }

  private nextWake(): number | undefined {
    const wakes = [...this.calls].map((call) => call.wakeAt);
    if (wakes.some((wake) => wake === undefined)) return undefined;
    const next = Math.min(...wakes.map((wake) => wake ?? Infinity));
    return Number.isFinite(next) ? next : undefined;
  }

  private jump(): void {
    const next = this.nextWake();
    if (next === undefined) return;
    this.now = next;
    for (const call of this.calls) if (call.wakeAt !== undefined && call.wakeAt <= next) this.wake(call);
  }

  private wake(call: Call): void {
    call.wakeAt = undefined;
    call.answer(this.now);
  }
}
