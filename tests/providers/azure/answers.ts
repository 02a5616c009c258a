import type { Answers } from "../../support/recording";

export const subscription = "00000000-0000-4000-8000-000000000001";

/** What AKS gives to anybody who may ask: no token is in it. */
const issued = [
  "apiVersion: v1",
  "clusters:",
  "- cluster:",
  "    certificate-authority-data: Q0E=",
  "    server: https://site-cluster.hcp.germanywestcentral.azmk8s.io:443",
  "  name: site-cluster",
].join("\n");

/** What Azure would answer, as far as other resources read it. */
export const azureAnswers: Answers = {
  id: (type, name) => {
    const inGroup = `/subscriptions/${subscription}/resourceGroups/site-platform`;
    if (type === "azure-native:resources:ResourceGroup") return inGroup;
    return type.startsWith("azure-native:") ? `${inGroup}/providers/${type.slice("azure-native:".length)}/${name}` : `${name}-id`;
  },
  outputs: (type, name, inputs) => {
    switch (type) {
      case "azure-native:containerservice:ManagedCluster":
        return {
          name: inputs["resourceName"],
          identityProfile: { kubeletidentity: { objectId: "object-of-nodes" } },
          oidcIssuerProfile: { enabled: true, issuerURL: "https://issuer.example.edu/" },
        };
      case "azure-native:dbforpostgresql:Server":
        return { name: inputs["serverName"], fullyQualifiedDomainName: "database.example.edu" };
      case "azure-native:redisenterprise:RedisEnterprise":
        return { name: inputs["clusterName"], hostName: `${name}.cache.example.edu` };
      case "azure-native:redisenterprise:Database":
        return { name: inputs["databaseName"] };
      case "azure-native:storage:StorageAccount":
        return { name: inputs["accountName"] };
      case "azure-native:storage:BlobContainer":
        return { name: inputs["containerName"] };
      case "azure-native:storage:FileShare":
        return { name: inputs["shareName"] };
      case "azure-native:containerregistry:Registry":
        return { name: inputs["registryName"], loginServer: `${String(inputs["registryName"])}.azurecr.io` };
      case "azure-native:managedidentity:UserAssignedIdentity":
        return { name, principalId: `object-of-${name}`, clientId: `client-of-${name}` };
      case "azure-native:dataprotection:BackupVault":
        return { name, identity: { principalId: "object-of-vault" } };
      case "azure-native:keyvault:Vault":
        return { name: inputs["vaultName"] };
      case "azure-native:privatedns:PrivateZone":
        return { name: inputs["privateZoneName"] };
      case "random:index/randomPassword:RandomPassword":
        return { result: `password-of-${name}` };
      case "random:index/randomId:RandomId":
        return { hex: "c0ffee00" };
      default:
        return { name: inputs["name"] ?? `${name}-name` };
    }
  },
  invokes: {
    "azure-native:authorization:getClientConfig": () => ({
      clientId: "client",
      objectId: "object",
      subscriptionId: subscription,
      tenantId: "00000000-0000-4000-8000-000000000002",
    }),
    "azure-native:redisenterprise:listDatabaseKeys": ({ clusterName }) => ({ primaryKey: `key-of-${String(clusterName)}`, secondaryKey: "" }),
    "azure-native:containerservice:listManagedClusterUserCredentials": () => ({
      kubeconfigs: [{ name: "clusterUser", value: Buffer.from(issued).toString("base64") }],
    }),
  },
};
