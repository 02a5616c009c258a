import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { runCommand, type CommandResult } from "../../../../toolchain/command";
import { CloudError, type Context } from "../../../provider/behaviour";
import { type Properties, text } from "../../../provider/properties";
import { toolAt } from "../tools";

/** What a command on the cluster needs to know of the call that it is made for. */
export type Reach = Pick<Context, "config" | "cancelled" | "redact">;

/** Runs kubectl on the cluster of the provider's kubeconfig. @returns what it printed. @throws CloudError in the API server's words */
export async function kubectl(reach: Reach, args: readonly string[], input?: string): Promise<string> {
  const { code, stdout, stderr } = await attempt(reach, args, input);
  if (code !== 0) throw new CloudError("", reach.redact(wordsIn(stderr)));
  return stdout;
}

/** The same, for who looks at the exit code. */
export function attempt(reach: Reach, args: readonly string[], input?: string): Promise<CommandResult> {
  const { context, cluster } = reach.config;
  const chosen = Object.entries({ context, cluster }).flatMap(([name, value]) => (typeof value === "string" ? [`--${name}`, value] : []));
  return run("REHEARSAL_KUBECTL", reach, [...chosen, ...args], input);
}

/** Runs Helm on the same cluster. */
export function helm(reach: Reach, args: readonly string[], input?: string): Promise<CommandResult> {
  const context = text(reach.config, "context");
  return run("REHEARSAL_HELM", reach, [...(context === undefined ? [] : ["--kube-context", context]), ...args], input);
}

/** What a program says that failed, without its own name for it. */
export function wordsIn(errors: string): string {
  return errors.trim().replace(/^(error|Error from server( \(\w+\))?|Error): /, "");
}

function run(tool: "REHEARSAL_HELM" | "REHEARSAL_KUBECTL", reach: Reach, args: readonly string[], input?: string): Promise<CommandResult> {
  const folder = process.env.REHEARSAL_CLOUD ?? "";
  // What was learnt of another cluster at the same address would be wrong of this one.
  const env = { ...process.env, KUBECONFIG: kubeconfigFile(reach.config, folder), KUBECACHEDIR: path.join(folder, "kubectl"), HELM_CACHE_HOME: path.join(folder, "helm") };
  return runCommand(toolAt(tool), args, { env, input, signal: reach.cancelled });
}

// Beside what the clouds hold: it goes when they go.
function kubeconfigFile({ kubeconfig }: Properties, folder: string): string {
  const content = typeof kubeconfig === "string" ? kubeconfig : JSON.stringify(kubeconfig ?? {});
  const file = path.join(folder, `kubeconfig-${createHash("sha256").update(content).digest("hex").slice(0, 12)}`);
  if (!fs.existsSync(file)) fs.writeFileSync(file, content, { mode: 0o600 });
  return file;
}
