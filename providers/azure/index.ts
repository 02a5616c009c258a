import type { CloudProvider } from "../contract";
import { checkPlan } from "./check";
import { azureKeys } from "./config";
import { estimate } from "./estimate";
import { Foundation } from "./foundation";
import { passesOnAzure } from "./transient";

/** Microsoft Azure: AKS, Database for PostgreSQL, Managed Redis, Blob Storage, Azure Files and Premium SSD v2. */
export const azureProvider = {
  name: "azure",
  regionKey: "azure-native:location",
  placeKeys: ["azure-native:subscriptionId"],
  configKeys: azureKeys,
  check: checkPlan,
  estimate,
  passes: passesOnAzure,
  provision: (name, plan, secrets, opts) => new Foundation(name, { plan, secrets }, opts).answers,
  // Loaded when asked: a program that builds has no use for the libraries it needs.
  holdings: (scope) => (require("./holdings") as typeof import("./holdings")).holdings(scope),
} as const satisfies CloudProvider;
