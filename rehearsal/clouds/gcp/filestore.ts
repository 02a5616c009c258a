import { type Behaviour, type CloudObject, type Context, type Latency } from "../../provider/behaviour";
import { flag, isObject, list, number, object, type Properties, text } from "../../provider/properties";
import { minutes, replacedBy } from "./facts";
import { usableKey } from "./kms";
import { locationOf } from "./place";
import { choiceProblems, labelNameProblems, located, nameOf, nameProblems, needed, refuseProtected } from "./reference";
import { answered } from "./refusals";
import { isConnected } from "./serviceNetworking";
import * as tokens from "./tokens";

/** GiB, least and most. https://cloud.google.com/filestore/docs/service-tiers; a REGIONAL one of 100 GiB since 2026. */
const CAPACITIES: Readonly<Record<string, readonly [least: number, most: number]>> = {
  BASIC_HDD: [1024, 65_433],
  STANDARD: [1024, 65_433],
  BASIC_SSD: [2560, 65_433],
  PREMIUM: [2560, 65_433],
  ZONAL: [1024, 102_400],
  HIGH_SCALE_SSD: [10_240, 102_400],
  REGIONAL: [100, 102_400],
  ENTERPRISE: [1024, 10_240],
};

/** Tiers whose shares never shrink. */
const ONLY_GROWING = ["BASIC_HDD", "BASIC_SSD", "STANDARD", "PREMIUM"];
const OVER_ZONES = ["REGIONAL", "ENTERPRISE"];

const latency: Latency = {
  create: (inputs) => minutes(OVER_ZONES.includes(text(inputs, "tier") ?? "") ? "15:00" : "5:00"),
  update: minutes("2:00"),
  delete: minutes("2:00"),
  source: { basis: "assumed", from: "estimated; no run log was found, and the provider waits for up to 10 days" },
};

export const filestoreInstance: Behaviour = {
  latency,
  forceNew: replacedBy("filestore/resource_filestore_instance.go", [
    ...["name", "tier", "location", "zone", "protocol", "kmsKeyName", "networks", "initialReplication", "tags"],
    ...["fileShares.name", "fileShares.sourceBackup", "fileShares.sourceBackupdrBackup"],
  ]),
  check: (inputs) => [
    ...labelNameProblems(inputs),
    ...choiceProblems(inputs, "tier", Object.keys(CAPACITIES)),
    ...choiceProblems(inputs, "protocol", ["NFS_V3", "NFS_V4_1"]),
    ...nameProblems(object(inputs, "fileShares"), "name", /^[a-z][a-z0-9_]{0,15}$/, "up to 16 lower-case letters, digits and _, beginning with a letter"),
  ],
  beforeCreate: (inputs, context) => {
    refuseCapacity(inputs);
    refusePlace(inputs, context);
    usableKey(text(inputs, "kmsKeyName"), "cloud-filer.iam.gserviceaccount.com", context);
    for (const used of networksOf(inputs)) refuseNetwork(used, context);
  },
  ...located((inputs, context) => `locations/${locationOf(inputs, context)}/instances/${nameOf(inputs)}`),
  outputs: (inputs, context) => {
    const ip = context.random.for("address");
    const address = `172.20.${ip.integer(250)}.${2 + ip.integer(250)}`;
    return {
      location: locationOf(inputs, context),
      zone: locationOf(inputs, context),
      createTime: text(context.previous, "createTime") ?? context.timestamp,
      etag: context.random.for("etag").alphanumeric(22),
      protocol: text(inputs, "protocol") ?? "NFS_V3",
      networks: networksOf(inputs).map((used) => ({ connectMode: "DIRECT_PEERING", reservedIpRange: "", ...used, ipAddresses: [address] })),
      effectiveReplications: [],
    };
  },
  decides: ["networks[0].ipAddresses"],
  beforeUpdate: (inputs, olds) => {
    refuseCapacity(inputs);
    const [before, after] = [olds, inputs].map((given) => number(given, "fileShares.capacityGb") ?? 0);
    const tier = text(inputs, "tier") ?? "";
    if ((after ?? 0) < (before ?? 0) && ONLY_GROWING.includes(tier)) throw answered(400, `The capacity of a ${tier} instance can't be decreased.`, "badRequest");
  },
  beforeDelete: (object: CloudObject) => {
    refuseProtected(object, false, "");
    if (flag(object.outputs, "deletionProtectionEnabled") === true) throw answered(400, `Instance '${object.id}' has deletion protection enabled.`, "failedPrecondition");
  },
};

function networksOf(inputs: Properties): readonly Properties[] {
  return list(inputs, "networks").filter(isObject);
}

function refuseCapacity(inputs: Properties): void {
  const [tier, capacity] = [text(inputs, "tier") ?? "", number(inputs, "fileShares.capacityGb") ?? 0];
  const [least, most] = CAPACITIES[tier] ?? [0, 0];
  if (capacity >= least && capacity <= most) return;
  throw answered(400, `The capacity of a ${tier} instance is from ${least} to ${most} GiB, got ${capacity}.`, "badRequest");
}

function refusePlace(inputs: Properties, context: Context): void {
  const [tier, location] = [text(inputs, "tier") ?? "", locationOf(inputs, context)];
  const isZone = /-[a-z]$/.test(location);
  if (OVER_ZONES.includes(tier) !== isZone) return;
  throw answered(400, `An instance of the tier ${tier} is in a ${isZone ? "region" : "zone"}, got location '${location}'.`, "badRequest");
}

function refuseNetwork(used: Properties, context: Context): void {
  const network = text(used, "network") ?? "";
  needed(context, tokens.NETWORK, network);
  if (text(used, "connectMode") !== "PRIVATE_SERVICE_ACCESS" || isConnected(context, network)) return;
  throw answered(400, `Private services access connection not found in network '${network}'. Create one, or use DIRECT_PEERING.`, "failedPrecondition");
}

/** A backup of a share, in a region, apart from the instance. */
export const filestoreBackup: Behaviour = {
  latency: { create: minutes("3:00"), update: minutes("0:10"), delete: minutes("0:30"), source: latency.source },
  forceNew: replacedBy("filestore/resource_filestore_backup.go", ["location", "name", "sourceFileShare", "tags"]),
  check: (inputs) => labelNameProblems(inputs),
  beforeCreate: (inputs, context) => {
    needed(context, tokens.FILESTORE, text(inputs, "sourceInstance") ?? "");
  },
  ...located((inputs, context) => `locations/${locationOf(inputs, context)}/backups/${nameOf(inputs)}`),
};
