import * as fs from "node:fs";
import * as path from "node:path";
import { suggestion } from "./suggestion";

const examples = "tests/stacks";

/** The file of a stack that is committed: `production`, or an example such as `azure-block`. */
export function committedStack(name: string, repository: string): string | undefined {
  if (!/^[\w-]+$/.test(name)) return undefined;
  return [`Pulumi.${name}.yaml`, `${examples}/${name}.yaml`].map((file) => path.join(repository, file)).find((file) => fs.existsSync(file));
}

/** The example of a cloud, by default that with its files in an object store. A cloud that has none is one of the problems. */
export function exampleOf(cloud: string, repository: string, problems: string[], mode: "objectfs" | "shared" = "objectfs"): string {
  const [stacks, ending] = [path.join(repository, examples), `-${mode}.yaml`];
  const known = fs.readdirSync(stacks).flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []));
  if (!known.includes(cloud)) problems.push(`--cloud ${cloud}: no such cloud${suggestion(cloud, known) || `; it is one of ${known.join(", ")}`}`);
  return path.join(stacks, `${cloud}${ending}`);
}

/** What the engine calls the stack of a file: it allows these characters in a name, and so many of them. */
export function stackName(file: string): string {
  const name = path.basename(file).replace(/\.ya?ml$/, "").replace(/^Pulumi\./, "");
  return name.replace(/[^\w.-]/g, "-").slice(0, 100) || "rehearsal";
}
