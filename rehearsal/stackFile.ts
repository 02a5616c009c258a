import * as fs from "node:fs";
import { isMap, isScalar, parseDocument, type Document, type YAMLMap } from "yaml";
import { statefulResources } from "../components/config/groups/dataLoss";

/** An image that no registry can have, so that it is never taken for a real one. */
const image = `rehearsal.invalid/moodle@sha256:${"0".repeat(64)}`;

/** What a platform is restored from. */
const elsewhere = [
  ["moodle:database", "restoreFrom"],
  ["moodle:files", "restoreFrom"],
  ["moodle:aws", "dataKey"],
];

const dayMilliseconds = 86_400_000;

/** A stack file of ours, to be changed at will. The engine writes it too, so it is read anew every time. */
export class StackFile {
  /** @throws when the file is not YAML, or not that of a stack */
  constructor(private readonly file: string) {
    this.read();
  }

  /** Keys of the file that name something of a real cloud, which no simulated one holds. */
  namedElsewhere(): string[] {
    const document = this.read();
    return elsewhere.filter((path) => document.hasIn(["config", ...path])).map((path) => path.join("."));
  }

  /** The value of a plain text key such as `moodle:cloud`, or of one in a group: `moodle:site`, `hostname`. */
  text(...key: readonly string[]): string | undefined {
    const value = this.read().getIn(["config", ...key]);
    return typeof value === "string" ? value : undefined;
  }

  /** Whether it says anything of a key. */
  has(...key: readonly string[]): boolean {
    return this.read().hasIn(["config", ...key]);
  }

  /** Marks the stack as a rehearsal, and gives it an image where it has none. */
  markAsRehearsal(): void {
    this.change((document) => {
      document.setIn(["config", "moodle:rehearsal"], true);
      if (!document.hasIn(["config", "moodle:application", "image"])) {
        document.setIn(["config", "moodle:application", "image"], image);
      }
    });
  }

  /**
   * Takes the encrypted values out, which only their owner's passphrase opens, and returns the paths of their keys as
   * `pulumi config set --path` takes them. The rehearsal sets made-up ones.
   */
  takeSecrets(): string[] {
    return this.change((document) => {
      for (const key of ["encryptionsalt", "encryptedkey", "secretsprovider"]) document.delete(key);
      const config = document.get("config");
      return isMap(config) ? takeFrom(config, "") : [];
    });
  }

  /** Adds to groups of keys: `{ "moodle:ingress": { timeout: "600 s" } }`. */
  add(groups: Readonly<Record<string, Readonly<Record<string, unknown>>>>): void {
    this.change((document) => {
      for (const [group, values] of Object.entries(groups)) {
        for (const [key, value] of Object.entries(values)) document.setIn(["config", group, key], value);
      }
    });
  }

  /** @returns a copy, without the secrets: they are another stack's. */
  copyTo(file: string): StackFile {
    fs.copyFileSync(this.file, file);
    const copy = new StackFile(file);
    copy.takeSecrets();
    return copy;
  }

  /** Consents to lose everything, until tomorrow: without it a destroy is refused. */
  consentToEverything(): void {
    const until = new Date(Date.now() + dayMilliseconds).toISOString().slice(0, 10);
    const reason = "the rehearsal of a destroy";
    const consents = statefulResources.map((resource) => ({ resource, until, reason }));
    this.change((document) => document.setIn(["config", "moodle:allowDataLoss"], document.createNode(consents)));
  }

  private change<Result>(change: (document: Document) => Result): Result {
    const document = this.read();
    const result = change(document);
    fs.writeFileSync(this.file, document.toString());
    return result;
  }

  private read(): Document {
    const document = parseDocument(fs.readFileSync(this.file, "utf8"));
    const [error] = document.errors;
    if (error) throw new Error(`${this.file}: the stack file is not YAML: ${error.message}`);
    if (!isMap(document.contents) || !isMap(document.get("config") ?? document.contents)) {
      throw new Error(`${this.file}: not a stack file: it needs "config:" with keys such as "moodle:cloud: aws" under it`);
    }
    return document;
  }
}

function takeFrom(map: YAMLMap, path: string): string[] {
  return [...map.items].flatMap((pair) => {
    const name = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
    const inner = path === "" ? name : `${path}[${JSON.stringify(name)}]`;
    if (!isMap(pair.value)) return [];
    if (!pair.value.has("secure")) return takeFrom(pair.value, inner);
    map.delete(pair.key);
    return [inner];
  });
}
