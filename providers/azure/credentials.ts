import { Config } from "@pulumi/pulumi";

/** How the Azure provider of the stack gets its credentials, as far as other tools must do the same. */
export interface StackCredentials {
  readonly tenant?: string;
  /** Keys that make the provider somebody else than the one who is signed in to Azure's command line. */
  readonly ownIdentity: readonly string[];
}

const identityKeys = ["clientId", "clientSecret", "clientCertificatePath", "useOidc", "useMsi"];

/** Reads the Azure provider's own keys, that the default provider is configured by. */
export function stackCredentials(): StackCredentials {
  const config = new Config("azure-native");
  return {
    tenant: config.get("tenantId"),
    ownIdentity: identityKeys.filter((name) => ![undefined, "", "false"].includes(config.get(name))).map((name) => `azure-native:${name}`),
  };
}
