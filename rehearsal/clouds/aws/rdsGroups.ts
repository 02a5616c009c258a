import { type Behaviour, CloudError } from "../../provider/behaviour";
import { list, text, texts } from "../../provider/properties";
import { assumed, momentary, replacedBy } from "./facts";
import { instancesWith } from "./rds";
import { described, live, nameProblems, unused } from "../reference";
import { arn, regionOf } from "./region";
import * as tokens from "./tokens";

export const subnetGroup: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("rds/subnet_group.go", ["name", "namePrefix"]),
  autoName: { property: "name", lowercase: true },
  check: (inputs) => nameProblems(inputs, "name", /^(?!default$)[a-z0-9_. -]{1,255}$/, "up to 255 lower-case letters, digits, spaces and _.-, not default"),
  beforeCreate: (inputs, context) => {
    const subnets = texts(inputs, "subnetIds").map((id) => live(context, tokens.SUBNET, id) ?? id);
    const absent = subnets.filter((subnet): subnet is string => typeof subnet === "string");
    if (absent.length > 0) throw new CloudError("InvalidSubnet", `Some input subnets in :[${absent.join(", ")}] are invalid.`);
    const found = subnets.flatMap((subnet) => (typeof subnet === "string" ? [] : [subnet.outputs]));
    if (new Set(found.map((subnet) => text(subnet, "vpcId"))).size > 1) {
      throw new CloudError("InvalidVPCNetworkStateFault", "DB subnet group's subnets are in different VPCs.");
    }
    const zones = [...new Set(found.map((subnet) => text(subnet, "availabilityZone")))];
    if (zones.length >= 2) return;
    throw new CloudError(
      "DBSubnetGroupDoesNotCoverEnoughAZs",
      `The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${zones.join(", ")}. Add subnets to cover at least 2 AZs.`,
    );
  },
  uniqueBy: (inputs, context) => `${regionOf(inputs, context)} ${text(inputs, "name")}`,
  alreadyExists: (key) => `DBSubnetGroupAlreadyExists: The DB subnet group '${key.slice(key.indexOf(" ") + 1)}' already exists.`,
  outputs: (inputs, context) => ({
    arn: arn("rds", regionOf(inputs, context), `subgrp:${text(inputs, "name")}`),
    description: text(inputs, "description") ?? "Managed by Pulumi",
    supportedNetworkTypes: ["IPV4"],
    vpcId: text(live(context, tokens.SUBNET, texts(inputs, "subnetIds")[0] ?? "")?.outputs, "vpcId"),
  }),
  beforeDelete: (object, context) => {
    const user = instancesWith(context, "dbSubnetGroupName", object.id)[0];
    if (user === undefined) return;
    throw new CloudError("InvalidDBSubnetGroupStateFault", `Cannot delete the subnet group '${object.id}' because at least one database instance: ${described(user)} is still using it.`);
  },
};

const FAMILY = /^(postgres(1[3-8])|mysql8\.[04]|mariadb(10\.11|11\.[48])|aurora-postgresql1[3-8]|aurora-mysql8\.0)$/;

/** Values that only take effect when the instance restarts; the service refuses to apply them at once. */
const STATIC = ["shared_preload_libraries", "max_connections", "shared_buffers", "wal_buffers", "max_wal_senders", "rds.logical_replication"];

export const parameterGroup: Behaviour = {
  latency: assumed("0:04", "0:04", "0:04"),
  forceNew: replacedBy("rds/parameter_group.go", ["name", "namePrefix", "family", "description"]),
  autoName: { property: "name", lowercase: true },
  check: (inputs) => [
    ...nameProblems(inputs, "name", /^(?!.*--)[a-z][a-z0-9-]{0,254}(?<!-)$/, "lower-case letters, digits and single hyphens, beginning with a letter, not ending with a hyphen"),
    ...nameProblems(inputs, "family", FAMILY, "a family such as postgres17"),
    ...list(inputs, "parameters").flatMap((parameter) => {
      const name = text(parameter, "name") ?? "";
      if (!STATIC.includes(name) || text(parameter, "applyMethod") === "pending-reboot") return [];
      return [{ property: "parameters", reason: `InvalidParameterCombination: cannot use immediate apply method for static parameter ${name}; give it applyMethod pending-reboot.` }];
    }),
  ],
  uniqueBy: (inputs, context) => `${regionOf(inputs, context)} ${text(inputs, "name")}`,
  alreadyExists: (key) => `DBParameterGroupAlreadyExists: Parameter group ${key.split(" ")[1]} already exists`,
  outputs: (inputs, context) => ({
    arn: arn("rds", regionOf(inputs, context), `pg:${text(inputs, "name")}`),
    description: text(inputs, "description") ?? "Managed by Pulumi",
  }),
  beforeDelete: (object, context) =>
    unused(
      context,
      () => instancesWith(context, "parameterGroupName", object.id),
      3,
      "InvalidDBParameterGroupState",
      `One or more database instances are still members of this parameter group ${object.id}, so the group cannot be deleted`,
    ),
};
