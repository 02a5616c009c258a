import { wasAutoNamed, withAutoName } from "../../provider/autoName";
import { type AutoName, type Behaviour, CloudError, type Context } from "../../provider/behaviour";
import { autoNameRule, type CheckRequest } from "../../provider/check";
import { type Properties, text } from "../../provider/properties";
import { sdkFacts } from "../../provider/sdkFacts";

/** A hyphen and seven hex digits. */
const SUFFIX = 8;
const DEFAULT_LENGTH = 255;

/**
 * Refuses where the provider does: it never cuts a logical name that is too long for the name it has to make.
 *
 * @throws CloudError naming the type, the name and its limit.
 */
export function refuseLongName(request: CheckRequest, context: Context, behaviour: Behaviour | undefined): void {
  const rule = autoNameRule(sdkFacts(context.type), behaviour);
  if (rule === undefined || request.proposal !== undefined || request.news[rule.property] !== undefined) return;
  if (request.news[`${rule.property}Prefix`] !== undefined || wasAutoNamed(request.olds, rule.property)) return;
  const longest = rule.maxLength ?? DEFAULT_LENGTH;
  if (context.name.length + SUFFIX <= longest) return;
  throw new CloudError("", `could not make instance of '${context.type}': name '${context.name}-' plus 7 random chars is longer than maximum length ${longest}`);
}

/** Inputs with a name where the program gave none, below a prefix that the service wants. */
export function nameBelow(prefix: string, rule: AutoName, request: CheckRequest, context: Context): Properties {
  const inputs = withAutoName(request.news, request.olds, rule, context.name, request.seed, request.proposal);
  const name = text(inputs, rule.property);
  const bare = name !== undefined && wasAutoNamed(inputs, rule.property) && !name.startsWith(prefix);
  return bare ? { ...inputs, [rule.property]: `${prefix}${name}` } : inputs;
}
