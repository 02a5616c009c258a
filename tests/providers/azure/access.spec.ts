import { expect } from "chai";
import { aDisk, aLargePlan, aSmallPlan, built, type Built } from "./built";
import { subscription } from "./answers";

const dnsZone = `/subscriptions/${subscription}/resourceGroups/names/providers/Microsoft.Network/dnszones/example.edu`;

/** https://learn.microsoft.com/en-us/azure/role-based-access-control/built-in-roles */
const roles: Readonly<Record<string, string>> = {
  "7f951dda-4ed3-4680-a7ca-43fe172d538d": "AcrPull",
  "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b": "Azure Kubernetes Service RBAC Cluster Admin",
  "4d97b98b-1d4f-4787-a291-c67834d212e7": "Network Contributor",
  "9980e02c-c2be-4d73-94e8-173b1dc7cf3c": "Virtual Machine Contributor",
  "db58b8e5-c6ad-4a2a-8342-4190687cbf4a": "Storage Blob Delegator",
  "ba92f5b4-2d11-453d-a403-e96b0029c9fe": "Storage Blob Data Contributor",
  "b86a8fe4-44ce-4948-aee5-eccb2c155cd7": "Key Vault Secrets Officer",
  "befefa01-2a29-4197-83a8-272ff33ce314": "DNS Zone Contributor",
  "acdd72a7-3385-48ef-bd42-f606fba81ae7": "Reader",
  "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24": "Disk Backup Reader",
  "7efff54f-a5b4-42b5-a1c5-5411624893ce": "Disk Snapshot Contributor",
  "e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1": "Storage Account Backup Contributor",
  "c088a766-074b-43ba-90d4-1fb21feae531": "PostgreSQL Flexible Server Long Term Retention Backup Role",
};

function grants({ resources }: Built): string[] {
  return resources
    .filter(({ type }) => type === "azure-native:authorization:RoleAssignment")
    .map(({ inputs }) => {
      const definition = String(inputs["roleDefinitionId"]).split("/").pop() ?? "";
      const on = String(inputs["scope"]).replace(/^.*\/site-platform/, "");
      return `${String(inputs["principalId"])} is ${roles[definition] ?? definition} on ${on === "" ? "the group" : on.replace("/providers/", "")}`;
    })
    .sort();
}

describe("Azure access", () => {
  it("lets each identity do one thing to one thing", async () => {
    const { ingress } = aLargePlan();
    expect(grants(await built(aLargePlan({ ingress: { ...ingress, dnsZone } })))).to.deep.equal(
      [
        "00000000-0000-4000-8000-00000000000a is Azure Kubernetes Service RBAC Cluster Admin on containerservice:ManagedCluster/site-cluster",
        "00000000-0000-4000-8000-00000000000a is Key Vault Secrets Officer on keyvault:Vault/site-secrets",
        "00000000-0000-4000-8000-00000000000b is Azure Kubernetes Service RBAC Cluster Admin on containerservice:ManagedCluster/site-cluster",
        "00000000-0000-4000-8000-00000000000b is Key Vault Secrets Officer on keyvault:Vault/site-secrets",
        `object-of-site-certificates is DNS Zone Contributor on ${dnsZone}`.replace("/providers/", ""),
        "object-of-nodes is AcrPull on containerregistry:Registry/site-images",
        "object-of-site-cluster is Network Contributor on network:VirtualNetwork/site-network",
        // Azure has no narrower right to sign a token for a container: the one exception.
        "object-of-site-workload is Storage Blob Delegator on storage:StorageAccount/site-objects",
        "object-of-site-workload is Storage Blob Data Contributor on storage:BlobContainer/site-objects",
        "object-of-vault is PostgreSQL Flexible Server Long Term Retention Backup Role on dbforpostgresql:Server/site-database",
        "object-of-vault is Reader on the group",
        "object-of-vault is Storage Account Backup Contributor on storage:StorageAccount/site-objects",
      ].sort(),
    );
  });

  it("lets the cluster attach the disk, and the vault copy it", async () => {
    const onDisk = grants(await built(aSmallPlan({ blockDisk: aDisk, sharedFiles: undefined }))).filter((each) => /isk/.test(each));
    expect(onDisk).to.deep.equal([
      "object-of-site-cluster is Virtual Machine Contributor on compute:Disk/site-disk",
      "object-of-vault is Disk Backup Reader on compute:Disk/site-disk",
      "object-of-vault is Disk Snapshot Contributor on the group",
    ]);
  });

  it("makes pods somebody by what the cluster signs, and only where there is something to reach", async () => {
    const large = await built(aLargePlan());
    expect(large.inputs("managedidentity:FederatedIdentityCredential")).to.deep.include({
      issuer: "https://issuer.example.edu/",
      subject: "system:serviceaccount:moodle:moodle",
      audiences: ["api://AzureADTokenExchange"],
    });
    expect(large.foundation.workloadIdentity.podLabels).to.deep.equal({ "azure.workload.identity/use": "true" });
    expect(Object.keys(large.foundation.workloadIdentity.serviceAccountAnnotations)).to.deep.equal(["azure.workload.identity/client-id"]);
    const small = await built(aSmallPlan());
    expect(small.names("managedidentity:FederatedIdentityCredential")).to.deep.equal([]);
    expect(small.foundation.workloadIdentity).to.deep.equal({ serviceAccountAnnotations: {}, podLabels: {} });
  });

  it("makes the cluster once its identity may use the network", async () => {
    const { the } = await built(aLargePlan());
    expect(the("containerservice:ManagedCluster").dependencies).to.include(the("authorization:RoleAssignment", "-cluster-network").urn);
  });

  it("keeps keys of storage accounts and passwords of the registry out of use", async () => {
    const { inputs } = await built(aLargePlan());
    for (const account of ["-objects", "-files"]) expect(inputs("storage:StorageAccount", account)).to.include({ allowSharedKeyAccess: false, allowBlobPublicAccess: false });
    expect(inputs("containerregistry:Registry")).to.include({ adminUserEnabled: false, anonymousPullEnabled: false });
  });
});
