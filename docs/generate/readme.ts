import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parse } from "yaml";
import { ConfigError } from "../../components/config/configError";
import { loadConfig, type CloudKeys } from "../../components/config/load";
import { withMarkedBlock } from "./markedBlock";

const repository = resolve(__dirname, "../..");

/** @returns README.md with the answer to two mistakes as the program gives it. */
export async function readme(clouds: readonly CloudKeys[]): Promise<string> {
  const page = await readFile(resolve(repository, "README.md"), "utf8");
  return withMarkedBlock(page, "mistakes", ["```console", "$ pulumi preview", `error: ${await mistakes(clouds)}`, "```"].join("\n"));
}

async function mistakes(clouds: readonly CloudKeys[]): Promise<string> {
  const file = await readFile(resolve(repository, "Pulumi.production.yaml"), "utf8");
  const { config } = parse(file) as { config: Record<string, unknown> };
  const wrong = {
    ...config,
    "moodle:rehearsal": true,
    "moodle:application": { image: `rehearsal.invalid/moodle@sha256:${"0".repeat(64)}` },
    "moodle:database": { storage: "200GB" },
    "moodle:ingres": { uploadLimit: "1 GiB" },
  };
  const values = Object.fromEntries(Object.entries(wrong).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]));
  try {
    loadConfig({ values, isSecret: () => false }, { clouds: clouds.map(({ name }) => name), cloud: clouds[0], today: "2026-01-01" });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("the stack file with two mistakes was accepted");
}
