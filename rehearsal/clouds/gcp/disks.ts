import { type Behaviour, type Context, type Problem } from "../../provider/behaviour";
import { number, type Properties, text } from "../../provider/properties";
import { operation, replacedBy } from "./facts";
import { usableKey } from "./kms";
import { lastPart, projectOf, regionAround, regionOf, selfLink, zoneOf, zonesOf } from "./place";
import { labelNameProblems, liveOf, located, nameOf, needed, refersTo } from "./reference";
import { answered, refused } from "./refusals";
import * as tokens from "./tokens";

const TYPES = ["pd-standard", "pd-balanced", "pd-ssd", "pd-extreme", "hyperdisk-balanced", "hyperdisk-balanced-high-availability", "hyperdisk-extreme", "hyperdisk-throughput", "hyperdisk-ml"];
const PROVISIONED = /^(hyperdisk-|pd-extreme)/;

/** https://cloud.google.com/compute/docs/disks/hyperdisks#limits-disk, of Hyperdisk Balanced. */
const BALANCED = { size: [4, 65_536], iops: [3000, 160_000], iopsOfGiB: 500, throughput: [140, 2400], iopsOfThroughput: [4, 256] } as const;

export const disk: Behaviour = {
  latency: operation,
  forceNew: replacedBy(
    "compute/resource_compute_disk.go",
    [
      ...["name", "type", "zone", "architecture", "asyncPrimaryDisk", "description", "diskEncryptionKey", "enableConfidentialCompute", "guestOsFeatures"],
      ...["image", "licenses", "params", "physicalBlockSizeBytes", "snapshot", "sourceDisk", "sourceImageEncryptionKey", "sourceInstantSnapshot"],
      ...["sourceSnapshotEncryptionKey", "sourceStorageObject", "storagePool"],
    ],
    { when: shrunk, inWords: "`size` to a smaller one" },
  ),
  check: (inputs) => [...labelNameProblems(inputs), ...typeProblems(inputs)],
  beforeCreate: (inputs, context) => {
    const zone = zoneOf(inputs, context);
    if (!zonesOf(regionAround(zone)).includes(zone)) throw answered(400, `Invalid value for field 'zone': '${zone}'. Unknown zone.`, "invalid");
    refusePerformance(inputs);
    usableKey(text(inputs, "diskEncryptionKey.kmsKeySelfLink"), "compute-system.iam.gserviceaccount.com", context);
    const snapshot = text(inputs, "snapshot");
    if (snapshot !== undefined && !context.objects.ofType(tokens.DISK_SNAPSHOT).some((found) => refersTo(snapshot, found))) {
      throw answered(404, `The resource '${snapshot}' was not found`, "notFound");
    }
  },
  ...located((inputs, context) => `zones/${zoneOf(inputs, context)}/disks/${nameOf(inputs)}`),
  outputs: (inputs, context) => {
    const size = number(inputs, "size") ?? 500;
    const balanced = typeOf(inputs) === "hyperdisk-balanced";
    return {
      zone: zoneOf(inputs, context),
      selfLink: selfLink(context.id),
      diskId: context.random.for("number").digits(19),
      size,
      type: text(inputs, "type") ?? "pd-standard",
      provisionedIops: number(inputs, "provisionedIops") ?? (balanced ? Math.min(BALANCED.iops[0], size * BALANCED.iopsOfGiB) : 0),
      provisionedThroughput: number(inputs, "provisionedThroughput") ?? (balanced ? BALANCED.throughput[0] : 0),
      physicalBlockSizeBytes: number(inputs, "physicalBlockSizeBytes") ?? 4096,
      accessMode: text(inputs, "accessMode") ?? "READ_WRITE_SINGLE",
      creationTimestamp: text(context.previous, "creationTimestamp") ?? context.timestamp,
      lastAttachTimestamp: "",
      lastDetachTimestamp: "",
      users: [],
    };
  },
  beforeUpdate: (inputs) => refusePerformance(inputs),
  beforeDelete: (object) => {
    if (text(object.outputs, "deletionPolicy") === "PREVENT") throw refused(`cannot destroy disk ${object.id} without setting deletion_policy="DELETE"`);
  },
  afterDelete: (object, context) => {
    const attached = liveOf(context, tokens.DISK_POLICY_ATTACHMENT).filter(({ outputs }) => text(outputs, "disk") === nameOf(object.outputs));
    for (const { type, id } of attached) context.drop(type, id);
  },
};

// IsDiskShrinkage
function shrunk(olds: Properties, news: Properties): readonly string[] {
  const [before, after] = [olds, news].map((inputs) => number(inputs, "size"));
  return before !== undefined && after !== undefined && after < before ? ["size"] : [];
}

function typeOf(inputs: Properties): string {
  return lastPart(text(inputs, "type") ?? "pd-standard");
}

function typeProblems(inputs: Properties): readonly Problem[] {
  const type = typeOf(inputs);
  const known = inputs.type === undefined || TYPES.includes(type) || text(inputs, "type") === undefined;
  return known ? [] : [{ property: "type", reason: `expected type to be one of ${TYPES.join(", ")}, got ${type}.` }];
}

function refusePerformance(inputs: Properties): void {
  const [size, iops, throughput] = ["size", "provisionedIops", "provisionedThroughput"].map((name) => number(inputs, name));
  const type = typeOf(inputs);
  if (!PROVISIONED.test(type) && (iops !== undefined || throughput !== undefined)) {
    throw invalid("provisionedIops", iops ?? throughput ?? 0, `IOPS and throughput can't be provisioned for a disk of type ${type}.`);
  }
  if (type !== "hyperdisk-balanced" || size === undefined) return;
  const { size: sizes, iops: bounds, iopsOfGiB, throughput: speeds, iopsOfThroughput } = BALANCED;
  if (size < sizes[0] || size > sizes[1]) throw invalid("sizeGb", size, `Disk size must be from ${sizes[0]} to ${sizes[1]} GB.`);
  const mostIops = Math.min(bounds[1], size * iopsOfGiB);
  const leastIops = Math.min(bounds[0], mostIops);
  const given = iops ?? leastIops;
  if (given < leastIops || given > mostIops) throw invalid("provisionedIops", given, `Disk provisioned IOPS must be from ${leastIops} to ${mostIops} for a size of ${size} GB.`);
  const mostSpeed = Math.min(speeds[1], Math.max(speeds[0], given / iopsOfThroughput[0]));
  const leastSpeed = Math.max(speeds[0], given / iopsOfThroughput[1]);
  if (throughput !== undefined && (throughput < leastSpeed || throughput > mostSpeed)) {
    throw invalid("provisionedThroughput", throughput, `Disk provisioned throughput must be from ${leastSpeed} to ${mostSpeed} MB per second for ${given} IOPS.`);
  }
}

function invalid(field: string, value: number, why: string) {
  return answered(400, `Invalid value for field 'resource.${field}': '${value}'. ${why}`, "invalid");
}

/** A schedule of snapshots. */
export const resourcePolicy: Behaviour = {
  latency: operation,
  forceNew: replacedBy("compute/resource_compute_resource_policy.go", [
    ...["region", "diskConsistencyGroupPolicy.enabled", "groupPlacementPolicy.gpuTopology"],
    ...["workloadPolicy.type", "workloadPolicy.acceleratorTopology", "workloadPolicy.maxTopologyDistance"],
  ]),
  check: (inputs) => labelNameProblems(inputs),
  ...located((inputs, context) => `regions/${regionOf(inputs, context)}/resourcePolicies/${nameOf(inputs)}`),
  outputs: (_, context) => ({ selfLink: selfLink(context.id) }),
};

export const diskPolicyAttachment: Behaviour = {
  latency: operation,
  forceNew: replacedBy("compute/resource_compute_disk_resource_policy_attachment.go", ["disk", "name", "zone"]),
  autoName: false,
  beforeCreate: (inputs, context) => {
    needed(context, tokens.DISK, text(inputs, "disk") ?? "");
    needed(context, tokens.RESOURCE_POLICY, nameOf(inputs));
  },
  id: attachmentId,
  uniqueBy: attachmentId,
};

function attachmentId(inputs: Properties, context: Context): string {
  return [projectOf(inputs, context), zoneOf(inputs, context), lastPart(text(inputs, "disk") ?? ""), nameOf(inputs)].join("/");
}
