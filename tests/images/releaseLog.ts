import { logEvents } from "../../components/moodle/logEvents";
import type { LogLine } from "./moodleSite";

/** The steps that a release program took. */
export function steps(events: readonly LogLine[]): unknown[] {
  return events.filter(({ event }) => event === "release.step").map(({ step }) => step);
}

/** What it says was done. */
export function outcome(events: readonly LogLine[]): unknown {
  return events.find(({ event }) => event === "release.finished")?.["outcome"];
}

/** Why it says it failed. */
export function reason(events: readonly LogLine[]): string {
  return String(events.find(({ event }) => event === logEvents.releaseFailed)?.["reason"]);
}
