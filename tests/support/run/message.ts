/** What a worker tells the run about its work, over the channel between the two processes. */
export type Message =
  | { kind: "alive" }
  /** The worker came to its own end; one that ends without saying so ended early. */
  | { kind: "through" }
  | { kind: "started"; title: string }
  | { kind: "passed"; title: string; milliseconds: number }
  | { kind: "failed"; title: string; detail: string }
  /** Tests that this machine can't run: said loudly here, a failure where a machine has to be able to. */
  | { kind: "notRun"; title: string; detail: string }
  /** What the worker and its tests printed; told only where something failed. */
  | { kind: "printed"; text: string }
  /** A whole spec file, or a whole check, is through. */
  | { kind: "finished"; name: string; passed: number; failed: number; milliseconds: number };

/** What a worker is asked to do. */
export type Work =
  | { kind: "types" }
  | { kind: "lint" }
  | { kind: "tools" }
  | { kind: "scannerTools" }
  | { kind: "pythonScanner" }
  | { kind: "software" }
  | { kind: "node" }
  | { kind: "notRun"; title: string; obstacle: string }
  | { kind: "specs"; files: string[]; timeoutSeconds: number; filter: Filter };

/** Which tests of the files are wanted, by their full title; all where the pattern is empty. */
export interface Filter {
  pattern: string;
  invert: boolean;
}

export function send(message: Message): void {
  process.send?.(message);
}
