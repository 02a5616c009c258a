import { CloudError, type ConfigDiff, type Context, type Problem } from "../../provider/behaviour";
import { flag, hasUnknown, type Properties, same, UNKNOWN } from "../../provider/properties";
import { refuseStrangers } from "./access";
import { activeCluster, isReadable, serverHost } from "./kubeconfig";
import { clusterOf } from "./managed";

const DECIDING = ["kubeconfig", "context", "cluster"] as const;

/** Refusals of a provider's configuration. */
export function checkConfig(inputs: Properties): readonly Problem[] {
  if (hasUnknown(inputs.kubeconfig) || isReadable(inputs.kubeconfig)) return [];
  return [{ property: "kubeconfig", reason: "the kubeconfig is neither YAML nor JSON" }];
}

/**
 * What a changed configuration does, as the real provider 4.34 decides it (provider/pkg/provider/provider.go, DiffConfig):
 * another `clusterIdentifier` replaces; the same one never does; without one, an unknown kubeconfig or another active cluster
 * replaces.
 */
export function diffConfig(olds: Properties, news: Properties): ConfigDiff {
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter((name) => name !== "version");
  const changes = names.filter((name) => !same(olds[name], news[name]));
  if (changes.length === 0) return { changes, replaces: [] };
  const { clusterIdentifier: before } = olds;
  const { clusterIdentifier: after } = news;
  if (after !== undefined && same(before, after)) return { changes, replaces: [] };
  const identified = before !== undefined && after !== undefined ? ["clusterIdentifier"] : [];
  const unknown = DECIDING.find((name) => news[name] === UNKNOWN);
  if (unknown !== undefined) return { changes: [unknown], replaces: [...identified, unknown] };
  return { changes, replaces: [...identified, ...rendering(changes), ...ofCluster(olds, news, changes)] };
}

/** One store for each cluster: an object's name says nothing of where it is. */
export function storeName(config: Properties): string {
  const host = serverHost(config);
  return host === undefined ? "kubernetes" : `kubernetes@${host.replaceAll(":", "_")}`;
}

/** Objects can be changed only where the cluster answers; `deleteUnreachable` lets go of the others. */
export async function connect(operation: "create" | "update" | "delete" | "read", context: Context): Promise<"gone" | undefined> {
  const cluster = clusterOf(context);
  if (cluster !== undefined) {
    await refuseStrangers(cluster, context);
    return undefined;
  }
  const release = context.type === "kubernetes:helm.sh/v3:Release";
  const forgiving = flag(context.config, "deleteUnreachable") ?? process.env.PULUMI_K8S_DELETE_UNREACHABLE === "true";
  if (forgiving && (operation === "read" || (operation === "delete" && !release))) return "gone";
  throw new CloudError("", unreachable(serverHost(context.config), operation, release));
}

function unreachable(host: string | undefined, operation: string, release: boolean): string {
  const why =
    host === undefined
      ? "no kubeconfig was given, or it names no server"
      : `Get "https://${host}/version": dial tcp: lookup ${host.replace(/:\d+$/, "")}: no such host`;
  if (release && operation !== "read") return `can't ${operation} Helm Release with unreachable cluster: ${why}`;
  if (operation === "delete") {
    const remedy =
      "you can remove this resource from Pulumi state by rerunning the operation with the " +
      'PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true"';
    return `configured Kubernetes cluster is unreachable. If the cluster was deleted, ${remedy}`;
  }
  if (operation === "read") return `failed to read resource state due to unreachable cluster: ${why}`;
  return `configured Kubernetes cluster is unreachable: ${why}`;
}

function rendering(changes: readonly string[]): readonly string[] {
  return changes.filter((name) => name === "renderYamlToDirectory");
}

function ofCluster(olds: Properties, news: Properties, changes: readonly string[]): readonly string[] {
  const [before, after] = [activeCluster(olds), activeCluster(news)];
  if (before === undefined || after === undefined || same(before, after)) return [];
  return DECIDING.filter((name) => changes.includes(name));
}
