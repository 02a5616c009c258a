import type { Stage } from "../../rehearsal/stage";

/** @returns the passwords in the state, decrypted. Outputs alone would not show those of the data services. */
export async function generatedPasswords({ runner }: Stage): Promise<string[]> {
  const { text } = await runner.run(["stack", "export", "--show-secrets"]);
  const resources = (JSON.parse(text) as { deployment: { resources: { type: string; outputs?: { result?: { plaintext?: string } } }[] } }).deployment.resources;
  const passwords = resources.flatMap(({ type, outputs }) => {
    const plaintext = outputs?.result?.plaintext;
    return type === "random:index/randomPassword:RandomPassword" && plaintext !== undefined ? [JSON.parse(plaintext) as string] : [];
  });
  if (passwords.length < 5) throw new Error(`only ${passwords.length} generated passwords were found in the state, so the search would prove nothing`);
  return passwords;
}
