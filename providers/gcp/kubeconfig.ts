import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterPlan } from "../../components/plan/cloudPlan";
import type { StackCredentials } from "./credentials";

/** Where a cluster is reached. */
export interface ClusterAddress {
  readonly host: string;
  /** Base64, as GKE gives it; undefined: an authority every system trusts. */
  readonly authority?: string;
}

export interface KubeconfigArgs {
  readonly name: string;
  readonly address: ClusterAddress;
  readonly tool: ClusterPlan["credentials"];
  readonly credentials: StackCredentials;
}

/** @returns a kubeconfig without a token: whoever uses it fetches one, so it does not age. */
export function kubeconfigOf(args: KubeconfigArgs): string {
  const { name, address } = args;
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name,
        cluster: {
          server: `https://${address.host}`,
          ...(address.authority !== undefined && { "certificate-authority-data": address.authority }),
        },
      },
    ],
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            interactiveMode: "Never",
            provideClusterInfo: true,
            ...(args.tool === "cli" ? byCommandLine(args) : byEnvironment(args)),
          },
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });
}

/** The plugin asks the command line, which takes the account to act as from its own variable. */
function byCommandLine({ credentials: { impersonate } }: KubeconfigArgs) {
  return {
    command: "gke-gcloud-auth-plugin",
    ...(impersonate !== undefined && { env: [{ name: "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", value: impersonate }] }),
  };
}

/** The script travels in the kubeconfig: a path to it would be right on one machine only. */
function byEnvironment({ credentials: { impersonate } }: KubeconfigArgs) {
  const script = readFileSync(join(__dirname, "gkeToken.cjs"), "utf8");
  return { command: "node", args: ["-e", script, ...(impersonate === undefined ? [] : [impersonate])] };
}
