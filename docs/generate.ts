import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { cloudNames, cloudProvider } from "../providers/registry";
import { chartReadme } from "./generate/chartReadme";
import { chartValuesType } from "./generate/chartValues";
import { configSchema } from "./generate/configSchema";
import { configurationPage } from "./generate/configurationPage";
import { forceNewPage } from "./generate/forceNewPage";
import { imageContract } from "./generate/imageContract";
import { imageReadme } from "./generate/imageReadme";
import { readme } from "./generate/readme";

const repository = resolve(__dirname, "..");

/** A file of the repository that is made from declarations elsewhere. */
export interface GeneratedFile {
  /** From the repository's folder. */
  readonly path: string;
  /** @returns the whole text, also of a page of which only a part is generated. */
  readonly text: () => Promise<string>;
}

/** Every generated file. */
export const generatedFiles: readonly GeneratedFile[] = [
  { path: "docs/configuration.md", text: () => configurationPage(clouds()) },
  { path: "docs/force-new.md", text: () => Promise.resolve(forceNewPage()) },
  { path: "config.schema.json", text: async () => configSchema(clouds()) },
  { path: "components/moodle/values.ts", text: chartValuesType },
  { path: "charts/moodle/README.md", text: chartReadme },
  { path: "images/moodle/README.md", text: imageReadme },
  { path: "images/moodle/rootfs/opt/moodle/lib/generated/contract.php", text: () => Promise.resolve(imageContract()) },
  { path: "README.md", text: () => readme(clouds()) },
];

function clouds() {
  return cloudNames.flatMap((name) => cloudProvider(name) ?? []);
}

/** @returns whether the file holds what would be generated. */
export async function isCurrent({ path, text }: GeneratedFile): Promise<boolean> {
  const kept = await readFile(resolve(repository, path), "utf8").catch(() => undefined);
  return kept === (await text());
}

/** `npm run docs`: writes what lags. With `--check` it writes nothing and fails where something does. */
async function main(args: readonly string[]): Promise<void> {
  const unknown = args.filter((argument) => argument !== "--check");
  if (unknown.length > 0) throw new Error(`${unknown.join(" ")} was given; allowed is --check`);
  const check = args.includes("--check");
  for (const file of generatedFiles) {
    if (await isCurrent(file)) continue;
    if (check) process.exitCode = 1;
    else await writeFile(resolve(repository, file.path), await file.text());
    process.stdout.write(check ? `${file.path} lags behind its source: npm run docs\n` : `wrote ${file.path}\n`);
  }
  if (process.exitCode !== 1) process.stdout.write(`${generatedFiles.length} generated files are current\n`);
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
