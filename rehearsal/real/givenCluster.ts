import { obtainKubectl } from "../../cluster/kubectl";
import { runCommand } from "../../toolchain/command";
import { shellWord } from "../../toolchain/shellWords";
import type { Progress } from "../../toolchain/setup/progress.cjs";
import { Interrupted } from "../interruption";
import type { StackFile } from "../stackFile";
import type { RealCluster } from "./cluster";
import { namespaces } from "./namespaces";

/** Secrets of what a stack brings along. A rehearsal has none of the owner's. */
const secretsOfOthers = ["databasePassword", "sessionCachePassword", "applicationCachePassword", "objectStoreAccessKeyId", "objectStoreSecretAccessKey"];

interface Given {
  /** The file that a person gave. */
  readonly kubeconfig: string;
  readonly stackFile: StackFile;
  readonly view: Progress;
  readonly signal: AbortSignal;
  readonly keep: boolean;
}

/**
 * Has a cluster of somebody's used.
 *
 * @throws before anything is made there, where the stack can't be stood up on it or would meet what is there
 */
export async function onGivenCluster<Result>({ kubeconfig: file, stackFile, view, signal, keep }: Given, use: (real: RealCluster) => Promise<Result>): Promise<Result> {
  const problems = problemsOf(stackFile);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const kubectl = await obtainKubectl(view, signal);
  const context = stackFile.text("moodle:existing", "context");
  const printed = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await runCommand(kubectl, ["--kubeconfig", file, ...(context === undefined ? [] : ["--context", context]), ...args], { signal });
    if (code !== 0) throw new Error(`--kubeconfig ${file}: ${stderr.trim()}`);
    return stdout;
  };
  // In one piece: what the engine is given is not where the file's own neighbours are.
  const kubeconfig = await printed("config", "view", "--raw", "--flatten", "--minify", "--output", "json");
  refusePrograms(kubeconfig, file);
  const there = (await printed("get", "namespaces", "--output", "jsonpath={.items[*].metadata.name}")).split(" ");
  const taken = Object.values(namespaces).filter((name) => there.includes(name));
  if (taken.length > 0) throw new Error(`--kubeconfig ${file}: the cluster has ${namespacesText(taken)} already, which the rehearsal would make and take away; name another cluster`);
  try {
    return await use({ title: `the real cluster of ${file}`, kubeconfig, kubectl, standing: keep ? { kubeconfig: file, kubectl } : undefined });
  } catch (error) {
    if (error instanceof Interrupted) {
      const command = `${kubectl} --kubeconfig ${shellWord(file)} delete namespaces ${Object.values(namespaces).join(" ")} --ignore-not-found`;
      view.say(`What was made in the cluster is still there: ${command}`);
    }
    throw error;
  }
}

/** Why the stack can't be stood up on a cluster that pulls its images from elsewhere, each with what to do. */
function problemsOf(stackFile: StackFile): string[] {
  const secrets = secretsOfOthers.filter((key) => stackFile.has(`moodle:${key}`));
  return [
    ...(stackFile.has("moodle:application", "image")
      ? []
      : ["moodle:application.image is missing: a cluster of yours pulls the image from where you published it; name it, by digest, in a stack file of yours, and that by --stack"]),
    ...(secrets.length === 0
      ? []
      : [`${secrets.map((key) => `moodle:${key}`).join(", ")}: a rehearsal does not open your secrets; let the servers be run in the cluster, by a stack file such as tests/stacks/existing-shared.yaml`]),
  ];
}

function refusePrograms(kubeconfig: string, file: string): void {
  const { users } = JSON.parse(kubeconfig) as { users: { name: string; user: { exec?: object; "auth-provider"?: object } }[] | null };
  const asking = (users ?? []).filter(({ user }) => user.exec !== undefined || user["auth-provider"] !== undefined);
  if (asking.length === 0) return;
  throw new Error(`--kubeconfig ${file}: ${asking.map(({ name }) => name).join(", ")} asks a program for credentials, and a rehearsal hands no environment on to one; give a file with a token or a certificate`);
}

const namespacesText = (names: readonly string[]): string => `the namespace${names.length === 1 ? "" : "s"} ${names.join(", ")}`;
