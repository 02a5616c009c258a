import type { Cloud, Context, Problem } from "../../provider/behaviour";
import { type Properties, same, text } from "../../provider/properties";
import { sdkFacts } from "../../provider/sdkFacts";
import { apiVersionOf } from "./apiVersion";
import { forms, lastName } from "./arm";
import { behaviours } from "./behaviours";
import { invokes } from "./invokes";
import { nameObject } from "./names";
import { regionName } from "./subscription";

export { behaviours };

/** Regions whose names are of this form; Azure has more than sixty. */
const REGION = /^[a-z]{4,}[a-z0-9]*$/;

/** Settings that make the provider another one's: all it made would have to be made again, elsewhere. */
const REPLACING = ["subscriptionId", "tenantId", "environment"];

/**
 * The simulated Azure: one subscription, any region, nothing in it that the rehearsal did not put there. Every namespace can be
 * used: the provider's client (azcore, its policy for resource providers) registers one that nobody has used yet.
 */
export const cloud: Cloud = {
  name: "azure-native",
  behaviours,
  invokes,
  nameObject,
  prepare,
  commonOutputs,
  checkConfig,
  diffConfig: (olds, news) => {
    const changes = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter((name) => !same(olds[name], news[name]));
    return { changes, replaces: changes.filter((name) => REPLACING.includes(name)) };
  },
};

// The provider gives what has a region its own, where the program gives none.
function prepare(type: string, inputs: Properties, config: Properties): Properties {
  const facts = sdkFacts(type);
  const region = text(config, "location");
  if (inputs.location !== undefined || region === undefined || facts?.inputs.has("location") !== true) return inputs;
  return { ...inputs, location: region };
}

function commonOutputs(inputs: Properties, context: Context): Properties {
  const outputs = sdkFacts(context.type)?.outputs;
  const kind = forms[context.type]?.kind;
  const known: Properties = {
    name: lastName(context.id),
    type: kind,
    azureApiVersion: apiVersionOf(context.type),
    provisioningState: "Succeeded",
    etag: `W/"${context.random.for("etag").uuid()}"`,
    systemData: { createdAt: text(context.previous, "systemData.createdAt") ?? context.timestamp, createdByType: "Application" },
    location: inputs.location === undefined ? undefined : regionName(text(inputs, "location") ?? ""),
  };
  return Object.fromEntries(Object.entries(known).filter(([name, value]) => value !== undefined && outputs?.has(name) === true));
}

function checkConfig(inputs: Properties): readonly Problem[] {
  const region = text(inputs, "location");
  if (region === undefined || REGION.test(regionName(region))) return [];
  return [{ property: "location", reason: `"${region}" is not a region of Azure; one is westeurope.` }];
}
