import type { Behaviour, Problem } from "../../provider/behaviour";
import { object, type Properties, type Value } from "../../provider/properties";
import { sdkFacts } from "../../provider/sdkFacts";

/** https://cloud.google.com/resource-manager/docs/labels-overview#requirements; letters of any script without capitals count. */
const KEY = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u;
const VALUE = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u;
const MOST = 64;

/** Where types have their labels. What is called `labels` and joined with no others is something else: a channel's address. */
const PLACES = ["labels", "resourceLabels", "userLabels", "settings.userLabels"];

function placesOf(type: string): readonly string[] {
  return sdkFacts(type)?.outputs.has("effectiveLabels") === true ? PLACES : PLACES.slice(1);
}

/** What the provider puts on everything unless `addPulumiAttributionLabel` is false. */
const ATTRIBUTION = { "goog-pulumi-provisioned": "true" };

/** What is wrong with labels, as the services refuse them. */
export function labelProblems(labels: Properties, property: string): readonly Problem[] {
  const entries = Object.entries(labels);
  const bad = entries.filter(([key, value]) => !KEY.test(key) || (typeof value === "string" && !VALUE.test(value)));
  const rule = "a label has up to 63 lower-case letters, digits, - and _, and its key begins with a letter";
  return [
    ...bad.map(([key, value]) => ({ property, reason: `the label "${key}": "${written(value)}" is not one the service takes: ${rule}.` })),
    ...(entries.length > MOST ? [{ property, reason: `a resource has up to ${MOST} labels, got ${entries.length}.` }] : []),
  ];
}

function written(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

/** A behaviour that refuses labels as every service does. */
export function withLabels(type: string, behaviour: Behaviour): Behaviour {
  return {
    ...behaviour,
    check: async (inputs, context) => [
      ...placesOf(type).flatMap((place) => labelProblems(object(inputs, place), place)),
      ...((await behaviour.check?.(inputs, context)) ?? []),
    ],
  };
}

/** The provider's labels, then the resource's own. */
export function allLabels(inputs: Properties, config: Properties): Properties {
  const attribution = config.addPulumiAttributionLabel === false ? {} : ATTRIBUTION;
  return { ...attribution, ...object(config, "defaultLabels"), ...object(inputs, "resourceLabels"), ...object(inputs, "labels") };
}
