import { expect } from "chai";

import * as tokens from "../../rehearsal/clouds/gcp/tokens";
import type { Properties } from "../../rehearsal/provider/properties";
import { type Account, connect, databaseInputs, type Made, network, openProject, PROJECT, refusal, type TestNetwork } from "./gcpProject";

describe("a database of the simulated Cloud SQL", () => {
  let project: Account;
  let net: TestNetwork;

  beforeEach(async () => {
    project = await openProject();
    net = await network(project);
    await connect(project, net);
  });
  afterEach(() => project.close());

  const make = (settings: Properties = {}, more: Properties = {}): Promise<Made> => project.make(tokens.SQL_INSTANCE, "db", databaseInputs(net, settings, more));

  it("takes 11:38", async () => {
    const start = await project.now();
    await make();
    expect((await project.now()) - start).to.be.closeTo(11 + 38 / 60, 0.01);
  });

  it("is known by its bare name, and has a private address and an authority of its own", async () => {
    const { id, outputs } = await make();
    expect(id).to.equal("moodle");
    expect(outputs.connectionName).to.equal(`${PROJECT}:europe-west3:moodle`);
    expect(outputs.privateIpAddress).to.match(/^172\.20\.\d+\.\d+$/);
    expect(outputs.firstIpAddress).to.equal(outputs.privateIpAddress);
    expect(outputs.publicIpAddress).to.equal("");
    expect(outputs.serverCaCerts).to.have.nested.property("[0].cert").that.matches(/^-----BEGIN CERTIFICATE-----\n/);
  });

  it("takes tiers of db-custom only where it is told to be of the Enterprise edition", async () => {
    expect(await refusal(make({ edition: undefined }))).to.contain("Invalid Tier (db-custom-2-7680) for (ENTERPRISE_PLUS) Edition. Use a predefined Tier like db-perf-optimized-N-* instead.");
    await make({ edition: undefined }, { databaseVersion: "POSTGRES_15" });
  });

  for (const [what, settings, message] of [
    ["an Enterprise Plus tier of Enterprise", { tier: "db-perf-optimized-N-2" }, "Invalid Tier (db-perf-optimized-N-2) for (ENTERPRISE) Edition"],
    ["an odd number of processors", { tier: "db-custom-3-7680" }, "an even number of vCPUs"],
    ["too little memory for its processors", { tier: "db-custom-8-3840" }, "from 0.9 to 6.5 GB"],
    ["memory between the steps", { tier: "db-custom-2-7700" }, "steps of 256 MB"],
    ["two zones without backups", { backupConfiguration: { enabled: false } }, "REGIONAL instance needs backups"],
    ["recovery without backups", { backupConfiguration: { pointInTimeRecoveryEnabled: true } }, "needs backups"],
    ["eight days of logs", { backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true, transactionLogRetentionDays: 8 } }, "must be between 1 and 7"],
    ["no address at all", { ipConfiguration: { ipv4Enabled: false } }, "At least one of Public IP or Private IP"],
  ] as const) {
    it(`is refused with ${what}, by the service and not by the preview`, async () => {
      await project.preview(tokens.SQL_INSTANCE, "db", databaseInputs(net, settings));
      expect(await refusal(make(settings))).to.match(/^Error, failed to create instance moodle: googleapi: Error 400: Invalid request: /).and.to.contain(message);
    });
  }

  it("gives nobody its name for a week", async () => {
    await project.remove(await make());
    expect(await refusal(make())).to.contain("you can't reuse the name of the deleted instance until one week from the deletion date., instanceAlreadyExists");
    await make({}, { name: "moodle-two" });
  });

  it("is protected by the provider unless told otherwise, and by the service when told to", async () => {
    const kept = await make({}, { deletionProtection: undefined });
    expect(kept.outputs.deletionProtection).to.equal(true);
    expect(await refusal(project.remove(kept))).to.contain("deletion_protection is set to true");
    const held = await project.change(kept, { deletionProtection: false, settings: databaseInputs(net, { deletionProtectionEnabled: true }).settings });
    expect(await refusal(project.remove(held))).to.match(/^googleapi: Error 400: The instance is protected/);
    await project.remove(await project.change(held, { settings: databaseInputs(net).settings }));
  });

  it("leaves its final backup and those it keeps", async () => {
    await project.remove(await make({ finalBackupConfig: { enabled: true, retentionDays: 14 }, retainBackupsOnDelete: true }));
    const backups = project.retained().filter(({ type }) => type === tokens.SQL_BACKUP);
    expect(backups.map(({ retained }) => retained?.slice(0, 20))).to.have.members(["final backup of mood", "backups of moodle, k"]);
  });

  it("takes its databases and users with it; a role that owns something can only be abandoned", async () => {
    const instance = await make();
    const user = await project.make(tokens.SQL_USER, "user", { name: "moodle", instance: instance.outputs.name, password: "correct-horse" });
    await project.make(tokens.SQL_DATABASE, "database", { name: "moodle", instance: instance.outputs.name });
    expect(await refusal(project.remove(user))).to.contain("cannot be dropped because some objects depend on it");
    await project.remove(instance);
    expect([...project.live(tokens.SQL_USER), ...project.live(tokens.SQL_DATABASE)]).to.deep.equal([]);
    await project.remove(user);
  });

  it("is replaced by another name, region or key, and not by another tier or version", async () => {
    const instance = await make();
    expect(project.replaced(instance, { name: "other", region: "europe-west4", encryptionKeyName: "key" })).to.have.members(["name", "region", "encryptionKeyName"]);
    expect(project.replaced(instance, { databaseVersion: "POSTGRES_18", settings: databaseInputs(net, { tier: "db-custom-4-15360" }).settings })).to.deep.equal([]);
    expect(await refusal(project.change(instance, { databaseVersion: "POSTGRES_16" }))).to.contain("downgrade");
  });

  it("encrypts with a key only where the service's own account may use it", async () => {
    const ring = await project.make(tokens.KEY_RING, "ring", { name: "ring", location: "europe-west3" });
    const key = await project.make(tokens.CRYPTO_KEY, "data", { name: "data", keyRing: ring.id });
    const encrypted = { name: "encrypted", encryptionKeyName: key.id };
    expect(await refusal(make({}, encrypted))).to.contain("Permission 'cloudkms.cryptoKeyVersions.useToEncrypt' denied for service-123456789012@gcp-sa-cloud-sql.iam.gserviceaccount.com");
    const agent = await project.make(tokens.SERVICE_IDENTITY, "sql", { service: "sqladmin.googleapis.com" });
    await project.make(tokens.CRYPTO_KEY_MEMBER, "sql", { cryptoKeyId: key.id, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member: agent.outputs.member });
    await make({}, encrypted);
    for (const one of [key, ring]) await project.remove(one);
    expect(project.retained().map(({ id }) => id), "neither can ever be deleted").to.include.members([key.id, ring.id]);
    expect(await refusal(project.make(tokens.KEY_RING, "again", { name: "ring", location: "europe-west3" }))).to.contain("already exists");
  });
});

describe("a cache of the simulated Memorystore", () => {
  let project: Account;
  let net: TestNetwork;

  beforeEach(async () => {
    project = await openProject();
    net = await network(project);
    await connect(project, net);
  });
  afterEach(() => project.close());

  const make = (more: Properties = {}): Promise<Made> =>
    project.make(tokens.REDIS, "cache", {
      ...{ name: "cache", tier: "STANDARD_HA", memorySizeGb: 2, redisVersion: "REDIS_7_2", connectMode: "PRIVATE_SERVICE_ACCESS" },
      ...{ authorizedNetwork: net.network.id, authEnabled: true, transitEncryptionMode: "SERVER_AUTHENTICATION", ...more },
    });

  it("has an address, a password and authorities, on the port of encrypted connections", async () => {
    const { id, outputs } = await make();
    expect(id).to.equal(`projects/${PROJECT}/locations/europe-west3/instances/cache`);
    expect(outputs.port).to.equal(6378);
    expect(outputs.host).to.match(/^172\.20\.\d+\.\d+$/);
    expect(outputs.authString).to.match(/^[0-9a-f-]{36}$/);
    expect(outputs.serverCaCerts).to.have.nested.property("[0].cert").that.matches(/^-----BEGIN CERTIFICATE-----\n/);
    const open = await make({ name: "open", authEnabled: false, transitEncryptionMode: "DISABLED" });
    expect([open.outputs.port, open.outputs.authString, open.outputs.serverCaCerts]).to.deep.equal([6379, "", []]);
  });

  for (const [what, more, message] of [
    ["a name of 41 characters", { name: `c${"a".repeat(40)}` }, "up to 40"],
    ["a setting that is Google's own", { redisConfigs: { "requirepass": "x" } }, "can't be configured"],
    ["an unknown version", { redisVersion: "REDIS_8_0" }, "redisVersion"],
    ["read replicas of one server", { tier: "BASIC", readReplicasMode: "READ_REPLICAS_ENABLED" }, "need the tier STANDARD_HA"],
  ] as const) {
    it(`is refused with ${what}`, async () => {
      expect(await refusal(make(more))).to.contain(message);
    });
  }

  it("is replaced by another tier or encryption, and not by another size", async () => {
    const cache = await make();
    expect(project.replaced(cache, { tier: "BASIC", transitEncryptionMode: "DISABLED" })).to.have.members(["tier", "transitEncryptionMode"]);
    expect(project.replaced(cache, { memorySizeGb: 5, redisVersion: "REDIS_7_2" })).to.deep.equal([]);
  });

  it("stays while it is protected", async () => {
    expect(await refusal(project.remove(await make({ deletionProtection: true })))).to.contain("deletion_protection=false");
  });
});
