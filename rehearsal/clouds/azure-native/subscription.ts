import type { Properties } from "../../provider/properties";
import { text } from "../../provider/properties";

/** The subscription of every simulated resource where the provider names none, and the tenant it belongs to. */
export const SUBSCRIPTION = "00000000-1111-4222-8333-444444444444";
export const TENANT = "72f988bf-0000-4000-8000-2d7cd011db47";

/** Who the provider is: an application, and its object in the tenant. */
export const CLIENT = "5e1f0000-aaaa-4bbb-8ccc-000000000001";
export const DEPLOYER = "5e1f0000-aaaa-4bbb-8ccc-000000000002";

export function subscriptionOf(config: Properties): string {
  return text(config, "subscriptionId") ?? SUBSCRIPTION;
}

/** Azure takes a region's display name as well: `West Europe` is `westeurope`. */
export function regionName(given: string): string {
  return given.replace(/ /g, "").toLowerCase();
}

/** Regions without zones: https://learn.microsoft.com/en-us/azure/reliability/regions-list */
const WITHOUT_ZONES = ["westus", "northcentralus", "westcentralus", "ukwest", "canadaeast", "australiasoutheast", "australiacentral", "koreasouth", "southindia", "westindia"];

export function hasZones(region: string): boolean {
  return !WITHOUT_ZONES.includes(region);
}
