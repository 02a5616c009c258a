import type { Properties, Value } from "./properties";
import type { SeededRandom } from "./random";
import type { OutputFact, TypeFacts } from "./sdkFacts";

/**
 * A value for every output the SDK promises and the inputs do not give: recognisable by form (an id, an address, a moment),
 * and the same for the same object.
 */
export function plausibleOutputs(
  facts: TypeFacts,
  inputs: Properties,
  random: SeededRandom,
  timestamp: string,
): Properties {
  const missing = [...facts.outputs].filter(([name, fact]) => !fact.optional && inputs[name] === undefined);
  return Object.fromEntries(missing.map(([name, fact]) => [name, plausible(name, fact, random.for(name), timestamp)]));
}

function plausible(name: string, fact: OutputFact, random: SeededRandom, timestamp: string): Value {
  switch (fact.kind) {
    case "boolean":
      return false;
    case "number":
      return 0;
    case "list":
      return [];
    case "map":
    case "any":
      return {};
    case "string":
      return plausibleText(name, random, timestamp);
  }
}

function plausibleText(name: string, random: SeededRandom, timestamp: string): string {
  if (/(At|Date|Time|Timestamp)$/.test(name)) return timestamp;
  if (/(^status|^state|Status|State)$/.test(name)) return "available";
  if (/(^arn|Arn)$/.test(name)) return `arn:simulated:${random.hex(17)}`;
  if (/(^url|Url|Uri)$/.test(name)) return `https://${random.hex(12)}.simulated.invalid`;
  if (/(endpoint|hostname|dnsName|address|fqdn)$/i.test(name)) return `${random.hex(12)}.simulated.invalid`;
  return random.hex(12);
}
