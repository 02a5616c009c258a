import type { CloudProvider } from "../contract";
import { checkPlan } from "./check";
import { gcpChanges, gcpKeys } from "./config";
import { estimate } from "./estimate";
import { Foundation } from "./foundation";
import { projectKey } from "./project";
import { passesOnGcp } from "./transient";

/** Google Cloud: GKE Autopilot, Cloud SQL, Memorystore, Cloud Storage, Filestore and Hyperdisk. */
export const gcpProvider = {
  name: "gcp",
  regionKey: "gcp:region",
  placeKeys: [projectKey],
  tagsKey: "gcp:defaultLabels",
  configKeys: gcpKeys,
  changes: gcpChanges,
  check: checkPlan,
  estimate,
  passes: passesOnGcp,
  provision: (name, plan, secrets, opts) => new Foundation(name, { plan, secrets }, opts).answers,
  // Loaded when asked: a program that builds has no use for the library it needs.
  holdings: (scope) => (require("./holdings") as typeof import("./holdings")).holdings(scope),
} as const satisfies CloudProvider;
