import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterPlan } from "../../components/plan/cloudPlan";
import type { StackCredentials } from "./credentials";

export interface KubeconfigArgs {
  readonly name: string;
  /** The kubeconfig that AKS gives to anybody who may ask: YAML, with address and authority and without a token. */
  readonly issued: string;
  readonly tool: ClusterPlan["credentials"];
  readonly credentials: StackCredentials;
}

/** Who tokens are for: the application that all clusters of AKS are, https://azure.github.io/kubelogin/concepts/aks.html */
const audience = "6dae42f8-4368-4678-94ff-3960e28e3630";

/** @returns a kubeconfig without a token: whoever uses it fetches one, so it does not age. */
export function kubeconfigOf(args: KubeconfigArgs): string {
  const { name, issued } = args;
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: field(issued, "server"), "certificate-authority-data": field(issued, "certificate-authority-data") } }],
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            interactiveMode: "Never",
            ...(args.tool === "cli" ? byCommandLine(args) : byEnvironment()),
          },
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });
}

/** AKS writes each of the two on a line of its own, once. */
function field(issued: string, name: string): string {
  const value = new RegExp(`^\\s*(?:- )?${name}:\\s*"?([^"\\s]+)"?\\s*$`, "m").exec(issued)?.[1];
  if (value === undefined) throw new Error(`AKS gave a kubeconfig without ${name}`);
  return value;
}

function byCommandLine({ credentials: { tenant } }: KubeconfigArgs) {
  return {
    command: "kubelogin",
    args: ["get-token", "--login", "azurecli", "--server-id", audience, ...(tenant === undefined ? [] : ["--tenant-id", tenant])],
  };
}

/** The script travels in the kubeconfig: a path to it would be right on one machine only. */
function byEnvironment() {
  return { command: "node", args: ["-e", readFileSync(join(__dirname, "aksToken.cjs"), "utf8"), audience] };
}
