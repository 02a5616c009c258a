import { removeCommand, setCommand, type Problem } from "../../components/config/problem";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import { UnsupportedError } from "../errors";
import { containerIn, isSnapshot, pointInTime, zoneIn } from "./references";

/** What a plan says in Azure's own identifiers must be one. */
export function checkNames(plan: CloudPlan): Problem[] {
  return [...deployers(plan), ...zone(plan), ...databaseOrigin(plan), ...filesOrigin(plan)];
}

function deployers({ cluster }: CloudPlan): Problem[] {
  const objectId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  return cluster.deployers.flatMap((deployer, index) => {
    if (objectId.test(deployer)) return [];
    const key = `moodle:cluster.deployers[${index}]`;
    return [
      {
        key,
        message: `"${deployer}" was given; allowed is the object ID of a user, group or service principal of Entra ID`,
        remedy: `${setCommand(key, "<object ID>")} (az ad signed-in-user show --query id, or az ad sp show --id <application> --query id, prints it)`,
      },
    ];
  });
}

function zone({ ingress: { dnsZone, hostname } }: CloudPlan): Problem[] {
  if (dnsZone === undefined) return [];
  const key = "moodle:ingress.dnsZone";
  const found = zoneIn(dnsZone);
  if (found === undefined) {
    return [
      {
        key,
        message: `"${dnsZone}" was given; allowed is the resource ID of a public zone of Azure DNS, such as /subscriptions/<ID>/resourceGroups/<group>/providers/Microsoft.Network/dnszones/example.edu`,
        remedy: `${setCommand(key, "<resource ID>")} (az network dns zone list --query "[].id" prints them)`,
      },
    ];
  }
  if (`.${hostname.toLowerCase()}`.endsWith(`.${found.zone.toLowerCase()}`)) return [];
  return [
    {
      key,
      message: `the zone ${found.zone} was given; the site's name ${hostname} is not in it`,
      remedy: `${setCommand(key, "<resource ID>")} of the zone it is in, or ${removeCommand(key)}`,
    },
  ];
}

function databaseOrigin({ database: { restoreFrom } }: CloudPlan): Problem[] {
  if (restoreFrom === undefined || pointInTime(restoreFrom)) return [];
  const key = "moodle:database.restoreFrom";
  return [
    {
      key,
      message: `"${restoreFrom}" was given; allowed is the resource ID of a PostgreSQL flexible server and a time, such as /subscriptions/<ID>/resourceGroups/<group>/providers/Microsoft.DBforPostgreSQL/flexibleServers/<name>@2026-11-01T06:00:00Z`,
      remedy: setCommand(key, "<resource ID>@<time>"),
    },
  ];
}

function filesOrigin({ objectStore, sharedFiles, blockDisk }: CloudPlan): Problem[] {
  const key = "moodle:files.restoreFrom";
  if (sharedFiles?.restoreFrom !== undefined) {
    return [
      new UnsupportedError(
        "azure",
        key,
        "a shared file system that starts from another",
        `${removeCommand(key)}; bring the platform up empty and copy a snapshot of the share into it`,
      ),
    ];
  }
  if (objectStore?.restoreFrom !== undefined && containerIn(objectStore.restoreFrom) === undefined) {
    return [
      {
        key,
        message: `"${objectStore.restoreFrom}" was given; allowed is the resource ID of a container, which ends with /storageAccounts/<account>/blobServices/default/containers/<container>`,
        remedy: setCommand(key, "<resource ID>"),
      },
    ];
  }
  if (blockDisk?.restoreFrom !== undefined && !isSnapshot(blockDisk.restoreFrom)) {
    return [
      {
        key,
        message: `"${blockDisk.restoreFrom}" was given; allowed is the resource ID of a snapshot, which ends with /providers/Microsoft.Compute/snapshots/<name>`,
        remedy: `${setCommand(key, "<resource ID>")} (az snapshot list --query "[].id" prints them)`,
      },
    ];
  }
  return [];
}
