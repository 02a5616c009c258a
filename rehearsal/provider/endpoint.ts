import type { CloudObject } from "./behaviour";
import { isObject, type Value } from "./properties";
import { standingCluster, standingHost } from "./standingCluster";
import { Store, storeNames } from "./store";

/**
 * The object of a simulated cloud that answers at a host: the one with an output, however deep, that is or holds in a URL
 * this host.
 * `undefined` where there is none yet or any more.
 */
export function holderOf(cloudFolder: string, host: string): CloudObject | undefined {
  if (host.toLowerCase() === standingHost) return standingCluster;
  const clouds = storeNames(cloudFolder).filter((name) => !name.includes("@"));
  const objects = clouds.flatMap((name) => [...new Store(cloudFolder, name).read().values()]);
  return objects.find(({ status, retained, outputs }) => {
    const answers = status !== "creating" && retained === undefined;
    return answers && Object.values(outputs).some((value) => names(value, host));
  });
}

// Hosts have no case; URLs lower it, and EKS writes its endpoints in capitals.
function names(value: Value | undefined, host: string): boolean {
  if (isObject(value)) return Object.values(value).some((inner) => names(inner, host));
  if (typeof value !== "string") return false;
  const [lower, wanted] = [value.toLowerCase(), host.toLowerCase()];
  const url = `https://${wanted}`;
  return lower === wanted || lower === url || lower.startsWith(`${url}/`) || lower.startsWith(`${url}:`);
}
