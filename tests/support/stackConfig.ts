import * as fs from "node:fs";
import * as path from "node:path";
import { parseDocument, visit, type Scalar } from "yaml";
import type { RawConfig } from "../../components/config/given";
import { cloudNamed, loadConfig, type CloudKeys, type Loaded } from "../../components/config/load";
import type { Settled } from "../../components/config/settled";
import { awsKeys } from "../../providers/aws/config";
import { azureKeys } from "../../providers/azure/config";
import { existingProvider } from "../../providers/existing";
import { gcpChanges, gcpKeys } from "../../providers/gcp/config";

const repository = path.resolve(__dirname, "../..");

/** The day of all tests of the config. */
export const today = "2026-08-20";

/** What the config needs of the clouds, without loading their SDKs. */
export const cloudKeys: readonly CloudKeys[] = [
  { name: "aws", regionKey: "aws:region", tagsKey: "aws:defaultTags", configKeys: awsKeys },
  { name: "azure", regionKey: "azure-native:location", placeKeys: ["azure-native:subscriptionId"], configKeys: azureKeys },
  { name: "gcp", regionKey: "gcp:region", placeKeys: ["gcp:project"], tagsKey: "gcp:defaultLabels", configKeys: gcpKeys, changes: gcpChanges },
  existingProvider,
];

export const cloudNames: readonly string[] = cloudKeys.map(({ name }) => name);

/** A stack file's keys and values, read from YAML. */
export type StackConfig = Readonly<Record<string, unknown>>;

/** @returns the `config` of a stack file. @throws where it is not YAML. */
export function readStack(file: string): StackConfig {
  const document = parseDocument(fs.readFileSync(path.resolve(repository, file), "utf8"));
  const [error] = document.errors;
  if (error) throw new Error(`${file} is not YAML: ${error.message}`);
  visit(document, { Scalar: (_, node) => void (node.value = isDayWithoutQuotes(node) ? `${String(node.value)} 00:00:00 +0000 UTC` : node.value) });
  return (document.toJS() as { config: StackConfig }).config;
}

/** The stack's config with what a rehearsal adds to it. */
export function rehearsed(config: StackConfig): StackConfig {
  const image = `rehearsal.invalid/moodle@sha256:${"0".repeat(64)}`;
  const application = { image, ...(config["moodle:application"] as object | undefined) };
  return { "moodle:rehearsal": true, ...config, "moodle:application": application };
}

/**
 * The config as the engine hands it to a program: texts, and JSON where the file has a list or a group. The text of
 * `{ secure: … }` stands for the decrypted value, and makes all of its top-level key secret.
 */
export function asEngine(config: StackConfig): RawConfig {
  const values = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, text(decrypted(value))]));
  const secret = new Set(Object.keys(config).filter((key) => secretTexts(config[key]).length > 0));
  return { values, isSecret: (key) => secret.has(key) };
}

/** The texts that stand for decrypted values. */
export function secretTexts(value: unknown): string[] {
  if (isSecure(value)) return [value.secure];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(secretTexts) : [];
}

/**
 * Loads a stack's config by the same steps as the program.
 *
 * @param settled what a live stack holds on to. Default: the stack is new.
 */
export function loadStack(config: StackConfig, settled?: Settled): Loaded<CloudKeys> {
  const raw = asEngine(config);
  return loadConfig(raw, {
    clouds: cloudNames,
    cloud: cloudKeys.find(({ name }) => name === cloudNamed(raw)),
    today,
    settled,
  });
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function decrypted(value: unknown): unknown {
  if (isSecure(value)) return value.secure;
  if (Array.isArray(value)) return value.map(decrypted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, decrypted(item)]));
}

/** The engine makes a point in time of such a day, and keeps it as Go prints one. A day that does not exist stays a text. */
function isDayWithoutQuotes({ type, value }: Scalar): boolean {
  if (type !== "PLAIN" || typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(value);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

function isSecure(value: unknown): value is { secure: string } {
  return value !== null && typeof value === "object" && Object.keys(value).length === 1 && "secure" in value && typeof value.secure === "string";
}
