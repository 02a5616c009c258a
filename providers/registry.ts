import type { CloudProvider } from "./contract";

/** Only the chosen cloud's SDK is loaded: each adapter is required when it is asked for. */
const adapters: Readonly<Record<string, () => CloudProvider>> = {
  aws: () => (require("./aws") as typeof import("./aws")).awsProvider,
  azure: () => (require("./azure") as typeof import("./azure")).azureProvider,
  gcp: () => (require("./gcp") as typeof import("./gcp")).gcpProvider,
  existing: () => (require("./existing") as typeof import("./existing")).existingProvider,
};

/** What `moodle:cloud` may be. */
export const cloudNames: readonly string[] = Object.keys(adapters);

/** @returns the adapter, or undefined where the name is none; the config says so with all its other problems. */
export function cloudProvider(name: string | undefined): CloudProvider | undefined {
  return name === undefined ? undefined : adapters[name]?.();
}
