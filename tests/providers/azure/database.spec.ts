import { expect } from "chai";
import { resolved } from "../../support/recording";
import { aLargePlan, aSmallPlan, built, type Built } from "./built";
import { subscription } from "./answers";

const type = "dbforpostgresql:Server";

describe("Azure database", () => {
  let large: Built;
  let small: Built;
  before(async () => {
    large = await built(aLargePlan());
    small = await built(aSmallPlan());
  });

  it("has a standby in another zone, or none", () => {
    expect(large.inputs(type)["highAvailability"]).to.include({ mode: "ZoneRedundant" });
    expect(large.inputs(type)["sku"]).to.deep.equal({ name: "Standard_D4ds_v5", tier: "GeneralPurpose" });
    expect(small.inputs(type)["highAvailability"]).to.include({ mode: "Disabled" });
    expect(small.inputs(type)["sku"]).to.deep.equal({ name: "Standard_B2ms", tier: "Burstable" });
    expect(large.the(type).ignoreChanges, "a failover swaps the zones").to.deep.equal(["availabilityZone", "highAvailability.standbyAvailabilityZone"]);
  });

  it("grows on its own where the plan lets it", () => {
    expect(large.inputs(type)["storage"]).to.deep.equal({ type: "Premium_LRS", storageSizeGB: 128, autoGrow: "Enabled" });
    expect(small.inputs(type)["storage"]).to.deep.equal({ type: "Premium_LRS", storageSizeGB: 32, autoGrow: "Disabled" });
  });

  it("can be restored as far back as asked, and for a week at least", async () => {
    expect(large.inputs(type)["backup"]).to.deep.equal({ backupRetentionDays: 14, geoRedundantBackup: "Disabled" });
    const { database } = aSmallPlan();
    const short = await built(aSmallPlan({ database: { ...database, retention: "1 d" } }));
    expect(short.inputs(type)["backup"]).to.include({ backupRetentionDays: 7 });
  });

  it("waits until its name can be found in the network", () => {
    expect(large.the(type).dependencies).to.include(large.the("privatedns:VirtualNetworkLink", "-database-names").urn);
  });

  it("asks for TLS of today and shows a certificate that every system knows", () => {
    expect(large.inputs("dbforpostgresql:Configuration")).to.include({ configurationName: "ssl_min_protocol_version", value: "TLSv1.2" });
    expect(large.foundation.database.tls).to.deep.equal({ ca: "public", verify: "full" });
  });

  it("has Moodle's database in UTF-8 before pods come", () => {
    expect(large.inputs("dbforpostgresql:Database")).to.include({ databaseName: "moodle", charset: "UTF8" });
    expect(large.foundation.kubernetes.ready).to.have.length.above(4);
  });

  it("starts empty, or as another server was at a time", async () => {
    expect(large.inputs(type)).to.include({ createMode: "Default" });
    const { database } = aLargePlan();
    const old = `/subscriptions/${subscription}/resourceGroups/old/providers/Microsoft.DBforPostgreSQL/flexibleServers/old`;
    const restored = await built(aLargePlan({ database: { ...database, restoreFrom: `${old}@2026-11-01T06:00:00Z` } }));
    expect(restored.inputs(type)).to.include({ createMode: "PointInTimeRestore", sourceServerResourceId: old, pointInTimeUTC: "2026-11-01T06:00:00Z" });
    expect(restored.names("dbforpostgresql:Database"), "it has its database already").to.deep.equal([]);
  });

  it("is worked on in the plan's window", () => {
    expect(large.inputs(type)["maintenanceWindow"]).to.deep.equal({ customWindow: "Enabled", dayOfWeek: 0, startHour: 2, startMinute: 0 });
  });

  it("has a name that was never given before, and a password that Azure accepts", async () => {
    expect(large.inputs(type)["serverName"]).to.equal("site-database-c0ffee00");
    expect(large.inputs("random:index/randomPassword:RandomPassword")).to.deep.include({ length: 40, special: false, minLower: 1, minUpper: 1, minNumeric: 1 });
    expect(await resolved(large.foundation.database.host)).to.equal("database.example.edu");
  });
});
