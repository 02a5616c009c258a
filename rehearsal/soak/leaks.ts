import { spawnSync } from "node:child_process";
import type { EngineRunner } from "../engine/runner";

const fewest = 5;

interface Exported {
  readonly deployment: { readonly resources: readonly { readonly type: string; readonly outputs?: { readonly result?: { readonly plaintext?: string } } }[] };
}

/**
 * The generated passwords in the state, decrypted. Outputs alone would not show those of the data services.
 *
 * @throws when there are so few that a search for them would prove nothing
 */
export async function generatedPasswords(runner: EngineRunner): Promise<readonly string[]> {
  const { text } = await runner.run(["stack", "export", "--show-secrets"]);
  const passwords = (JSON.parse(text) as Exported).deployment.resources.flatMap(({ type, outputs }) => {
    const plaintext = outputs?.result?.plaintext;
    return type === "random:index/randomPassword:RandomPassword" && plaintext !== undefined ? [JSON.parse(plaintext) as string] : [];
  });
  if (passwords.length < fewest) throw new Error(`only ${passwords.length} generated passwords were found in the state, so the search would prove nothing`);
  return passwords;
}

/** The files below a folder that hold one of the texts. */
export function filesWith(texts: readonly string[], folder: string): readonly string[] {
  const { stdout, status } = spawnSync("grep", ["-rlF", ...texts.flatMap((text) => ["-e", text]), folder], { encoding: "utf8" });
  if (status !== 0 && status !== 1) throw new Error(`grep could not search ${folder}`);
  return stdout.split("\n").filter((file) => file !== "");
}
