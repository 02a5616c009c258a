import { expect } from "chai";
import { stringify } from "yaml";
import { type ChartKey, chartKeys, readChartSchema } from "../../docs/generate/chartSchema";
import { differences } from "./differences";
import { defaultValues, isMap, merged, refusal, renderValues, scenarioValues, tryRender, type Values } from "./rendering";
import { fileOf, type Outcome, outcomeOf, type Row, rows, setting } from "./rows";

/** Renderings that run beside each other. */
const atOnce = 2;

const table = rows();

describe("every value of the chart", function () {
  // Some hundred renderings a test.
  this.timeout(600_000);
  let keys: ChartKey[];
  before(async () => void (keys = chartKeys(await readChartSchema()).filter((key) => key.path !== "global")));

  it("has a row that says what it does, and every row is of a value that exists", () => {
    const known = keys.map((key) => key.path);

    expect(known.length).to.be.greaterThan(150);
    expect(known.filter((key) => !table.has(key)).map((key) => `${key} has no row in ${fileOf(key)}`)).to.deep.equal([]);
    expect([...table.keys()].filter((key) => !known.includes(key)), "rows of values that the schema does not know").to.deep.equal([]);
  });

  it("does what its row says", async () => {
    expect(await wrong(keys, (_, row) => ({ value: row.given, expected: row }))).to.equal("");
  });

  it("does what its row says when it is zero, empty or false, or is refused with the schema's words", async () => {
    const complaints = await refusedAtZero(keys);
    const refused = keys.filter(({ path }) => complaints.some((line) => place(path).test(line)));
    const open = keys.filter((key) => !refused.includes(key) && !isZero(table.get(key.path)?.given));
    const lines = (key: ChartKey) => complaints.filter((line) => place(key.path).test(line));
    const said = (key: ChartKey) => table.get(key.path)?.zero?.refused ?? "nothing";

    expect(refused.length).to.be.greaterThan(50);
    expect(refused.filter((key) => !lines(key).some((line) => line.includes(said(key)))).map((key) => `${key.path}: its row says ${said(key)} of zero, Helm says ${lines(key).join(" ")}`)).to.deep.equal([]);
    expect(open.filter(({ path }) => table.get(path)?.zero === undefined).map(({ path }) => `${path}: its row does not say what its zero does`)).to.deep.equal([]);
    expect(await wrong(open, (key, { zero }) => (zero === undefined ? undefined : { value: zeroOf(key), expected: zero }))).to.equal("");
  });

  it("does what its row says when it is absent, where it may be; null is refused there, or means the same", async () => {
    const open = keys.filter((key) => key.default === undefined && !key.required);
    const typed = open.filter(({ path, schema }) => !path.includes("[]") && ![schema.type].flat().includes("null"));
    const { text } = await renderValues(overlaid(scenarioValues("everything"), nullsAt(typed)) as Values);

    expect(open.length).to.be.greaterThan(10);
    expect(typed.filter(({ path }) => !new RegExp(`${place(path).source}: got null, want `).test(text)).map(({ path }) => path)).to.deep.equal([]);
    expect(open.filter(({ path }) => table.get(path)?.absent === undefined).map(({ path }) => `${path}: may be absent, and its row does not say what that does`)).to.deep.equal([]);
    expect(await wrong(open, (_, { absent }) => (absent === undefined ? undefined : { value: null, expected: absent }))).to.equal("");
  });

  it("has its default where it is absent", async () => {
    const explicit = await tryRender("minimal", merged(defaultValues(), scenarioValues("minimal")));

    expect(explicit.text).to.equal((await tryRender("minimal")).text);
  });

  it("keeps what it needs: null takes no default away, and is refused by name", async () => {
    const needed = keys.filter((key) => key.required && key.within === undefined);
    const { text } = await renderValues(overlaid(scenarioValues("minimal"), nullsAt(needed)) as Values);
    const missing = [...text.matchAll(/at '(.*)': missing propert(?:y|ies) (.*)$/gm)].flatMap(([, above = "", names = ""]) =>
      [...names.matchAll(/'([^']+)'/g)].map(([, name = ""]) => `${above}/${name}`.slice(1).replaceAll("/", ".")),
    );

    expect(needed.length).to.be.greaterThan(100);
    const refused = ({ path }: ChartKey) => missing.includes(path) || new RegExp(`${place(path).source}: got null, want `).test(text);
    expect(needed.filter((key) => !refused(key)).map(({ path }) => path)).to.deep.equal([]);
  });

  it("prints whole numbers, however large", async () => {
    const numbers = keys.filter(({ schema }) => [schema.type].flat().includes("integer"));
    // A container's memory has to hold what is shared in it.
    const large = ({ path, schema }: ChartKey) => schema.maximum ?? (path.endsWith(".memoryMiB") ? 9_000_000 : 2_000_000);
    const { text } = await tryRender("everything", numbers.reduce<Values>((all, key) => setting({ ...nothing, with: all }, key.path, large(key)), {}));

    expect(numbers.length).to.be.greaterThan(40);
    expect(text.match(/^.*\b[29]000000.*$/gm)).to.have.length.greaterThan(20);
    expect(text.match(/^.*\de\+\d.*$/gm)).to.equal(null);
  });
});

/** A row that says nothing. */
const nothing: Row = { given: null };

/** One value to try, and what must come of it. */
interface Trial {
  readonly value: unknown;
  readonly expected: Outcome;
}

/** @returns what came of each trial that did not come to what its row says, in the shape of the row */
async function wrong(keys: readonly ChartKey[], trialOf: (key: ChartKey, row: Row) => Trial | undefined): Promise<string> {
  const trials = keys.flatMap((key) => {
    const row = table.get(key.path);
    const trial = row && trialOf(key, row);
    return row === undefined || trial === undefined ? [] : [{ key: key.path, row, ...trial }];
  });
  const found: string[] = [];
  for (let index = 0; index < trials.length; index += atOnce) {
    found.push(...(await Promise.all(trials.slice(index, index + atOnce).map((one) => complaintOf(one.key, one.row, one)))));
  }
  return found.filter((one) => one !== "").join("\n");
}

async function complaintOf(key: string, row: Row, { value, expected: { changes, rolls, refused } }: Trial): Promise<string> {
  const scenario = row.in ?? "everything";
  const where = `${key} = ${JSON.stringify(value)} in ${scenario}`;
  const [before, after] = await Promise.all([tryRender(scenario, row.with ?? {}), tryRender(scenario, setting(row, key, value))]);
  if (!before.succeeded) return `${where}: does not render before: ${before.text}`;
  if (refused !== undefined) return !after.succeeded && after.text.includes(refused) ? "" : `${where} is not refused with "${refused}": ${after.succeeded ? "accepted" : after.text}`;
  if (!after.succeeded) return `${where} is refused: ${after.text}`;
  const [expected, found] = [{ ...(changes && { changes }), ...(rolls && { rolls }) }, outcomeOf(differences(before.text, after.text))].map((one) => stringify(one));
  return expected === found ? "" : `${where}, by its row:\n${expected}found:\n${found}`;
}

/** What the schema says against values at zero, all at once and line by line; those in items of a list need the list. */
async function refusedAtZero(keys: readonly ChartKey[]): Promise<string[]> {
  const inLists = (key: ChartKey) => key.path.includes("[]");
  const complaints = [keys.filter(inLists), keys.filter((key) => !inLists(key))].map((some) => {
    const changes = some.reduce<Values>((all, key) => setting({ ...nothing, with: all }, key.path, zeroOf(key)), {});
    return refusal("everything", changes);
  });
  return (await Promise.all(complaints)).flatMap((complaint) => complaint.split("\n")).filter((line) => !line.endsWith("validation failed"));
}

function nullsAt(keys: readonly ChartKey[]): Values {
  return keys.reduce<Values>((all, { path }) => merged(all, setting(nothing, path, null)), {});
}

/** Values with others over them as Helm lays them: null stays, and says that there shall be nothing. */
function overlaid(values: unknown, over: unknown): unknown {
  if (!isMap(values) || !isMap(over)) return over;
  return { ...values, ...Object.fromEntries(Object.entries(over).map(([key, value]) => [key, overlaid(values[key], value)])) };
}

/** How Helm names the value in a complaint. */
function place(key: string): RegExp {
  return new RegExp(`at '/${key.replaceAll("[]", "/\\d+").replaceAll(".", "/")}'`);
}

function zeroOf({ schema }: ChartKey): unknown {
  switch ([schema.type].flat()[0]) {
    case "integer":
      return 0;
    case "boolean":
      return false;
    case "array":
      return [];
    case "object":
      return {};
    default:
      return "";
  }
}

function isZero(value: unknown): boolean {
  return ["0", "false", "[]", "{}", '""'].includes(JSON.stringify(value));
}
