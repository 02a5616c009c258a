import * as fs from "node:fs";
import * as path from "node:path";

import type { CloudObject, CloudObjects } from "./behaviour";
import { withFileLock } from "./fileLock";
import { at, same, type Value } from "./properties";

/** Objects by type and id; ids alone are not unique in a cloud (a role and its profile may share a name). */
type Objects = Map<string, CloudObject>;

/**
 * What a simulated cloud holds, apart from Pulumi's state: `<cloud folder>/<provider>.json`, `{ "objects": { "<type> <id>":
 * {…} } }`. Several processes of one provider (a default and an explicit one) may use it at once.
 */
export class Store {
  private readonly file: string;
  private cached: { readonly version: string; readonly objects: Objects } | undefined;

  constructor(
    private readonly folder: string,
    provider: string,
  ) {
    this.file = path.join(folder, `${provider}.json`);
  }

  /** The objects now. Callers must not change them. */
  read(): ReadonlyMap<string, CloudObject> {
    const version = fileVersion(this.file);
    if (this.cached?.version !== version) this.cached = { version, objects: load(this.file) };
    return this.cached.objects;
  }

  /** Looks and changes in one step. `change` may throw to leave everything as it was. */
  update<T>(change: (objects: Objects) => T): T {
    fs.mkdirSync(this.folder, { recursive: true });
    return withFileLock(`${this.file}.lock`, () => {
      const objects = new Map(this.read());
      const result = change(objects);
      save(this.file, objects);
      this.cached = { version: fileVersion(this.file), objects };
      return result;
    });
  }

  put(object: CloudObject): void {
    this.update((objects) => objects.set(keyOf(object.type, object.id), object));
  }

  get(type: string, id: string): CloudObject | undefined {
    return this.read().get(keyOf(type, id));
  }
}

/** The key of an object in a store. */
export function keyOf(type: string, id: string): string {
  return `${type} ${id}`;
}

/** The stores of a provider in a cloud folder: `aws.json`, or one for each cluster, `kubernetes@<host>.json`. */
export function storesOf(folder: string, provider: string): readonly Store[] {
  return storeNames(folder)
    .filter((name) => name === provider || name.startsWith(`${provider}@`))
    .map((name) => new Store(folder, name));
}

/** The names of all stores in a cloud folder. */
export function storeNames(folder: string): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder).filter((name) => name.endsWith(".json") && name !== "faults.json");
  return names.map((name) => name.slice(0, -".json".length)).sort();
}

/** Look-ups over stores. */
export function lookUp(stores: readonly Store[]): CloudObjects {
  const all = (): readonly CloudObject[] => stores.flatMap((store) => [...store.read().values()]);
  const ofType = (type: string): readonly CloudObject[] => all().filter((object) => object.type === type);
  return {
    all,
    ofType,
    byId: (id) => all().find((object) => object.id === id),
    where: (type: string, property: string, value: Value) =>
      ofType(type).filter((object) => same(at(object.outputs, property), value)),
    byArn: (arn) => all().find((object) => object.outputs.arn === arn),
  };
}

function load(file: string): Objects {
  const text = readIfThere(file);
  if (text === undefined) return new Map();
  const { objects } = JSON.parse(text) as { objects: Record<string, CloudObject> };
  return new Map(Object.entries(objects));
}

// Written beside and renamed: a reader, or a process that dies here, never meets half a file.
function save(file: string, objects: Objects): void {
  const partial = `${file}.${process.pid}.partial`;
  fs.writeFileSync(partial, `${JSON.stringify({ objects: Object.fromEntries(objects) }, null, 1)}\n`, { mode: 0o600 });
  fs.renameSync(partial, file);
}

function fileVersion(file: string): string {
  const stat = fs.statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? "none" : `${stat.ino} ${stat.mtimeNs} ${stat.size}`;
}

function readIfThere(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
}
