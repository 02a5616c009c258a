import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { type Change, type Difference } from "./differences";
import { merged, type Scenario, scenarioValues, type Values } from "./rendering";

const folder = path.join(__dirname, "values");

/** What one value does, by its row in `values/`. */
export interface Row extends Outcome {
  /** Where it is tried. Default: the scenario that sets everything. */
  readonly in?: Scenario;
  /** What else must be set there. */
  readonly with?: Values;
  /** What cannot be set there without it. */
  readonly together?: Values;
  /** What it is set to. */
  readonly given: unknown;
  /** What comes of 0, an empty text, list or map, or false. Where the schema refuses that, or it is what was given, there is no such row. */
  readonly zero?: Outcome;
  /** What comes of leaving it out, or of null: only for values without a default that may be left out. */
  readonly absent?: Outcome;
}

/** Changes of the rendered objects, components whose pods are replaced, or the words of a refusal. */
export interface Outcome {
  readonly changes?: Readonly<Record<string, Change>>;
  readonly rolls?: readonly string[];
  readonly refused?: string;
}

/** Every row, by its key; in files named like the top of the key. */
export function rows(): Map<string, Row> {
  const files = fs.readdirSync(folder);
  if (files.length === 0) throw new Error(`${folder} is empty`);
  return new Map(files.sort().flatMap((file) => Object.entries(parse(fs.readFileSync(path.join(folder, file), "utf8")) as Record<string, Row>)));
}

/** The file in which a key's row has to be. */
export function fileOf(key: string): string {
  return `tests/charts/values/${key.replace(/[.[].*$/, "")}.yaml`;
}

/** What was found, in the shape of a row. */
export function outcomeOf({ changes, rolls }: Difference): Outcome {
  return { ...(Object.keys(changes).length > 0 && { changes }), ...(rolls.length > 0 && { rolls }) };
}

/** Changes of a scenario that set one key, in the first item that has it where it is one of a list's. */
export function setting(row: Row, key: string, value: unknown): Values {
  const base = merged(row.with ?? {}, row.together ?? {});
  const given = merged(scenarioValues(row.in ?? "everything"), base);
  return merged(base, nested(key.split("."), given, value) as Values);
}

/** Values that set one key in an item of a list, or one that no list holds, where `current` is what there is. */
function nested([step, ...rest]: string[], current: unknown, value: unknown): unknown {
  if (step === undefined) return value;
  const name = step.replace("[]", "");
  const inner = (current as Record<string, unknown> | undefined)?.[name];
  if (!step.endsWith("[]")) return { [name]: nested(rest, inner, value) };
  const items = inner as Values[];
  const index = Math.max(0, items.findIndex((item) => (rest[0] ?? "") in item));
  return { [name]: items.map((item, at) => (at === index ? withKey(item, rest[0] ?? "", value) : item)) };
}

function withKey(item: Values, key: string, value: unknown): Values {
  const { [key]: _replaced, ...others } = item;
  return value === null ? others : { ...others, [key]: value };
}
