import { spawnSync } from "node:child_process";
import type { EngineRunner } from "../engine/runner";

interface Exported {
  readonly deployment: { readonly resources: readonly { readonly type: string; readonly outputs?: { readonly result?: { readonly plaintext?: string } } }[] };
}

/** The generated passwords in the state, decrypted. Outputs alone would not show those of the data services. */
export async function generatedPasswords(runner: EngineRunner): Promise<readonly string[]> {
  const { text } = await runner.run(["stack", "export", "--show-secrets"]);
  return (JSON.parse(text) as Exported).deployment.resources.flatMap(({ type, outputs }) => {
    const plaintext = outputs?.result?.plaintext;
    return type === "random:index/randomPassword:RandomPassword" && plaintext !== undefined ? [JSON.parse(plaintext) as string] : [];
  });
}

/** The files below a folder that hold one of the texts. */
export function filesWith(texts: readonly string[], folder: string): readonly string[] {
  if (texts.length === 0) return [];
  const { stdout, status } = spawnSync("grep", ["-rlF", ...texts.flatMap((text) => ["-e", text]), folder], { encoding: "utf8" });
  if (status !== 0 && status !== 1) throw new Error(`grep could not search ${folder}`);
  return stdout.split("\n").filter((file) => file !== "");
}
