import type { Command } from "../arguments";

const names: Record<Command, string> = {
  up: "an update",
  destroy: "a destroy",
  drift: "changes by hand",
  recover: "a recovery",
  restore: "a restore",
};

/** What a report calls the scene that was played. */
export function sceneOf(command: Command): string {
  return names[command];
}
