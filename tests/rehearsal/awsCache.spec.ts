import { expect } from "chai";

import * as tokens from "../../rehearsal/clouds/aws/tokens";
import type { Properties } from "../../rehearsal/provider/properties";
import { Account, type Made, network, refusal, type TestNetwork } from "./awsAccount";

describe("a cache of the simulated ElastiCache", () => {
  let account: Account;
  let net: TestNetwork;
  let inputs: Properties;

  beforeEach(async () => {
    account = await Account.open();
    net = await network(account);
    const group = await account.make(tokens.CACHE_SUBNET_GROUP, "caches", { name: "caches", subnetIds: net.subnets.map(({ id }) => id) });
    inputs = {
      replicationGroupId: "sessions",
      description: "sessions",
      engine: "valkey",
      engineVersion: "8.2",
      nodeType: "cache.m7g.large",
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      transitEncryptionEnabled: true,
      authToken: "correct-horse-battery-staple",
      subnetGroupName: group.id,
    };
  });
  afterEach(() => account.close());

  const make = (more: Properties = {}): Promise<Made> => account.make(tokens.REPLICATION_GROUP, "sessions", { ...inputs, ...more });

  it("takes 8:03 and answers at its primary endpoint", async () => {
    const start = await account.now();
    const { outputs } = await make();
    expect((await account.now()) - start).to.be.closeTo(8.05, 0.01);
    expect(outputs.primaryEndpointAddress).to.match(/^master\.sessions\.[a-z0-9]{6}\.euc1\.cache\.amazonaws\.com$/);
    expect(outputs.memberClusters).to.deep.equal(["sessions-001", "sessions-002"]);
  });

  it("has a name of up to 40 characters that nobody else has, made by the provider where none is given", async () => {
    expect(await refusal(make({ replicationGroupId: "s".repeat(41) }))).to.contain("up to 40");
    const named = (name: string): Promise<Made> => account.make(tokens.REPLICATION_GROUP, name, { ...inputs, replicationGroupId: undefined });
    expect((await named("Sessions-of-all-the-faculties")).id).to.match(/^sessions-of-all-the-faculties-[0-9a-f]{7}$/);
    expect(await refusal(named("sessions-of-all-the-many-faculties"))).to.equal(
      "could not make instance of 'aws:elasticache/replicationGroup:ReplicationGroup': name 'sessions-of-all-the-many-faculties-' plus 7 random chars is longer than maximum length 40",
    );
    await make();
    expect(await refusal(account.make(tokens.REPLICATION_GROUP, "other", inputs))).to.contain("ReplicationGroupAlreadyExists");
  });

  for (const [what, more, message] of [
    ["a token without encryption in transit", { transitEncryptionEnabled: false }, "needs transitEncryptionEnabled"],
    ["a token of 15 characters", { authToken: "a".repeat(15) }, "16 to 128 characters"],
    ["a token with an at sign", { authToken: "correct@horse@battery" }, "only letters, digits and the symbols"],
    ["failover with one node", { numCacheClusters: 1 }, "at least 2"],
    ["several zones without failover", { automaticFailoverEnabled: false }, "must be true if multiAzEnabled is true"],
    ["a node type that does not exist", { nodeType: "cache.huge" }, "is not a name the service takes"],
    ["an engine that does not exist", { engine: "dragonfly" }, "expected engine to be one of"],
  ] as const) {
    it(`refuses ${what} before anything is made`, async () => {
      const said = await refusal(make(more));
      expect(said).to.contain(message);
      expect(said, "a token in a message").not.to.contain("horse");
      expect(account.live(tokens.REPLICATION_GROUP)).to.deep.equal([]);
    });
  }

  it("has a version that exists and a parameter group of its family", async () => {
    const parameters = (family: string): Promise<Made> => account.make(tokens.CACHE_PARAMETER_GROUP, family, { name: family, family, parameters: [{ name: "maxmemory-policy", value: "noeviction" }] });
    const [wrong, right] = [await parameters("redis7"), await parameters("valkey8")];
    expect(await refusal(make({ engineVersion: "8.9" }))).to.contain("Cannot find version 8.9 for valkey");
    expect(await refusal(make({ parameterGroupName: wrong.id }))).to.contain("Expected a parameter group of family valkey8");
    expect(await refusal(make({ parameterGroupName: "none" }))).to.contain("CacheParameterGroupNotFound");
    await make({ parameterGroupName: right.id });
    expect(await refusal(account.remove(right))).to.contain("still members of this parameter group");
  });

  it("keeps its subnet group while it stands and leaves a final snapshot where one is named", async () => {
    const cache = await make({ finalSnapshotIdentifier: "sessions-final" });
    const [group] = account.live(tokens.CACHE_SUBNET_GROUP);
    if (group === undefined) throw new Error("the fixture has a subnet group");
    expect(await refusal(account.remove(group))).to.contain("CacheSubnetGroupInUse");
    await account.remove(cache);
    await account.remove(group);
    expect(account.retained().map(({ id }) => id)).to.deep.equal(["sessions-final"]);
    const caches = await account.make(tokens.CACHE_SUBNET_GROUP, "caches", { name: "caches", subnetIds: net.subnets.map(({ id }) => id) });
    const again = await make({ subnetGroupName: caches.id, finalSnapshotIdentifier: "sessions-final" });
    expect(await refusal(account.remove(again))).to.contain("SnapshotAlreadyExistsFault");
  });

  it("goes from Redis to Valkey in place, and back only by a replacement", async () => {
    const valkey = await make();
    const redis = await account.make(tokens.REPLICATION_GROUP, "old", { ...inputs, replicationGroupId: "old", engine: "redis", engineVersion: "7.1" });
    expect(account.replaced(redis, { engine: "valkey", engineVersion: "8.2" })).to.deep.equal([]);
    expect(account.replaced(valkey, { engine: "redis", engineVersion: "7.1" })).to.deep.equal(["engine", "engineVersion"]);
  });

  it("is replaced for its key, port and subnet group, not for its nodes", async () => {
    const cache = await make();
    expect(account.replaced(cache, { kmsKeyId: "other", port: 6380, subnetGroupName: "other" })).to.have.members(["kmsKeyId", "port", "subnetGroupName"]);
    expect(account.replaced(cache, { nodeType: "cache.r7g.large", numCacheClusters: 3, engineVersion: "9.0" })).to.deep.equal([]);
  });
});
