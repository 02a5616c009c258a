import type { Cloud, Context, Problem } from "../../provider/behaviour";
import { object, type Properties, same, text } from "../../provider/properties";
import { sdkFacts, type TypeFacts } from "../../provider/sdkFacts";
import { behaviours } from "./behaviours";
import { invokes } from "./invokes";
import { allLabels, labelProblems } from "./labels";
import { isRegion } from "./place";
import { refuseDisabled } from "./serviceUsage";

export { behaviours };

/** The simulated Google Cloud: any project, each with nothing in it that the rehearsal did not put there. */
export const cloud: Cloud = {
  name: "gcp",
  behaviours,
  invokes,
  connect: async (_operation, context) => {
    refuseDisabled(context);
    return undefined;
  },
  commonOutputs,
  checkConfig,
  diffConfig: (olds, news) => {
    const changes = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter((name) => name !== "version" && !same(olds[name], news[name]));
    return { changes, replaces: changes.filter((name) => name === "project") };
  },
};

/** What a resource can say of its place, and the provider's configuration says where it does not. */
const PLACES = ["project", "region", "zone"];

// What is given stays in the form it has: to the provider a name, an id and a link of one thing are the same, and so are capitals.
function commonOutputs(inputs: Properties, context: Context): Properties {
  const facts = sdkFacts(context.type);
  const has = (output: string): boolean => facts?.outputs.has(output) === true;
  const labels = allLabels(inputs, context.config);
  const places = PLACES.filter((place) => has(place) && !isRequired(facts, place));
  return {
    ...notChosen(facts),
    ...Object.fromEntries(places.map((place) => [place, text(inputs, place) ?? text(context.config, place) ?? ""])),
    ...(has("deletionPolicy") ? { deletionPolicy: "DELETE" } : {}),
    ...(has("effectiveLabels") ? { effectiveLabels: labels, pulumiLabels: labels } : {}),
  };
}

function isRequired(facts: TypeFacts | undefined, name: string): boolean {
  return facts?.required.includes(name) === true || facts?.outputOnly.includes(name) === true;
}

// What may be given and was not is empty, where its behaviour does not say what Google chooses.
function notChosen(facts: TypeFacts | undefined): Properties {
  const given = [...(facts?.outputs ?? [])].filter(([name, { kind, optional }]) => !optional && kind === "string" && facts?.inputs.has(name) === true);
  return Object.fromEntries(given.map(([name]) => [name, ""]));
}

function checkConfig(inputs: Properties): readonly Problem[] {
  const region = text(inputs, "region");
  const unknown = region !== undefined && !isRegion(region);
  return [
    ...(unknown ? [{ property: "region", reason: `"${region}" is not a region of Google Cloud; one is europe-west3.` }] : []),
    ...labelProblems(object(inputs, "defaultLabels"), "defaultLabels"),
  ];
}
