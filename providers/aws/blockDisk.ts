import * as ebs from "@pulumi/aws/ebs";
import * as ec2 from "@pulumi/aws/ec2";
import type { Input, Resource } from "@pulumi/pulumi";
import { inGiB } from "../../components/config/size";
import type { VolumeAccess } from "../contract";
import { checked } from "./checked";
import type { Keys } from "./keys";
import type { Network } from "./network";
import type { Statement } from "./policy";
import type { Scope } from "./scope";

export interface BlockDisk {
  readonly disk: ebs.Volume;
  readonly volume: VolumeAccess;
}

/** gp3 has this much whatever is paid for: https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
const baseline = { iops: 3000, throughput: 125 };

/** By this tag EKS Auto Mode's own policy knows the disks it may attach. */
const clusterTag = "eks:eks-cluster-name";

/** The disk one pod owns, or nothing where the plan has none. */
export function createBlockDisk(foundation: Scope, network: Network, keys: Keys): BlockDisk | undefined {
  const plan = foundation.plan.blockDisk;
  if (plan === undefined) return undefined;
  const scope = foundation.drawer("BlockDisk");
  const zone = checked(
    network.zones.find(({ number }) => number === plan.zone),
    `zone ${plan.zone}`,
  );
  const disk = new ebs.Volume(
    scope.named("disk"),
    {
      availabilityZone: zone.privateSubnet.availabilityZone,
      type: "gp3",
      size: Math.ceil(inGiB(plan.size)),
      iops: Math.max(baseline.iops, plan.iops),
      throughput: Math.max(baseline.throughput, plan.throughput),
      encrypted: true,
      kmsKeyId: keys.data.arn,
      finalSnapshot: true,
      snapshotId: plan.restoreFrom,
      tags: scope.tags("disk"),
    },
    scope.stateful("blockDisk", {
      // The cluster's tag is a resource of its own, so that the disk does not depend on the cluster.
      ignoreChanges: [`tags["${clusterTag}"]`],
    }),
  );
  return {
    disk,
    volume: {
      csi: { driver: "ebs.csi.eks.amazonaws.com", volumeHandle: disk.id, fsType: "ext4" },
      mountOptions: [],
      size: plan.size,
      zone: { label: "topology.kubernetes.io/zone", value: disk.availabilityZone },
      writableBy: "fsGroup",
    },
  };
}

/** Lets the cluster attach the disk. */
export function joinDisk(scope: Scope, { disk }: BlockDisk, clusterName: Input<string>): Resource {
  return new ec2.Tag(scope.named("disk-of-cluster"), { resourceId: disk.id, key: clusterTag, value: clusterName }, scope.child());
}

/** What attaching a disk under a key of ours takes: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html */
export function attachEncrypted({ data }: Keys, region: string): Statement[] {
  return [
    {
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"],
      Resource: data.arn,
      Condition: { StringEquals: { "kms:ViaService": `ec2.${region}.amazonaws.com` } },
    },
    {
      Effect: "Allow",
      Action: "kms:CreateGrant",
      Resource: data.arn,
      Condition: {
        StringEquals: { "kms:ViaService": `ec2.${region}.amazonaws.com` },
        Bool: { "kms:GrantIsForAWSResource": "true" },
      },
    },
  ];
}
