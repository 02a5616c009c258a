import type { Result } from "./operations";
import { secretOutputs, withoutDefaults } from "./operations";
import { at, isList, isObject, type Properties, UNKNOWN, type Value } from "./properties";
import type { Session } from "./session";
import { type Received, union } from "./wire";

/** What a creation will answer, as far as it can be told: the inputs, and everything the cloud decides as unknown. */
export function previewCreate(session: Session, type: string, news: Received): Result {
  const facts = session.factsOf(type);
  const inputs = withoutDefaults(news.value);
  const decided = [...(facts?.outputs ?? [])].filter(([name, fact]) => !fact.optional && inputs[name] === undefined);
  const plain = { ...Object.fromEntries(decided.map(([name]) => [name, UNKNOWN])), ...inputs };
  const outputs = filledIn(plain, session.behaviourOf(type)?.decides ?? [], () => UNKNOWN);
  return { id: "", outputs, secrets: secretOutputs(session, type, news.secrets) };
}

/** What an update in place will answer: the new inputs over what the object has now. */
export function previewUpdate(session: Session, type: string, id: string, olds: Received, news: Received): Result {
  const secrets = union(olds.secrets, secretOutputs(session, type, news.secrets));
  const plain = { ...olds.value, ...withoutDefaults(news.value) };
  return { id, outputs: filledIn(plain, session.behaviourOf(type)?.decides ?? [], (path) => at(olds.value, path)), secrets };
}

// Only where the object around a path is there and the program does not give the value itself.
function filledIn(properties: Properties, paths: readonly string[], value: (path: string) => Value | undefined): Properties {
  return paths.reduce((filled, path) => withValue(filled, path.split("."), value(path)), properties);
}

function withValue(properties: Properties, [step = "", ...rest]: readonly string[], value: Value | undefined): Properties {
  const [name = "", place] = step.split(/[[\]]/);
  const inner = properties[name];
  if (rest.length === 0) return inner === undefined ? { ...properties, [name]: value } : properties;
  const within = (each: Value | undefined): Value | undefined => (isObject(each) ? withValue(each, rest, value) : each);
  if (!isList(inner)) return { ...properties, [name]: within(inner) };
  return { ...properties, [name]: inner.map((each, index) => (String(index) === place ? (within(each) ?? each) : each)) };
}
