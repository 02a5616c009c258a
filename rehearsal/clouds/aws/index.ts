import type { Cloud, Context, Problem } from "../../provider/behaviour";
import { object, type Properties, same, text } from "../../provider/properties";
import { sdkFacts, type TypeFacts } from "../../provider/sdkFacts";
import { nameBelow, refuseLongName } from "./autoNames";
import { behaviours } from "./behaviours";
import { invokes } from "./invokes";
import { ALIAS_NAME } from "./kms";
import { isRegion, regionOf } from "./region";
import * as tokens from "./tokens";

export { behaviours };

/** The simulated AWS: one account, any region, nothing in it that the rehearsal did not put there. */
export const cloud: Cloud = {
  name: "aws",
  behaviours,
  invokes,
  nameObject: (request, context) => {
    refuseLongName(request, context, behaviours[context.type]);
    return context.type === tokens.KMS_ALIAS ? nameBelow("alias/", ALIAS_NAME, request, context) : undefined;
  },
  commonOutputs,
  repeats: { tags: "tagsAll" },
  checkConfig,
  diffConfig: (olds, news) => {
    const changes = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter((name) => !same(olds[name], news[name]));
    return { changes, replaces: changes.filter((name) => name === "region") };
  },
};

function commonOutputs(inputs: Properties, context: Context): Properties {
  const facts = sdkFacts(context.type);
  const tags = { ...object(context.config, "defaultTags.tags"), ...object(inputs, "tags") };
  return {
    ...notChosen(facts),
    ...(facts?.outputs.has("region") === true ? { region: regionOf(inputs, context) } : {}),
    ...(facts?.outputs.has("tagsAll") === true ? { tagsAll: tags } : {}),
  };
}

// What may be given and was not is empty, where its behaviour does not say what AWS chooses.
function notChosen(facts: TypeFacts | undefined): Properties {
  const given = [...(facts?.outputs ?? [])].filter(([name, { kind, optional }]) => !optional && kind === "string" && facts?.inputs.has(name) === true);
  return Object.fromEntries(given.map(([name]) => [name, ""]));
}

function checkConfig(inputs: Properties): readonly Problem[] {
  if (inputs.region === undefined) {
    return [{ property: "region", reason: 'no region is configured; set it with "pulumi config set aws:region eu-central-1".' }];
  }
  const region = text(inputs, "region");
  if (region === undefined || isRegion(region)) return [];
  return [{ property: "region", reason: `"${region}" is not a region of AWS; one is eu-central-1.` }];
}
