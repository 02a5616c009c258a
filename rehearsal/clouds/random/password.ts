import type { Context, Problem } from "../../provider/behaviour";
import { flag, number, type Properties, text } from "../../provider/properties";
import { bcrypt } from "./bcrypt";
import { charactersOf, shuffled } from "./draw";

const DIGITS = "0123456789";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/** Outputs of RandomPassword: those of {@link stringOutputs} and the bcrypt hash of the result. */
export function passwordOutputs(inputs: Properties, context: Context): Properties {
  const outputs = stringOutputs(inputs, context);
  const kept = text(context.previous, "bcryptHash");
  return { ...outputs, bcryptHash: kept ?? bcrypt(text(outputs, "result") ?? "") };
}

/** Outputs of RandomString: every setting with its default, and a result that keeps to them. */
export function stringOutputs(inputs: Properties, context: Context): Properties {
  const settings = settingsOf(inputs);
  return { ...settings, result: text(context.previous, "result") ?? drawn(settings, text(inputs, "overrideSpecial")) };
}

/** The rules that the provider's own schema enforces. */
export function checkString(inputs: Properties): readonly Problem[] {
  const { length, minLower, minUpper, minNumeric, minSpecial, lower, upper, numeric, special } = settingsOf(inputs);
  const least = minLower + minUpper + minNumeric + minSpecial;
  const problems: Problem[] = [];
  if (inputs.length !== undefined && number(inputs, "length") !== undefined && length < 1) {
    problems.push({ property: "length", reason: `length must be at least 1, is ${length}` });
  }
  if (length >= 1 && least > length) {
    const reason = `length is ${length}, less than minLower + minUpper + minNumeric + minSpecial, which is ${least}`;
    problems.push({ property: "length", reason });
  }
  if (!lower && !upper && !numeric && !special) {
    problems.push({ property: "", reason: "at least one of lower, upper, numeric and special must be true" });
  }
  return problems;
}

interface Settings extends Properties {
  readonly length: number;
  readonly lower: boolean;
  readonly upper: boolean;
  readonly numeric: boolean;
  readonly number: boolean;
  readonly special: boolean;
  readonly minLower: number;
  readonly minUpper: number;
  readonly minNumeric: number;
  readonly minSpecial: number;
}

// `number` is the old name of `numeric`.
function settingsOf(inputs: Properties): Settings {
  const numeric = flag(inputs, "numeric") ?? flag(inputs, "number") ?? true;
  return {
    length: number(inputs, "length") ?? 0,
    lower: flag(inputs, "lower") ?? true,
    upper: flag(inputs, "upper") ?? true,
    numeric,
    number: numeric,
    special: flag(inputs, "special") ?? true,
    minLower: number(inputs, "minLower") ?? 0,
    minUpper: number(inputs, "minUpper") ?? 0,
    minNumeric: number(inputs, "minNumeric") ?? 0,
    minSpecial: number(inputs, "minSpecial") ?? 0,
  };
}

function drawn(settings: Settings, override: string | undefined): string {
  const specials = override === undefined || override === "" ? SPECIAL : override;
  const classes = [
    { alphabet: UPPER, wanted: settings.upper, least: settings.minUpper },
    { alphabet: LOWER, wanted: settings.lower, least: settings.minLower },
    { alphabet: DIGITS, wanted: settings.numeric, least: settings.minNumeric },
    { alphabet: specials, wanted: settings.special, least: settings.minSpecial },
  ];
  const least = classes.flatMap(({ alphabet, least }) => charactersOf(alphabet, least));
  const all = classes.map(({ alphabet, wanted }) => (wanted ? alphabet : "")).join("");
  return shuffled([...least, ...charactersOf(all, settings.length - least.length)]).join("");
}
