import { type Cloud, CloudError, type ForceNew, type Latency, NotReady } from "../../../rehearsal/provider/behaviour";
import { flag, text } from "../../../rehearsal/provider/properties";

const latency: Latency = { create: 10, update: 4, delete: 2, source: { basis: "measured", from: "this test" } };
const forceNew: ForceNew = { paths: ["engine", "username"], source: "this test" };

export const DATABASE = "aws:rds/instance:Instance";
export const PARAMETERS = "aws:rds/parameterGroup:ParameterGroup";
export const VPC = "aws:ec2/vpc:Vpc";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const ACCESS_KEY = "aws:iam/accessKey:AccessKey";
/** A type without an entry in the toy cloud. */
export const TOPIC = "aws:sns/topic:Topic";

/** A cloud with a handful of rules, on types of the real SDK. */
const upkeep = { monthly: { usd: 1.9, why: "20 GiB x 0.095" }, remove: "delete the snapshot" };

export const toyCloud: Cloud = {
  name: "aws",
  behaviours: {
    [DATABASE]: {
      latency,
      forceNew,
      autoName: { property: "identifier", maxLength: 63, lowercase: true },
      check: (inputs) => (text(inputs, "engine") === "mysql" ? [{ property: "engine", reason: "engine must be postgres, is mysql" }] : []),
      uniqueBy: (inputs) => text(inputs, "identifier"),
      alreadyExists: (key) => `DBInstanceAlreadyExists: DB instance ${key} already exists`,
      outputs: (_inputs, { id, random }) => ({ arn: `arn:aws:rds:eu-central-1:123456789012:db:${id}`, resourceId: `db-${random.for("resource").hex(20)}` }),
      beforeDelete: ({ inputs }) => {
        if (flag(inputs, "deletionProtection") === true) throw new CloudError("InvalidParameterCombination", "Cannot delete protected DB Instance");
      },
      retainedOnDelete: ({ inputs }) => {
        const id = text(inputs, "finalSnapshotIdentifier");
        return id === undefined ? [] : [{ id, type: "aws:rds/snapshot:Snapshot", name: id, reason: "final snapshot", upkeep }];
      },
      settle: (inputs) => {
        if (text(inputs, "dbName") === "broken") throw new NotReady(["the database never answered"]);
      },
    },
    [VPC]: {
      latency: { ...latency, create: 1 },
      forceNew: { paths: ["cidrBlock"], source: "this test" },
      autoName: false,
      id: (_inputs, { random }) => `vpc-${random.for("id").hex(17)}`,
      outputs: (_inputs, { id }) => ({ arn: `arn:aws:ec2:eu-central-1:123456789012:vpc/${id}` }),
      beforeDelete: ({ id }, { objects }) => {
        if (objects.where(SUBNET, "vpcId", id).length > 0) throw new CloudError("DependencyViolation", `The vpc '${id}' has dependencies and cannot be deleted.`);
      },
    },
    // The cloud makes the secret, and tells it.
    [ACCESS_KEY]: { latency, forceNew: { paths: ["user"], source: "this test" }, outputs: (_inputs, { random }) => ({ secret: random.for("secret").hex(40) }) },
    [SUBNET]: { latency, forceNew: { paths: ["vpcId"], source: "this test" } },
  },
  invokes: { "aws:index/getRegion:getRegion": (_args, { config }) => ({ id: text(config, "region") ?? "" }) },
};
