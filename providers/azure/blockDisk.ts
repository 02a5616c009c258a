import * as compute from "@pulumi/azure-native/compute";
import type { Output, Resource } from "@pulumi/pulumi";
import { inGiB } from "../../components/config/size";
import type { BlockDiskPlan } from "../../components/plan/cloudPlan";
import type { VolumeAccess } from "../contract";
import type { Cluster } from "./cluster";
import { lock } from "./lock";
import { grant } from "./roles";
import type { Scope } from "./scope";

export interface BlockDisk {
  readonly id: Output<string>;
  readonly name: Output<string>;
  readonly volume: VolumeAccess;
}

/** Premium SSD v2 has this much whatever is paid for: https://learn.microsoft.com/en-us/azure/virtual-machines/disks-types#premium-ssd-v2 */
export const baseline = { iops: 3000, throughput: 125 };

/** The disk one pod owns, or nothing where the plan has none. */
export function createBlockDisk(foundation: Scope): BlockDisk | undefined {
  const plan = foundation.plan.blockDisk;
  if (plan === undefined) return undefined;
  const scope = foundation.drawer("BlockDisk");
  const disk = new compute.Disk(
    scope.named("disk"),
    {
      ...scope.at("disk"),
      zones: [String(plan.zone)],
      sku: { name: "PremiumV2_LRS" },
      creationData: origin(plan),
      diskSizeGB: Math.ceil(inGiB(plan.size)),
      diskIOPSReadWrite: Math.max(baseline.iops, plan.iops),
      diskMBpsReadWrite: Math.max(baseline.throughput, plan.throughput),
      networkAccessPolicy: "DenyAll",
      publicNetworkAccess: "Disabled",
    },
    scope.stateful("blockDisk"),
  );
  lock(scope, "disk", "blockDisk", disk.id);
  return {
    id: disk.id,
    name: disk.name,
    volume: {
      csi: { driver: "disk.csi.azure.com", volumeHandle: disk.id, fsType: "ext4", volumeAttributes: { cachingMode: "None" } },
      mountOptions: [],
      size: plan.size,
      zone: { label: "topology.kubernetes.io/zone", value: `${scope.plan.region}-${plan.zone}` },
      writableBy: "fsGroup",
    },
  };
}

function origin({ restoreFrom }: BlockDiskPlan) {
  return restoreFrom === undefined ? { createOption: "Empty" } : { createOption: "Copy", sourceResourceId: restoreFrom };
}

/** Lets the cluster attach the disk. */
export function joinDisk(scope: Scope, { id }: BlockDisk, { identity }: Cluster): Resource {
  return grant(scope, "disk-of-cluster", { role: "machineContributor", on: id, to: identity });
}
