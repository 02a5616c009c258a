import { getClientConfigOutput } from "@pulumi/azure-native/authorization";
import * as keyvault from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import type { CloudSecrets } from "../contract";
import { createName } from "./names";
import { grantToDeployer } from "./roles";
import type { Scope } from "./scope";

/** Days in which deleted copies can be brought back: the most Azure allows. */
const softDeleteRetentionInDays = 90;

/**
 * Copies of passwords, keys and peppers outside the stack's state: who loses the state can still read the data. The vault is
 * reached from where the cluster's API is, by the deployers.
 */
export function createSecretCopies(foundation: Scope, secrets: CloudSecrets): void {
  const scope = foundation.drawer("Secrets");
  const { deployers, endpointRanges } = scope.plan.cluster;
  const vault = new keyvault.Vault(
    scope.named("secrets"),
    {
      ...scope.at("secrets"),
      vaultName: createName(scope, "vault", "secrets", "keys"),
      properties: {
        tenantId: getClientConfigOutput({ parent: scope.parent }).tenantId,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        softDeleteRetentionInDays,
        enablePurgeProtection: true,
        publicNetworkAccess: "Enabled",
        networkAcls: { defaultAction: "Deny", bypass: "AzureServices", ipRules: endpointRanges.map((value) => ({ value })) },
      },
    },
    scope.stateful("keys"),
  );
  // Copies are written by Azure's own management, but read and deleted in the vault.
  const readers = [...new Set(deployers)].map((deployer) =>
    grantToDeployer(scope, `secrets-of-${deployer.toLowerCase()}`, { role: "secretsOfficer", on: vault.id, to: deployer }),
  );
  for (const [name, value] of Object.entries(secrets)) {
    const role = `secret-${name}`;
    new keyvault.Secret(
      scope.named(role),
      {
        resourceGroupName: scope.group.name,
        vaultName: vault.name,
        secretName: name,
        properties: pulumi.secret({ value, contentType: `Copy of ${name}; changing it changes nothing` }),
        tags: scope.tags(role),
      },
      scope.stateful("keys", { dependsOn: readers }),
    );
  }
}
