import { progressOn } from "../../toolchain/setup/progress.cjs";
import { ProgressModel, type FinishedStep } from "./model";
import type { View } from "./view";

/** A line for each finished resource, for logs. */
export function lineView(stream: NodeJS.WriteStream): View {
  let model: ProgressModel | undefined;
  let total: number | undefined;
  const print = (line: string) => void stream.write(`${line}\n`);
  return {
    ...progressOn(stream),
    begin(title, now, expected) {
      model = new ProgressModel(now);
      total = expected;
      print(title);
    },
    event(event) {
      const step = model?.take(event);
      // What a preview plans comes again as work.
      if (!step || event.resOutputsEvent?.planning) return;
      const count = (model?.finished ?? 0) + (model?.failed ?? 0);
      print(`  ${clock(step.until)}  ${counted(count, total)}  ${did(step)}  ${step.name}  ${step.type}`);
    },
    end(line) {
      model = undefined;
      print(`  ${line}`);
    },
  };
}

function counted(count: number, total: number | undefined): string {
  const width = String(total ?? 100).length;
  return `${String(count).padStart(width)}${total === undefined ? "" : `/${total}`}`;
}

function did({ op, failed, since, until }: FinishedStep): string {
  const took = until - since;
  return `${failed ? "FAILED " : ""}${op}${took >= 0.1 ? ` in ${took.toFixed(1)} min` : ""}`;
}

/** Simulated minutes as `mm:ss`. */
export function clock(minutes: number): string {
  const seconds = Math.floor(minutes * 60 + 1e-6);
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}
