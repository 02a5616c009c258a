import { prices } from "../../../providers/aws/prices";
import { type Behaviour, CloudError, type CloudObject, type Context } from "../../provider/behaviour";
import { at, flag, number, text, texts } from "../../provider/properties";
import { parseRange, addressIn } from "../cidr";
import { assumed, momentary, replacedBy } from "./facts";
import { neededKey } from "./kms";
import { policyProblems } from "./policyDocument";
import { choiceProblems, described, live, liveWhere, needed } from "../reference";
import { ACCOUNT, arn, regionOf } from "./region";
import { vpcOfGroup } from "./securityGroups";
import * as tokens from "./tokens";
import { removal, upTo } from "./upkeep";
import { neededSubnet } from "./vpc";

const MOUNT_TARGET_GROUPS = 5;

function neededFileSystem(context: Context, id: string): CloudObject {
  return needed(context, tokens.FILE_SYSTEM, id, "FileSystemNotFound", `File system '${id}' does not exist.`);
}

export const fileSystem: Behaviour = {
  latency: assumed("0:10", "0:05", "0:10"),
  forceNew: replacedBy("efs/file_system.go", ["availabilityZoneName", "creationToken", "encrypted", "kmsKeyId", "performanceMode"]),
  autoName: false,
  check: (inputs) => [
    ...choiceProblems(inputs, "performanceMode", ["generalPurpose", "maxIO"]),
    ...choiceProblems(inputs, "throughputMode", ["bursting", "provisioned", "elastic"]),
    ...(inputs.kmsKeyId !== undefined && flag(inputs, "encrypted") !== true ? [{ property: "encrypted", reason: "encrypted must be set to true when kmsKeyId is specified" }] : []),
    ...(text(inputs, "performanceMode") === "maxIO" && text(inputs, "throughputMode") === "elastic"
      ? [{ property: "performanceMode", reason: "BadRequest: maxIO is not supported with elastic throughput." }]
      : []),
    ...(text(inputs, "throughputMode") === "provisioned" && inputs.provisionedThroughputInMibps === undefined
      ? [{ property: "provisionedThroughputInMibps", reason: "BadRequest: ProvisionedThroughputInMibps is needed for provisioned throughput." }]
      : []),
  ],
  beforeCreate: (inputs, context) => {
    neededKey(inputs, "kmsKeyId", context, "BadRequest", (key) => `The KMS key ${key} does not exist or can't be used.`);
  },
  uniqueBy: (inputs) => text(inputs, "creationToken"),
  alreadyExists: (key) => `FileSystemAlreadyExists: File system with creation token '${key}' already exists.`,
  id: (_, context) => `fs-${context.random.for("id").hex(17)}`,
  outputs: (inputs, context) => {
    const region = regionOf(inputs, context);
    return {
      arn: arn("elasticfilesystem", region, `file-system/${context.id}`),
      dnsName: `${context.id}.efs.${region}.amazonaws.com`,
      ownerId: ACCOUNT,
      name: text(inputs, "tags.Name") ?? "",
      numberOfMountTargets: liveWhere(context, tokens.MOUNT_TARGET, "fileSystemId", context.id).length,
      sizeInBytes: [{ value: 6144, valueInIa: 0, valueInStandard: 6144 }],
      encrypted: flag(inputs, "encrypted") ?? false,
      performanceMode: text(inputs, "performanceMode") ?? "generalPurpose",
      throughputMode: text(inputs, "throughputMode") ?? "bursting",
      protection: inputs.protection ?? { replicationOverwrite: "ENABLED" },
    };
  },
  // The provider asks once.
  beforeDelete: (object, context) => {
    const targets = liveWhere(context, tokens.MOUNT_TARGET, "fileSystemId", object.id);
    if (targets.length === 0) return;
    throw new CloudError("FileSystemInUse", `Cannot delete file system ${object.id}: it has mount targets: ${targets.map(described).join(", ")}.`);
  },
};

export const mountTarget: Behaviour = {
  latency: assumed("1:30", "0:05", "0:45"),
  forceNew: replacedBy("efs/mount_target.go", ["fileSystemId", "subnetId", "ipAddress", "ipAddressType", "ipv6Address"]),
  beforeCreate: (inputs, context) => {
    const fileSystemId = text(inputs, "fileSystemId") ?? "";
    neededFileSystem(context, fileSystemId);
    const subnet = neededSubnet(context, text(inputs, "subnetId") ?? "").outputs;
    for (const other of liveWhere(context, tokens.MOUNT_TARGET, "fileSystemId", fileSystemId)) {
      const its = live(context, tokens.SUBNET, text(other.outputs, "subnetId") ?? "")?.outputs;
      if (at(its, "vpcId") !== subnet.vpcId) throw new CloudError("MountTargetConflict", "requested subnet for new mount target is not in the same VPC as existing mount targets");
      if (at(its, "availabilityZone") === subnet.availabilityZone) throw new CloudError("MountTargetConflict", "mount target already exists in this AZ");
    }
    const groups = texts(inputs, "securityGroups");
    if (groups.length > MOUNT_TARGET_GROUPS) throw new CloudError("SecurityGroupLimitExceeded", `A mount target takes up to ${MOUNT_TARGET_GROUPS} security groups.`);
    for (const id of groups) {
      if (vpcOfGroup(context, id) === subnet.vpcId) continue;
      throw new CloudError("SecurityGroupNotFound", `The security group '${id}' is not in the subnet's VPC ${text(subnet, "vpcId")}.`);
    }
  },
  id: (_, context) => `fsmt-${context.random.for("id").hex(17)}`,
  outputs: (inputs, context) => {
    const region = regionOf(inputs, context);
    const fileSystemId = text(inputs, "fileSystemId") ?? "";
    const subnet = neededSubnet(context, text(inputs, "subnetId") ?? "").outputs;
    const range = parseRange(text(subnet, "cidrBlock") ?? "");
    const zone = text(subnet, "availabilityZone");
    return {
      fileSystemArn: arn("elasticfilesystem", region, `file-system/${fileSystemId}`),
      ownerId: ACCOUNT,
      dnsName: `${fileSystemId}.efs.${region}.amazonaws.com`,
      mountTargetDnsName: `${zone}.${fileSystemId}.efs.${region}.amazonaws.com`,
      availabilityZoneName: zone,
      availabilityZoneId: text(subnet, "availabilityZoneId"),
      networkInterfaceId: `eni-${context.random.for("interface").hex(17)}`,
      ipAddress: text(inputs, "ipAddress") ?? (range === undefined ? "" : addressIn(range, 4 + context.random.for("address").integer(10))),
      securityGroups: texts(inputs, "securityGroups"),
    };
  },
};

export const accessPoint: Behaviour = {
  latency: assumed("0:06", "0:02", "0:05"),
  forceNew: replacedBy("efs/access_point.go", ["fileSystemId", "posixUser", "rootDirectory"]),
  check: (inputs) => {
    const permissions = text(inputs, "rootDirectory.creationInfo.permissions");
    if (permissions === undefined || /^[0-7]{3,4}$/.test(permissions)) return [];
    return [{ property: "rootDirectory.creationInfo.permissions", reason: `expected 3 or 4 octal digits, got ${permissions}.` }];
  },
  beforeCreate: (inputs, context) => {
    neededFileSystem(context, text(inputs, "fileSystemId") ?? "");
  },
  id: (_, context) => `fsap-${context.random.for("id").hex(17)}`,
  outputs: (inputs, context) => {
    const region = regionOf(inputs, context);
    return {
      arn: arn("elasticfilesystem", region, `access-point/${context.id}`),
      fileSystemArn: arn("elasticfilesystem", region, `file-system/${text(inputs, "fileSystemId")}`),
      ownerId: ACCOUNT,
      rootDirectory: inputs.rootDirectory ?? { path: "/" },
    };
  },
};

export const fileSystemPolicy: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("efs/file_system_policy.go", ["fileSystemId"]),
  check: (inputs) => policyProblems(inputs, "policy"),
  beforeCreate: (inputs, context) => {
    neededFileSystem(context, text(inputs, "fileSystemId") ?? "");
  },
  id: (inputs) => text(inputs, "fileSystemId") ?? "",
  overwrites: true,
};

export const backupPolicy: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("efs/backup_policy.go", ["fileSystemId"]),
  check: (inputs) => choiceProblems(inputs, "backupPolicy.status", ["ENABLED", "DISABLED"]),
  beforeCreate: (inputs, context) => {
    neededFileSystem(context, text(inputs, "fileSystemId") ?? "");
  },
  id: (inputs) => text(inputs, "fileSystemId") ?? "",
  overwrites: true,
};

const VOLUME_LIMITS: Readonly<Record<string, { readonly sizes: readonly [number, number]; readonly iops: readonly [number, number] }>> = {
  gp3: { sizes: [1, 65_536], iops: [3000, 80_000] },
  io2: { sizes: [4, 65_536], iops: [100, 256_000] },
  io1: { sizes: [4, 16_384], iops: [100, 64_000] },
  gp2: { sizes: [1, 16_384], iops: [0, 0] },
};

const SNAPSHOT = "aws:ebs/snapshot:Snapshot";

export const volume: Behaviour = {
  latency: assumed("0:12", "0:30", "0:12"),
  forceNew: replacedBy("ec2/ebs_volume.go", ["availabilityZone", "encrypted", "kmsKeyId", "multiAttachEnabled", "outpostArn", "snapshotId"]),
  check: (inputs) => {
    const type = text(inputs, "type") ?? "gp2";
    const limits = VOLUME_LIMITS[type];
    if (limits === undefined) return choiceProblems(inputs, "type", [...Object.keys(VOLUME_LIMITS), "st1", "sc1", "standard"]);
    const [size, iops] = [number(inputs, "size"), number(inputs, "iops")];
    return [
      ...(inputs.size === undefined && inputs.snapshotId === undefined ? [{ property: "size", reason: "one of size and snapshotId is needed" }] : []),
      ...(size === undefined || (size >= limits.sizes[0] && size <= limits.sizes[1]) ? [] : [{ property: "size", reason: `Volume of ${size}GiB is outside ${limits.sizes.join(" to ")} GiB for volume type ${type}` }]),
      ...(iops === undefined || (iops >= limits.iops[0] && iops <= limits.iops[1]) ? [] : [{ property: "iops", reason: `Volume iops of ${iops} is outside ${limits.iops.join(" to ")} for volume type ${type}` }]),
      ...(type.startsWith("io") && inputs.iops === undefined ? [{ property: "iops", reason: `'iops' must be set when 'type' is '${type}'` }] : []),
      ...(inputs.throughput !== undefined && type !== "gp3" ? [{ property: "throughput", reason: `'throughput' must not be set when 'type' is '${type}'` }] : []),
    ];
  },
  beforeCreate: (inputs, context) => {
    neededKey(inputs, "kmsKeyId", context, "InvalidKmsKeyId.NotFound", (key) => `The specified KMS key ${key} does not exist`);
    const snapshot = text(inputs, "snapshotId");
    if (snapshot === undefined || context.objects.ofType(SNAPSHOT).some(({ id }) => id === snapshot)) return;
    throw new CloudError("InvalidSnapshot.NotFound", `The snapshot '${snapshot}' does not exist.`);
  },
  id: (_, context) => `vol-${context.random.for("id").hex(17)}`,
  outputs: (inputs, context) => ({
    arn: arn("ec2", regionOf(inputs, context), `volume/${context.id}`),
    createTime: text(context.previous, "createTime") ?? context.timestamp,
    encrypted: flag(inputs, "encrypted") ?? false,
    type: text(inputs, "type") ?? "gp2",
    throughput: number(inputs, "throughput") ?? (text(inputs, "type") === "gp3" ? 125 : 0),
    iops: number(inputs, "iops") ?? (text(inputs, "type") === "gp3" ? 3000 : 100),
  }),
  beforeUpdate: (inputs, olds) => {
    const [now, wanted] = [number(olds, "size"), number(inputs, "size")];
    if (now === undefined || wanted === undefined || wanted >= now) return;
    throw new CloudError("InvalidParameterValue", `New size cannot be smaller than existing size: ${wanted} < ${now}`);
  },
  retainedOnDelete: (object, context) => {
    if (flag(object.inputs, "finalSnapshot") !== true) return [];
    const id = `snap-${context.random.for("snapshot").hex(17)}`;
    const monthly = upTo(number(object.outputs, "size") ?? 0, prices.monthly.diskSnapshotGiB);
    const upkeep = { monthly, remove: removal(object, `ec2 delete-snapshot --snapshot-id ${id}`) };
    const outputs = { volumeId: object.id, kmsKeyId: object.outputs.kmsKeyId };
    return [{ id, type: SNAPSHOT, name: object.name, reason: `final snapshot of volume ${object.id}`, upkeep, outputs }];
  },
};
