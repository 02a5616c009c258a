import { runCommand } from "../toolchain/command";

/** The registry that a stack owns, from its outputs. @throws when the stack has none */
export async function registryOf(stack: string, folder: string): Promise<string> {
  const environment = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const args = ["stack", "output", "registry", "--stack", stack, "--non-interactive"];
  const { code, stdout, stderr } = await runCommand("pulumi", args, { cwd: folder, env: environment }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT" ? new Error("There is no pulumi on the PATH, which knows the stack's registry; --to names one without it.") : error;
  });
  if (code !== 0) throw new Error(`The stack ${stack} names no registry: ${stderr.trim()}`);
  return stdout.trim();
}
