const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
type Signal = (typeof signals)[number];

const exitCodes: Record<Signal, number> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
// npm and the terminal may both deliver one Ctrl-C.
const togetherMilliseconds = 700;
const lastMilliseconds = 5_000;
const parentMilliseconds = 1_000;

/** What work under way does when it is interrupted: in good order, then at once, then by force some seconds later. */
export interface Stops {
  first: () => void;
  second: () => void;
  last: () => void;
}

/** The rehearsal was interrupted; everything it had started has ended. */
export class Interrupted extends Error {
  constructor(readonly exitCode: number) {
    super("interrupted");
  }
}

/**
 * Turns signals into an orderly end. While it is there, a signal does not end this process; the work under way is told, and
 * whoever waits for it goes on to clean up.
 */
export class Interruption {
  private readonly controller = new AbortController();
  private readonly working = new Set<Stops>();
  private readonly undo: (() => void)[] = [];
  private count = 0;
  private latest = 0;

  /** @param announce is told once for each interruption that counts, 1 and 2 */
  constructor(private readonly announce: (count: number) => void = () => undefined) {
    for (const signal of signals) {
      const handler = () => this.interrupt(signal);
      process.on(signal, handler);
      this.undo.push(() => process.off(signal, handler));
    }
    this.undo.push(whenParentDies(() => this.interrupt("SIGHUP")));
  }

  /** Aborts at the first interruption, with an Interrupted as its reason. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Registers work that has to be told; the function returned says that it has ended. */
  during(stops: Stops): () => void {
    this.working.add(stops);
    if (this.count > 0) stops.first();
    return () => this.working.delete(stops);
  }

  interrupt(signal: Signal): void {
    const now = performance.now();
    if (this.count > 0 && now - this.latest < togetherMilliseconds) return;
    this.latest = now;
    this.count++;
    if (this.count <= 2) this.announce(this.count);
    if (this.count === 1) {
      this.controller.abort(new Interrupted(exitCodes[signal]));
      this.tell("first");
    } else {
      this.tell("second");
      setTimeout(() => this.tell("last"), lastMilliseconds).unref();
    }
  }

  close(): void {
    for (const step of this.undo) step();
  }

  private tell(how: keyof Stops): void {
    for (const stops of [...this.working]) stops[how]();
  }
}

// Whoever started us was killed without a chance to tell: nobody reads what we print any more.
function whenParentDies(action: () => void): () => void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    action();
  }, parentMilliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
