import { parse } from "yaml";

import { isObject, list, object, type Properties, text, type Value } from "../../provider/properties";

/** The cluster entry a kubeconfig's current context points at: `{ server, certificate-authority-data, … }`. */
export function activeCluster(config: Properties): Properties | undefined {
  const kubeconfig = parsed(config.kubeconfig);
  if (kubeconfig === undefined) return undefined;
  const context = text(config, "context") ?? text(kubeconfig, "current-context");
  const chosen = named(kubeconfig, "contexts", context);
  const cluster = text(config, "cluster") ?? text(chosen, "context.cluster");
  const entry = named(kubeconfig, "clusters", cluster);
  return entry === undefined ? undefined : object(entry, "cluster");
}

/** The host of the active cluster's API server; `undefined` where the kubeconfig does not say. */
export function serverHost(config: Properties): string | undefined {
  const server = text(activeCluster(config), "server");
  if (server === undefined || !URL.canParse(server)) return undefined;
  return new URL(server).host.toLowerCase();
}

/** Whether the text can be read as a kubeconfig at all. */
export function isReadable(kubeconfig: Value | undefined): boolean {
  return kubeconfig === undefined || parsed(kubeconfig) !== undefined;
}

function named(kubeconfig: Properties, section: string, name: string | undefined): Properties | undefined {
  return list(kubeconfig, section).filter(isObject).find((entry) => entry.name === name);
}

function parsed(kubeconfig: Value | undefined): Properties | undefined {
  if (isObject(kubeconfig)) return kubeconfig;
  if (typeof kubeconfig !== "string") return undefined;
  try {
    const value = parse(kubeconfig) as Value;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
