import { expect } from "chai";
import { aCloudPlan, aSmallCloudPlan } from "../../support/plans";
import { built, type Built } from "./built";

const cache = "elasticache/replicationGroup:ReplicationGroup";

describe("AWS caches", () => {
  let large: Built;
  let small: Built;
  before(async () => {
    large = await built(aCloudPlan());
    small = await built(aSmallCloudPlan());
  });

  it("refuse writes when sessions fill them, and forget the oldest of everything else", () => {
    const parameters = (end: string) => large.inputs("elasticache/parameterGroup:ParameterGroup", end).parameters;
    expect(parameters("-sessions")).to.deep.equal([{ name: "maxmemory-policy", value: "noeviction" }]);
    expect(parameters("-cache")).to.deep.equal([{ name: "maxmemory-policy", value: "allkeys-lru" }]);
  });

  it("speak TLS, ask for a token and encrypt what they store", () => {
    for (const end of ["-sessions", "-cache"]) {
      expect(large.inputs(cache, end), end).to.include({
        engine: "valkey",
        engineVersion: "8.2",
        clusterMode: "disabled",
        transitEncryptionEnabled: true,
        transitEncryptionMode: "required",
        authToken: `password-of-site${end}`,
        atRestEncryptionEnabled: true,
      });
      expect(large.the(cache, end).secretInputs, end).to.include("authToken");
    }
  });

  it("fail over only where the plan says so", () => {
    expect(large.inputs(cache, "-sessions")).to.include({ numCacheClusters: 2, automaticFailoverEnabled: true, multiAzEnabled: true });
    expect(small.inputs(cache)).to.include({ numCacheClusters: 1, automaticFailoverEnabled: false, multiAzEnabled: false });
  });

  it("keep sessions for a day and leave a snapshot; the rest can be computed again", () => {
    expect(large.inputs(cache, "-sessions")).to.include({ snapshotRetentionLimit: 1, finalSnapshotIdentifier: "site-sessions-final-c0ffee00" });
    expect(large.inputs(cache, "-cache")).to.include({ snapshotRetentionLimit: 0 }).and.not.to.have.property("finalSnapshotIdentifier");
  });

  it("are one where the plan has one", () => {
    expect(small.names(cache)).to.deep.equal(["site-sessions"]);
    expect(small.foundation.applicationCache).to.equal(small.foundation.sessionCache);
    expect(large.foundation.applicationCache).not.to.equal(large.foundation.sessionCache);
  });
});
