import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterPlan } from "../../components/plan/cloudPlan";
import type { StackCredentials } from "./credentials";

export interface KubeconfigArgs {
  readonly name: string;
  readonly endpoint: string;
  /** Base64, as EKS gives it. */
  readonly authority: string;
  readonly region: string;
  readonly tool: ClusterPlan["credentials"];
  readonly credentials: StackCredentials;
}

/**
 * @returns a kubeconfig without a token: whoever uses it fetches one, so it does not age. Tokens of EKS live for a
 * quarter of an hour, less than a first deployment.
 */
export function kubeconfigOf(args: KubeconfigArgs): string {
  const { name, endpoint, authority } = args;
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": authority } }],
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            interactiveMode: "Never",
            ...(args.tool === "cli" ? byCommandLine(args) : byEnvironment(args)),
          },
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });
}

function byCommandLine({ name, region, credentials: { profile, roles } }: KubeconfigArgs) {
  return {
    command: "aws",
    args: [
      "eks",
      "get-token",
      "--output",
      "json",
      "--region",
      region,
      "--cluster-name",
      name,
      ...roles.slice(0, 1).flatMap((role) => ["--role-arn", role]),
      ...(profile === undefined ? [] : ["--profile", profile]),
    ],
  };
}

/** The script travels in the kubeconfig: a path to it would be right on one machine only. */
function byEnvironment({ name, region }: KubeconfigArgs) {
  const script = readFileSync(join(__dirname, "eksToken.cjs"), "utf8");
  return { command: "node", args: ["-e", script, name, region] };
}
