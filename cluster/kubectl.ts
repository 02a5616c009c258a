import * as path from "node:path";
import { obtainTool } from "../toolchain/obtain";
import type { Progress } from "../toolchain/setup/progress.cjs";
import { builtPrograms, kubernetes } from "./programs";

/** A kubectl of the version that clusters here have, for those that bring none: what a node was made with, the machine's own, or one that is built. */
export async function obtainKubectl(progress: Progress, signal: AbortSignal): Promise<string> {
  const folder = builtPrograms(kubernetes);
  if (folder !== undefined) return path.join(folder, "kubectl");
  const { version, module } = kubernetes;
  const tool = {
    title: "kubectl",
    executable: "kubectl",
    version,
    versionArguments: ["version", "--client"],
    companions: [],
    module: { ...module, package: "k8s.io/kubernetes/cmd/kubectl", cost: "half a minute to two on two cores, once" },
  };
  return (await obtainTool(tool, progress, signal)).binary;
}
