import * as managedidentity from "@pulumi/azure-native/managedidentity";
import type { Input, Output, Resource } from "@pulumi/pulumi";
import type { Cluster } from "./cluster";
import { grant, type RoleName } from "./roles";
import type { Scope } from "./scope";

export interface PodIdentity {
  /** What the service account says of itself. */
  readonly annotations: Readonly<Record<string, Input<string>>>;
  readonly clientId: Output<string>;
  readonly ready: readonly Resource[];
}

/** Pods without it get no token, whatever their service account says. */
export const podLabels = { "azure.workload.identity/use": "true" } as const;

export interface Permission {
  readonly name: string;
  readonly role: RoleName;
  readonly on: Input<string>;
}

/**
 * Makes the pods of one service account somebody in Entra ID: the cluster signs who they are, and they exchange that for a token,
 * without a secret.
 */
export function createPodIdentity(
  scope: Scope,
  role: string,
  { issuer }: Cluster,
  { namespace, serviceAccount }: { readonly namespace: string; readonly serviceAccount: string },
  allow: readonly Permission[],
): PodIdentity {
  const identity = new managedidentity.UserAssignedIdentity(scope.named(role), scope.at(role), scope.child());
  const trust = new managedidentity.FederatedIdentityCredential(
    scope.named(role),
    {
      resourceGroupName: scope.group.name,
      resourceName: identity.name,
      federatedIdentityCredentialResourceName: "cluster",
      issuer,
      subject: `system:serviceaccount:${namespace}:${serviceAccount}`,
      audiences: ["api://AzureADTokenExchange"],
    },
    scope.child(),
  );
  const permissions = allow.map(({ name, role: allowed, on }) => grant(scope, `${role}-${name}`, { role: allowed, on, to: identity.principalId }));
  return {
    annotations: { "azure.workload.identity/client-id": identity.clientId },
    clientId: identity.clientId,
    ready: [trust, ...permissions],
  };
}
