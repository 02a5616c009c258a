import type { Context } from "../../provider/behaviour";
import { type Properties, text } from "../../provider/properties";
import { refused } from "./refusals";

type Place = Pick<Context, "config">;

/** The number of every simulated project. */
export const PROJECT_NUMBER = "123456789012";

/** Zone letters of the regions that have others than a, b, c. https://cloud.google.com/compute/docs/regions-zones */
const ZONES: Readonly<Record<string, readonly string[]>> = {
  "europe-west1": ["b", "c", "d"],
  "us-central1": ["a", "b", "c", "f"],
  "us-east1": ["b", "c", "d"],
};

const REGION = /^(africa|asia|australia|europe|me|northamerica|southamerica|us)-(north|south|east|west|central|northeast|northwest|southeast|southwest)\d{1,2}$/;

export function isRegion(name: string): boolean {
  return REGION.test(name);
}

/** The project a resource is in: its own `project`, else the provider's. */
export function projectOf(inputs: Properties, context: Place): string {
  return text(inputs, "project") ?? text(context.config, "project") ?? missing("project");
}

/** The region a resource is in: its own `region`, else the provider's. */
export function regionOf(inputs: Properties, context: Place): string {
  return lastPart(text(inputs, "region") ?? text(context.config, "region") ?? missing("region"));
}

/** The zone a resource is in: its own `zone`, else the provider's. */
export function zoneOf(inputs: Properties, context: Place): string {
  return lastPart(text(inputs, "zone") ?? text(context.config, "zone") ?? missing("zone"));
}

/** A region, a zone or a multi-region: where the service takes any of them, the provider's zone or region is the default. */
export function locationOf(inputs: Properties, context: Place): string {
  return text(inputs, "location") ?? text(context.config, "zone") ?? text(context.config, "region") ?? missing("location");
}

/** Names of a region's zones, `europe-west3-a` first. */
export function zonesOf(region: string): readonly string[] {
  return (ZONES[region] ?? ["a", "b", "c"]).map((letter) => `${region}-${letter}`);
}

/** The region of a zone; a region is its own. */
export function regionAround(location: string): string {
  return location.replace(/-[a-z]$/, "");
}

/** Where Compute Engine's interface has what an id names. */
export function selfLink(id: string): string {
  return `https://www.googleapis.com/compute/v1/${id}`;
}

/** The name at the end of a path, an id or a link. */
export function lastPart(reference: string): string {
  return reference.split("/").at(-1) ?? "";
}

function missing(what: string): never {
  throw refused(`${what}: required field is not set`);
}
