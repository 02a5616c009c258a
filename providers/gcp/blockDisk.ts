import * as compute from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";
import { inGiB } from "../../components/config/size";
import type { VolumeAccess } from "../contract";
import type { Scope } from "./scope";
import { after } from "./services";
import { diskPerformance } from "./skus";

export interface BlockDisk {
  readonly disk: compute.Disk;
  readonly volume: VolumeAccess;
}

/** The disk one pod owns, or nothing where the plan has none. */
export function createBlockDisk(foundation: Scope): BlockDisk | undefined {
  const plan = foundation.plan.blockDisk;
  if (plan === undefined) return undefined;
  const scope = foundation.drawer("BlockDisk");
  const { project } = scope;
  const { region } = scope.plan;
  const { iops, throughput } = diskPerformance(plan);
  const available = compute.getZonesOutput({ project, region, status: "UP" }, { parent: scope.parent, dependsOn: after(scope.apis, "compute") });
  const disk = new compute.Disk(
    scope.named("disk"),
    {
      name: scope.cloudName("disk"),
      project,
      zone: available.names.apply((names) => zoneNumbered(names, plan.zone, region)),
      type: "hyperdisk-balanced",
      size: Math.ceil(inGiB(plan.size)),
      provisionedIops: iops,
      provisionedThroughput: throughput,
      createSnapshotBeforeDestroy: true,
      snapshot: plan.restoreFrom,
      labels: scope.labels("disk"),
    },
    scope.stateful("blockDisk", {
      // Google opens zones: the list the number is looked up in grows, and no disk may move with it.
      ignoreChanges: ["zone"],
    }),
  );
  return {
    disk,
    volume: {
      csi: {
        driver: "pd.csi.storage.gke.io",
        volumeHandle: pulumi.interpolate`projects/${project}/zones/${disk.zone}/disks/${disk.name}`,
        fsType: "ext4",
      },
      mountOptions: [],
      size: plan.size,
      zone: { label: "topology.gke.io/zone", value: disk.zone },
      writableBy: "fsGroup",
    },
  };
}

function zoneNumbered(names: readonly string[], number: number, region: string): string {
  const name = [...names].sort()[number - 1];
  if (name !== undefined) return name;
  throw new pulumi.RunError(
    `moodle:network.zones: zone ${number} was asked for; ${region} has ${names.length} (${names.join(", ")}). Use another region.`,
  );
}
