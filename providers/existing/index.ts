import type { CloudProvider } from "../contract";
import { checkPlan } from "./check";
import { broughtIn } from "./brought";
import { existingChanges, existingKeys } from "./config";
import { estimate } from "./estimate";
import { Foundation } from "./foundation";
import { holdings } from "./holdings";

/** A cluster that is there already: k3s, kind, on-premises. Services are brought along, or run in it for development. */
export const existingProvider = {
  name: "existing",
  configKeys: existingKeys,
  changes: existingChanges,
  brings: broughtIn,
  broughtSecrets: [
    "kubeconfig",
    "databasePassword",
    "sessionCachePassword",
    "applicationCachePassword",
    "objectStoreAccessKeyId",
    "objectStoreSecretAccessKey",
  ],
  check: checkPlan,
  estimate,
  // Nothing but the cluster is asked, and what passes there is known to whoever asks it.
  passes: () => false,
  provision: (name, plan, secrets, opts, brought = {}) => new Foundation(name, { plan, secrets, brought }, opts).answers,
  holdings,
} as const satisfies CloudProvider;
