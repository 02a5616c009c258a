import { fstatSync } from "node:fs";

/**
 * Ends the process as the engine expects: on the SIGINT that follows a `Cancel`, on SIGTERM, and when the engine itself is
 * gone. A SIGINT before `Cancel` is the user's Ctrl-C reaching the whole terminal; the engine will cancel in good order.
 */
export function endWithEngine(cancelled: AbortSignal): void {
  process.on("SIGINT", () => {
    if (cancelled.aborted) process.exit(0);
  });
  process.on("SIGTERM", () => process.exit(0));
  const input = fstatSync(0);
  if (!input.isFIFO() && !input.isSocket()) return;
  process.stdin.on("end", () => process.exit(0));
  process.stdin.on("error", () => process.exit(0));
  process.stdin.resume();
}
