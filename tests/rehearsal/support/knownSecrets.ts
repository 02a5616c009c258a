import { spawnSync } from "node:child_process";
import { formsOf } from "../../support/graph/secrets";

/** A text that nobody may read in clear, and where it comes from. */
export interface KnownSecret {
  readonly origin: string;
  readonly text: string;
}

/** What somebody could read, and where. */
export interface Readable {
  readonly place: string;
  readonly text: string;
}

interface Exported {
  readonly deployment: { readonly resources?: readonly { readonly urn: string; readonly type: string; readonly id?: string; readonly inputs?: object; readonly outputs?: object }[] };
}

/** Marks a secret in an export, which has its JSON as `plaintext` where secrets are shown. */
const mark = "4dabf18193072939515e22adb298388d";
/** Shorter texts would be found by chance. */
const least = 12;

/** What Google Cloud's provider marks and everybody may know: labels and annotations that a program gave in clear, and certificates of authorities. */
const known = ["pulumiLabels", "effectiveLabels", "effectiveAnnotations", "serverCaCerts"];
/** The name of such a key is no secret, though it stands beside one in a Secret. */
const namedByIdentifier = "gcp:storage/hmacKey:HmacKey";

/** @returns every secret in an export of a stack with its secrets shown, each text once. */
export function secretsIn(text: string): readonly KnownSecret[] {
  const found = new Map<string, string>();
  const { resources = [] } = (JSON.parse(text) as Exported).deployment;
  const names = resources.flatMap(({ type, id }) => (type === namedByIdentifier ? [id?.split("/").at(-1)] : []));
  for (const { urn, inputs, outputs } of resources) {
    for (const secret of [...marked(inputs), ...marked(withoutKnown(outputs))]) {
      for (const leaf of leaves(JSON.parse(secret.plaintext ?? "null"))) if (leaf.length >= least && !found.has(leaf) && !names.includes(leaf)) found.set(leaf, urn);
    }
  }
  return [...found].map(([leaf, urn]) => ({ origin: `a secret of ${urn}`, text: leaf }));
}

/** @returns the paths at which properties of an export, shown or not, hold a secret. */
export function secretPaths(value: unknown, path = ""): readonly string[] {
  if (value === null || typeof value !== "object") return [];
  if (mark in value) return [path];
  return Object.entries(value).flatMap(([name, item]) => secretPaths(item, `${path}.${name}`));
}

/** @returns a line for each file below a folder and each secret that can be read in it, in clear or in a common encoding. */
export function readableInFiles(secrets: readonly KnownSecret[], folder: string): readonly string[] {
  const patterns = secrets.flatMap(({ text }) => formsOf(text)).filter((form) => !form.includes("\n"));
  // By standard input: what is searched for must not be readable in the search.
  const { stdout, status } = spawnSync("grep", ["-rahoF", "--null", "-H", "-f", "-", folder], { input: patterns.join("\n"), encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0 && status !== 1) throw new Error(`grep could not search ${folder}`);
  const lines = stdout.split("\n").filter((line) => line !== "");
  return readableIn(secrets, lines.map((line) => ({ place: line.slice(0, line.indexOf("\0")), text: line.slice(line.indexOf("\0") + 1) })));
}

/** @returns a line for each place and each secret that can be read in it, in clear or in a common encoding. */
export function readableIn(secrets: readonly KnownSecret[], places: readonly Readable[]): readonly string[] {
  const found = secrets.flatMap(({ origin, text }) => {
    const forms = formsOf(text);
    return places.filter((readable) => forms.some((form) => readable.text.includes(form))).map(({ place }) => `${origin} is readable in ${place}`);
  });
  return [...new Set(found)];
}

function withoutKnown(outputs: object = {}): object {
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => !known.includes(name)));
}

function marked(value: unknown): readonly { readonly plaintext?: string }[] {
  if (value === null || typeof value !== "object") return [];
  return mark in value ? [value as { readonly plaintext?: string }] : Object.values(value).flatMap(marked);
}

function leaves(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(leaves) : [];
}
