import * as fs from "node:fs";
import { committedStacks } from "../graph/stackProgram";
import { walk, type Stride } from "../support/walk/walk";
describe("walk", () => {
  for (const stack of committedStacks()) it(stack.name, async function () {
    this.timeout(1200000);
    const t = process.cpuUsage();
    const strides: Stride[] = await walk(stack);
    const d = process.cpuUsage(t);
    fs.writeFileSync(`/tmp/walk-${stack.name}.txt`, strides.map(({ key, value, outcome }) => `${key} = ${JSON.stringify(value)}: ${outcome.kind} ${outcome.kind === "done" ? outcome.steps.map(({ does, resource }) => `${does}${resource.protect ? "!" : ""} ${resource.type.split(":").pop()} ${resource.name}`).join(", ").slice(0, 600) : outcome.kind === "refused" ? outcome.keys.join() : outcome.problems.map((p) => p.key + ": " + p.message).join("; ")}`).join("\n") + `\n${(d.user + d.system) / 1000} ms cpu`);
  });
});
