import { expect } from "chai";
import { resolved } from "../../support/recording";
import { aLargePlan, aSmallPlan, built, type Built } from "./built";

describe("Azure caches", () => {
  let large: Built;
  let small: Built;
  before(async () => {
    large = await built(aLargePlan());
    small = await built(aSmallPlan());
  });

  it("refuse writes of sessions and drop what can be computed again when memory is full", () => {
    expect(large.inputs("redisenterprise:Database", "-sessions")).to.include({ evictionPolicy: "NoEviction" });
    expect(large.inputs("redisenterprise:Database", "-cache")).to.include({ evictionPolicy: "AllKeysLRU" });
  });

  it("speak to clients that know one server, by TLS and a key", () => {
    for (const database of ["-sessions", "-cache"]) {
      expect(large.inputs("redisenterprise:Database", database)).to.include({
        port: 10_000,
        clusteringPolicy: "NoCluster",
        clientProtocol: "Encrypted",
        accessKeysAuthentication: "Enabled",
        databaseName: "default",
      });
    }
    expect(large.foundation.sessionCache).to.deep.include({ port: 10_000, tls: { ca: "public", verify: "full" } });
    expect(large.foundation.sessionCache.user, "a key is a password alone").to.equal(undefined);
  });

  it("have a second machine where the plan says so", () => {
    expect(large.inputs("redisenterprise:RedisEnterprise", "-sessions")).to.deep.include({ highAvailability: "Enabled", sku: { name: "Balanced_B3" }, minimumTlsVersion: "1.2" });
    expect(small.inputs("redisenterprise:RedisEnterprise", "-sessions")).to.deep.include({ highAvailability: "Disabled", sku: { name: "Balanced_B1" } });
  });

  it("keep sessions on disk, and not what can be computed again", () => {
    expect(large.inputs("redisenterprise:Database", "-sessions")["persistence"]).to.deep.equal({ rdbEnabled: true, rdbFrequency: "1h" });
    expect(large.inputs("redisenterprise:Database", "-cache")).to.not.have.property("persistence");
  });

  it("give each its own key", async () => {
    expect(await resolved(large.foundation.sessionCache.password)).to.equal("key-of-site-sessions-c0ffee00");
    expect(await resolved(large.foundation.applicationCache.password)).to.equal("key-of-site-cache-c0ffee00");
  });

  it("are one where the plan has one", () => {
    expect(small.names("redisenterprise:RedisEnterprise")).to.deep.equal(["site-sessions"]);
    expect(small.foundation.applicationCache).to.equal(small.foundation.sessionCache);
  });
});
