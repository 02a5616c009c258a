import * as efs from "@pulumi/aws/efs";
import * as pulumi from "@pulumi/pulumi";
import type { SharedFilesPlan } from "../../components/plan/cloudPlan";
import type { VolumeAccess } from "../contract";
import type { Keys } from "./keys";
import type { Network } from "./network";
import { policyOf } from "./policy";
import type { Scope } from "./scope";
import { createClosedGroup, type Guarded } from "./securityGroup";

export interface SharedFiles {
  readonly fileSystem: efs.FileSystem;
  readonly volume: VolumeAccess;
  readonly guarded: Guarded;
  /** What must exist before a node can mount it. */
  readonly ready: readonly pulumi.Resource[];
}

const nfsPort = 2049;

/** The file system many pods share, or nothing where the plan has none. */
export function createSharedFiles(foundation: Scope, network: Network, keys: Keys): SharedFiles | undefined {
  const plan = foundation.plan.sharedFiles;
  if (plan === undefined) return undefined;
  const scope = foundation.drawer("SharedFiles");
  const fileSystem = new efs.FileSystem(
    scope.named("files"),
    {
      encrypted: true,
      kmsKeyId: keys.data.arn,
      performanceMode: "generalPurpose",
      // Pays for what is read and written and has no credits to run out of.
      throughputMode: "elastic",
      tags: scope.tags("files"),
    },
    scope.stateful("sharedFiles"),
  );
  const group = createClosedGroup(scope, "files", network, "The shared files");
  const targets = network.zones.map(
    ({ number, dataSubnet }) =>
      new efs.MountTarget(
        scope.named(`files-${number}`),
        { fileSystemId: fileSystem.id, subnetId: dataSubnet.id, securityGroups: [group.id] },
        scope.child(),
      ),
  );
  const door = createAccessPoint(plan);
  const onlyThrough = createPolicy();

  return {
    fileSystem,
    guarded: { role: "files", group, port: nfsPort },
    ready: [...targets, onlyThrough],
    volume: {
      csi: { driver: "efs.csi.aws.com", volumeHandle: pulumi.interpolate`${fileSystem.id}::${door.id}` },
      mountOptions: ["tls"],
      size: plan.size,
      writableBy: "volume",
    },
  };

  /** Whoever comes through it is the owner, whatever the pod's user: files are writable without a change of modes. */
  function createAccessPoint({ owner }: SharedFilesPlan) {
    return new efs.AccessPoint(
      scope.named("files"),
      {
        fileSystemId: fileSystem.id,
        posixUser: { uid: owner.user, gid: owner.group },
        rootDirectory: {
          path: "/files",
          creationInfo: { ownerUid: owner.user, ownerGid: owner.group, permissions: "0770" },
        },
        tags: scope.tags("files"),
      },
      scope.stateful("sharedFiles"),
    );
  }

  function createPolicy() {
    return new efs.FileSystemPolicy(
      scope.named("files"),
      {
        fileSystemId: fileSystem.id,
        policy: policyOf(
          {
            Sid: "ThroughTheAccessPoint",
            Effect: "Allow",
            Principal: { AWS: "*" },
            Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
            Resource: fileSystem.arn,
            Condition: {
              Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
              StringEquals: { "elasticfilesystem:AccessPointArn": door.arn },
            },
          },
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: { AWS: "*" },
            Action: "*",
            Resource: fileSystem.arn,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ),
      },
      scope.child(),
    );
  }
}
