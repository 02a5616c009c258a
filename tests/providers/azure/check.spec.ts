import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { CloudPlan } from "../../../components/plan/cloudPlan";
import { checkPlan } from "../../../providers/azure/check";
import { UnsupportedError } from "../../../providers/errors";
import { aDisk, aLargePlan, aSmallPlan } from "./built";

function textsOf(plan: CloudPlan): string[] {
  return checkPlan(plan).map(({ key, message, remedy }) => `${key}: ${message} -> ${remedy}`);
}

describe("Azure check", () => {
  it("accepts a production and a small plan", () => {
    expect(textsOf(aLargePlan())).to.deep.equal([]);
    expect(textsOf(aSmallPlan())).to.deep.equal([]);
  });

  const { cluster, database, sessionCache, network, ingress, objectStore, sharedFiles } = aLargePlan();
  const refused: readonly { readonly title: string; readonly plan: Partial<CloudPlan>; readonly text: string; readonly gap?: true }[] = [
    {
      title: "a region it does not know",
      plan: { region: "nowhere" },
      text: "azure-native:location: azure does not offer the region nowhere to this adapter, only regions with three zones by their short names -> pulumi config set azure-native:location germanywestcentral",
      gap: true,
    },
    {
      title: "a region by its long name, and says the short one",
      plan: { region: "West Europe" },
      text: "azure-native:location: azure does not offer the region West Europe to this adapter, only regions with three zones by their short names -> pulumi config set azure-native:location westeurope",
      gap: true,
    },
    {
      title: "a version of Kubernetes AKS does not have",
      plan: { cluster: { ...cluster, version: "1.29" } },
      text: "moodle:cluster.version: azure does not offer Kubernetes 1.29, only 1.34, 1.35, 1.36 -> pulumi config set --path 'moodle:cluster.version' '1.35'",
      gap: true,
    },
    {
      title: "a version of PostgreSQL the flexible server does not have",
      plan: { database: { ...database, version: "12" } },
      text: "moodle:database.version: azure does not offer PostgreSQL 12, only 16, 17, 18 -> pulumi config set --path 'moodle:database.version' '17'",
      gap: true,
    },
    {
      title: "a person's name where an object ID is meant",
      plan: { cluster: { ...cluster, deployers: [...cluster.deployers, "somebody@example.edu"] } },
      text: `moodle:cluster.deployers[2]: "somebody@example.edu" was given; allowed is the object ID of a user, group or service principal of Entra ID -> pulumi config set --path 'moodle:cluster.deployers[2]' '<object ID>' (az ad signed-in-user show --query id, or az ad sp show --id <application> --query id, prints it)`,
    },
    {
      title: "a zone's name where its ID is meant",
      plan: { ingress: { ...ingress, dnsZone: "example.edu" } },
      text: `moodle:ingress.dnsZone: "example.edu" was given; allowed is the resource ID of a public zone of Azure DNS, such as /subscriptions/<ID>/resourceGroups/<group>/providers/Microsoft.Network/dnszones/example.edu -> pulumi config set --path 'moodle:ingress.dnsZone' '<resource ID>' (az network dns zone list --query "[].id" prints them)`,
    },
    {
      title: "a zone that the site's name only seems to be in",
      plan: { ingress: { ...ingress, hostname: "moodle.myexample.edu", dnsZone: "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/names/providers/Microsoft.Network/dnsZones/example.edu" } },
      text: "moodle:ingress.dnsZone: the zone example.edu was given; the site's name moodle.myexample.edu is not in it -> pulumi config set --path 'moodle:ingress.dnsZone' '<resource ID>' of the zone it is in, or pulumi config rm --path 'moodle:ingress.dnsZone'",
    },
    {
      title: "a network where Services have their addresses",
      plan: { network: { ...network, range: "172.20.0.0/16" } },
      text: `moodle:network.range: "172.20.0.0/16" was given; it overlaps 172.20.0.0/16, where the cluster's Services get their addresses -> pulumi config set --path 'moodle:network.range' '10.64.0.0/16'`,
    },
    {
      title: "a network where pods have their addresses",
      plan: { network: { ...network, range: "172.24.64.0/18" } },
      text: `moodle:network.range: "172.24.64.0/18" was given; it overlaps 172.24.0.0/16, where the cluster's pods get their addresses -> pulumi config set --path 'moodle:network.range' '10.64.0.0/16'`,
    },
    {
      title: "a way out in every zone",
      plan: { network: { ...network, natPerZone: true } },
      text: "moodle:network.natPerZone: azure does not offer a way out to the internet that survives the failure of a zone -> pulumi config set --path 'moodle:network.natPerZone' 'false'",
      gap: true,
    },
    {
      title: "more processors than any size has",
      plan: { database: { ...database, cpus: 97 } },
      text: "moodle:sizing.databaseCpus: azure does not offer a database with 97 processors and 16 GiB of memory, at most 96 processors -> pulumi config set --path 'moodle:sizing.databaseCpus' '96'",
      gap: true,
    },
    {
      title: "a standby for a burstable size",
      plan: { settings: { databaseSize: "Standard_B2ms" } },
      text: "moodle:azure.databaseSize: azure does not offer a standby for a database of the burstable size Standard_B2ms -> pulumi config rm --path 'moodle:azure.databaseSize', or pulumi config set --path 'moodle:database.highAvailability' 'false'",
      gap: true,
    },
    {
      title: "one connection more than the size allows, and names a size that is enough",
      plan: { database: { ...database, connections: 1704 } },
      text: "moodle:azure.databaseSize: the pods may open 1704 connections; Standard_D4ds_v5 allows 1703 -> pulumi config set --path 'moodle:azure.databaseSize' 'Standard_E4ds_v5'",
    },
    {
      title: "more storage than a server can have",
      plan: { database: { ...database, storage: "32 TiB" } },
      text: "moodle:database.storage: azure does not offer a database with storage of 32 TiB, at most 32767 GiB -> pulumi config set --path 'moodle:database.storage' '16 TiB'",
      gap: true,
    },
    {
      title: "a cache larger than any size",
      plan: { sessionCache: { ...sessionCache, memory: "97 GiB" } },
      text: "moodle:sizing.sessionCacheMemory: azure does not offer a cache of 97 GiB in one place, at most 96 GiB -> pulumi config set --path 'moodle:sizing.sessionCacheMemory' '96 GiB'",
      gap: true,
    },
    {
      title: "a chosen cache that is too small",
      plan: { settings: { cacheSize: "Balanced_B3" } },
      text: `moodle:azure.cacheSize: "Balanced_B3" was given; it holds 2.4 GiB and the plan needs 3 GiB (moodle:sizing.applicationCacheMemory) -> pulumi config rm --path 'moodle:azure.cacheSize'`,
    },
    {
      title: "more operations than a small disk gives",
      plan: { blockDisk: { ...aDisk, size: "10 GiB", iops: 5001 } },
      text: "moodle:files.disk.iops: azure does not offer 5001 operations a second on a disk of 10 GiB, at most 5000 -> pulumi config set --path 'moodle:files.disk.iops' '5000'",
      gap: true,
    },
    {
      title: "more throughput than the operations carry",
      plan: { blockDisk: { ...aDisk, iops: 3000, throughput: 751 } },
      text: "moodle:files.disk.throughput: azure does not offer 751 MiB/s with 3000 operations a second, at most 750 -> pulumi config set --path 'moodle:files.disk.throughput' '750'",
      gap: true,
    },
    {
      title: "a snapshot's name where a server and a time are meant",
      plan: { database: { ...database, restoreFrom: "before-the-exam" } },
      text: `moodle:database.restoreFrom: "before-the-exam" was given; allowed is the resource ID of a PostgreSQL flexible server and a time, such as /subscriptions/<ID>/resourceGroups/<group>/providers/Microsoft.DBforPostgreSQL/flexibleServers/<name>@2026-11-01T06:00:00Z -> pulumi config set --path 'moodle:database.restoreFrom' '<resource ID>@<time>'`,
    },
    {
      title: "shared files from others",
      plan: { sharedFiles: { size: "100 GiB", owner: { user: 33, group: 33 }, ...sharedFiles, restoreFrom: "a share" } },
      text: "moodle:files.restoreFrom: azure does not offer a shared file system that starts from another -> pulumi config rm --path 'moodle:files.restoreFrom'; bring the platform up empty and copy a snapshot of the share into it",
      gap: true,
    },
    {
      title: "a container's name where its ID is meant",
      plan: { objectStore: { deletedRetention: "21 d", origins: [], mayDelete: false, ...objectStore, restoreFrom: "files" } },
      text: `moodle:files.restoreFrom: "files" was given; allowed is the resource ID of a container, which ends with /storageAccounts/<account>/blobServices/default/containers/<container> -> pulumi config set --path 'moodle:files.restoreFrom' '<resource ID>'`,
    },
    {
      title: "a disk where a snapshot is meant",
      plan: { sharedFiles: undefined, blockDisk: { ...aDisk, restoreFrom: "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/a/providers/Microsoft.Compute/disks/b" } },
      text: `moodle:files.restoreFrom: "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/a/providers/Microsoft.Compute/disks/b" was given; allowed is the resource ID of a snapshot, which ends with /providers/Microsoft.Compute/snapshots/<name> -> pulumi config set --path 'moodle:files.restoreFrom' '<resource ID>' (az snapshot list --query "[].id" prints them)`,
    },
  ];
  for (const { title, plan, text, gap } of refused) {
    it(`refuses ${title}`, () => {
      const problems = checkPlan(aLargePlan(plan));
      expect(problems.map(({ key, message, remedy }) => `${key}: ${message} -> ${remedy}`)).to.deep.equal([text]);
      expect(problems[0] instanceof UnsupportedError).to.equal(gap === true);
    });
  }

  describe("of credentials", () => {
    afterEach(() => pulumi.runtime.setAllConfig({}));

    it("refuses the command line's tokens to a stack that is somebody else", () => {
      pulumi.runtime.setAllConfig({ "azure-native:clientId": "client", "azure-native:useOidc": "true", "azure-native:useMsi": "false" });
      expect(textsOf(aLargePlan())).to.deep.equal([
        "moodle:cluster.credentials: azure does not offer tokens by its command line to a stack that sets azure-native:clientId and azure-native:useOidc: the cluster would be asked as somebody else -> pulumi config set --path 'moodle:cluster.credentials' 'environment', or sign in with az login and remove the key",
      ]);
      expect(textsOf(aLargePlan({ cluster: { ...cluster, credentials: "environment" } }))).to.deep.equal([]);
    });
  });
});
