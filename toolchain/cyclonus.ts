import * as path from "node:path";
import { obtainTool } from "./obtain";
import type { Progress } from "./setup/progress.cjs";
import type { ObtainedTool, Tool } from "./tool";

const version = "0.5.6";

/** Cyclonus, which says what NetworkPolicies let through. */
export const cyclonus: Tool = {
  title: "Cyclonus",
  executable: "cyclonus",
  version,
  versionArguments: ["version"],
  companions: [],
  module: {
    folder: path.join(__dirname, "cyclonus"),
    package: "github.com/mattfenwick/cyclonus/cmd/cyclonus",
    tags: [],
    variables: { "github.com/mattfenwick/cyclonus/pkg/cli.version": `v${version}` },
    cost: "about 2 minutes on two cores, once",
  },
};

export function obtainCyclonus(progress: Progress, signal?: AbortSignal): Promise<ObtainedTool> {
  return obtainTool(cyclonus, progress, signal);
}
