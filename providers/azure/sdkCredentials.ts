import { AzureCliCredential, ChainedTokenCredential, EnvironmentCredential, WorkloadIdentityCredential, type TokenCredential } from "@azure/identity";
import type { HoldingsScope } from "../contract";

/** Other ways in which the stack's own provider can be somebody. Where one is set, we would ask as somebody else. */
const others = ["clientId", "clientSecret", "clientCertificatePath", "useOidc", "oidcToken", "useMsi"];

/** Credentials as the stack's provider has them: of the environment, or else of Azure's command line. */
export function sdkCredentials({ providerConfig }: HoldingsScope): TokenCredential {
  const given = others.map((key) => `azure-native:${key}`).filter((key) => key in providerConfig);
  if (given.length > 0) {
    throw new Error(`the stack's provider gets its credentials by ${given.join(" and ")}, which is not read here; use the environment or az login`);
  }
  const tenant = providerConfig["azure-native:tenantId"];
  const tenantId = typeof tenant === "string" ? { tenantId: tenant } : {};
  return new ChainedTokenCredential(new EnvironmentCredential(), ...federated(tenantId), new AzureCliCredential(tenantId));
}

function federated(tenantId: { readonly tenantId?: string }): TokenCredential[] {
  return process.env.AZURE_FEDERATED_TOKEN_FILE === undefined ? [] : [new WorkloadIdentityCredential(tenantId)];
}

/** @returns the subscription everything is in. */
export function subscriptionOf({ providerConfig }: HoldingsScope): string {
  const key = "azure-native:subscriptionId";
  const id = providerConfig[key] ?? process.env.ARM_SUBSCRIPTION_ID ?? process.env.AZURE_SUBSCRIPTION_ID;
  if (typeof id === "string" && id !== "") return id;
  throw new Error(`no subscription is named: pulumi config set ${key} <ID>, or set ARM_SUBSCRIPTION_ID`);
}
