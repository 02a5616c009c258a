import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { inventory, orphans, retained } from "../../rehearsal/provider/inventory";
import { readJournal } from "../../rehearsal/provider/journal";
import { UNKNOWN } from "../../rehearsal/provider/properties";
import { cloudFolders, ProviderClient } from "./support/providerClient";
import { ACCESS_KEY, DATABASE, PARAMETERS, SUBNET, TOPIC, toyCloud, VPC } from "./support/toyCloud";

const database = { type: DATABASE, name: "db" };
const vpc = { type: VPC, name: "network" };
const inputs = { instanceClass: "db.t4g.small", engine: "postgres", identifier: "db-1", __defaults: [] };

describe("a simulated provider", () => {
  const folder = cloudFolders();
  let provider: ProviderClient;

  beforeEach(async () => {
    provider = await ProviderClient.start(toyCloud, folder());
  });

  afterEach(() => provider.stop());

  it("says what it accepts as the engine needs it: secrets, resources and previews, not outputs", async () => {
    const answer = await provider.configure({ region: "eu-central-1" });
    expect(answer.toObject()).to.deep.equal({ acceptsecrets: true, supportspreview: true, acceptresources: true, acceptoutputs: false, supportsAutonamingConfiguration: true });
  });

  describe("check", () => {
    it("names an input that does not exist, and the ones that were meant", async () => {
      const { failures } = await provider.check(database, { instanceClass: "x", backupRetentionPeriods: 7 });
      expect(failures).to.deep.equal([
        `backupRetentionPeriods: ${DATABASE} has no input "backupRetentionPeriods". Did you mean backupRetentionPeriod?`,
      ]);
    });

    it("refuses a required input that is missing, and not one that is unknown", async () => {
      expect((await provider.check(database, {})).failures).to.deep.equal([`instanceClass: ${DATABASE} needs "instanceClass", which is missing.`]);
      expect((await provider.check(database, { instanceClass: UNKNOWN })).failures).to.deep.equal([]);
    });

    it("asks the cloud's own rules only about what is known", async () => {
      expect((await provider.check(database, { instanceClass: "x", engine: "mysql" })).failures).to.deep.equal(["engine: engine must be postgres, is mysql"]);
      expect((await provider.check(database, { instanceClass: "x", engine: UNKNOWN })).failures).to.deep.equal([]);
    });

    it("refuses a type that no SDK has", async () => {
      const { failures } = await provider.check({ type: "aws:rds/instanze:Instanze", name: "db" }, {});
      expect(failures).to.deep.equal([": the installed SDK of aws has no resource type aws:rds/instanze:Instanze"]);
    });

    it("keeps an automatic name while the resource lives, and picks another for its replacement", async () => {
      const first = await provider.check(database, { instanceClass: "x" }, { seed: "one" });
      const again = await provider.check(database, { instanceClass: "y" }, { seed: "two", olds: first.value });
      const replacement = await provider.check(database, { instanceClass: "y" }, { seed: "two" });
      expect(first.value.identifier).to.match(/^db-[0-9a-f]{7}$/);
      expect(again.value.identifier, "the name of a live resource").to.equal(first.value.identifier);
      expect(replacement.value.identifier, "the name of a replacement").to.not.equal(first.value.identifier);
    });

    it("marks what the SDK calls secret, however the program gave it", async () => {
      const { secrets } = await provider.check(database, { instanceClass: "x", password: "hunter2" });
      expect([...secrets]).to.deep.equal(['["password"]']);
    });
  });

  describe("diff", () => {
    it("tells a change in place from one that replaces, property by property", async () => {
      const answer = await provider.diff(database, { ...inputs, tags: { a: "1" } }, { ...inputs, engine: "other", tags: { a: "2", "b.c": "3" } });
      expect(answer.detail).to.deep.equal({ engine: 5, "tags.a": 4, 'tags["b.c"]': 0 });
      expect(answer.replacesList).to.deep.equal(["engine"]);
    });

    it("deletes before it replaces when the program fixed the name, and not when the name is automatic", async () => {
      const changed = { ...inputs, engine: "other" };
      expect((await provider.diff(database, inputs, changed)).deletebeforereplace).to.equal(true);
      const automatic = { __defaults: ["identifier"] };
      const other = { ...changed, identifier: "db-2", ...automatic };
      expect((await provider.diff(database, { ...inputs, ...automatic }, other)).deletebeforereplace).to.equal(false);
    });

    it("is its own mirror image, as a refresh needs it", async () => {
      const [one, other] = [{ ...inputs, port: 5432 }, { ...inputs, tags: { a: "1" } }];
      const there = await provider.diff(database, one, other);
      const back = await provider.diff(database, other, one);
      expect(there.detail).to.deep.equal({ port: 2, tags: 0 });
      expect(back.detail).to.deep.equal({ port: 0, tags: 2 });
    });

    it("counts an unknown as a change, and leaves out what is to be ignored", async () => {
      expect((await provider.diff(database, inputs, { ...inputs, engine: UNKNOWN })).replacesList).to.deep.equal(["engine"]);
      expect((await provider.diff(database, inputs, { ...inputs, engine: "other" }, ["engine"])).changes).to.equal(1);
    });
  });

  describe("create", () => {
    it("shows at preview what is known, and touches nothing", async () => {
      const { id, outputs } = await provider.create(database, inputs, { preview: true });
      expect(id).to.equal("");
      expect(outputs).to.include({ identifier: "db-1", arn: UNKNOWN, endpoint: UNKNOWN });
      expect(inventory(folder())).to.deep.equal([]);
      expect(readJournal(folder())).to.deep.equal([]);
    });

    it("fills in every output that the SDK promises", async () => {
      const { outputs } = await provider.create(database, inputs);
      expect(outputs.arn).to.equal("arn:aws:rds:eu-central-1:123456789012:db:db-1");
      const promised = [...(provider.session.factsOf(DATABASE)?.outputs ?? [])].filter(([, fact]) => !fact.optional).map(([name]) => name);
      expect(promised).to.have.length.greaterThan(30);
      expect(outputs).to.include.all.keys(promised);
      expect(outputs).to.not.have.property("__defaults");
    });

    it("keeps secrets secret: marked in the outputs, masked on the disk and in the journal", async () => {
      const { secrets, outputs } = await provider.create(database, { ...inputs, password: "canary-4711" }, { secrets: ["password"] });
      expect([...secrets]).to.include('["password"]');
      expect(outputs.password).to.equal("canary-4711");
      for (const file of ["aws.json", "journal.ndjson"]) expect(readFileSync(path.join(folder(), file), "utf8")).to.not.contain("canary-4711");
    });

    it("refuses a name that is taken", async () => {
      await provider.create(database, inputs);
      const second = await provider.create({ ...database, name: "other" }, inputs);
      expect(second.error).to.equal("DBInstanceAlreadyExists: DB instance db-1 already exists");
      expect(inventory(folder())).to.have.length(1);
    });

    it("makes a partial failure of an object that exists but is not ready", async () => {
      const failed = await provider.create(database, { ...inputs, dbName: "broken" });
      expect(failed).to.deep.include({ id: "db-1", error: "the database never answered", reasons: ["the database never answered"] });
      expect(failed.outputs.arn, "the engine keeps the outputs").to.be.a("string");
      expect(inventory(folder()).map(({ status }) => status)).to.deep.equal(["failed"]);
    });

    it("gives a type without an entry a latency of its class, and says that it is assumed", async () => {
      const { id, outputs } = await provider.create({ type: TOPIC, name: "alarms" }, { name: "alarms-1" });
      expect(id).to.equal("alarms-1");
      expect(outputs.arn).to.match(/^arn:simulated:/);
      expect(readJournal(folder())[0]).to.include({ type: TOPIC, assumed: true, outcome: "ok" });
      const group = await provider.create({ type: PARAMETERS, name: "p" }, { name: "p-1", family: "postgres17" });
      expect(group.error).to.equal(undefined);
    });

    it("ends a wait at the custom timeout, and leaves the object as not ready", async () => {
      const failed = await provider.create(database, inputs, { timeout: 300 });
      expect(failed.reasons).to.deep.equal(["timeout while waiting for the operation to finish (timeout: 300s)"]);
      expect(readJournal(folder())[0]).to.include({ start: 0, end: 5, outcome: "partial" });
    });
  });

  describe("read", () => {
    it("marks again what was secret, and gives it back from the state: the cloud does not tell it", async () => {
      const secret = { ...inputs, password: "canary-4711" };
      const { outputs } = await provider.create(database, secret, { secrets: ["password"] });
      const { state, inputs: read } = await provider.read(database, "db-1", outputs, secret, ["password"]);
      expect(state.value.password).to.equal("canary-4711");
      expect([...state.secrets]).to.include('["password"]');
      expect([...read.secrets]).to.include('["password"]');
      expect(read.value).to.deep.equal(secret);
    });

    it("says that an object is gone, and shows what somebody changed", async () => {
      const { outputs } = await provider.create(database, inputs);
      const file = path.join(folder(), "aws.json");
      writeFileSync(file, readFileSync(file, "utf8").replaceAll("db.t4g.small", "db.m7g.large"));
      expect((await provider.read(database, "db-1", outputs, inputs)).inputs.value.instanceClass).to.equal("db.m7g.large");
      writeFileSync(file, '{"objects":{}}');
      expect((await provider.read(database, "db-1", outputs, inputs)).id).to.equal("");
    });

    it("answers an import with inputs and outputs, without the secrets nobody knows", async () => {
      await provider.create(database, { ...inputs, password: "canary-4711" }, { secrets: ["password"] });
      const read = await provider.read(database, "db-1");
      expect(read.inputs.value).to.include({ instanceClass: "db.t4g.small", identifier: "db-1" });
      expect(read.inputs.value).to.not.have.property("password");
    });

    it("answers an import with the secrets that the cloud itself made, marked as such", async () => {
      const key = { type: ACCESS_KEY, name: "key" };
      const { id, outputs } = await provider.create(key, { user: "moodle" });
      const { state } = await provider.read(key, id);
      expect(outputs.secret).to.match(/^[0-9a-f]{40}$/);
      expect(state.value.secret).to.equal(outputs.secret);
      expect([...state.secrets]).to.include('["secret"]');
    });
  });

  describe("update and delete", () => {
    it("changes in place, and keeps what only the cloud decides", async () => {
      const before = await provider.create(database, inputs);
      const news = { ...inputs, instanceClass: "db.m7g.large" };
      const after = await provider.update(database, "db-1", before.outputs, inputs, news);
      expect(after.outputs).to.include({ instanceClass: "db.m7g.large", resourceId: before.outputs.resourceId ?? "", endpoint: before.outputs.endpoint ?? "" });
    });

    it("refuses to delete what is protected, and what others depend on", async () => {
      await provider.create(database, { ...inputs, deletionProtection: true });
      expect(await provider.delete(database, "db-1")).to.equal("InvalidParameterCombination: Cannot delete protected DB Instance");
      const { id } = await provider.create(vpc, { cidrBlock: "10.0.0.0/16" });
      const subnet = { type: SUBNET, name: "a" };
      const part = await provider.create(subnet, { vpcId: id, cidrBlock: "10.0.0.0/24" });
      expect(await provider.delete(vpc, id)).to.equal(`DependencyViolation: The vpc '${id}' has dependencies and cannot be deleted.`);
      expect(await provider.delete(subnet, part.id)).to.equal(undefined);
      expect(await provider.delete(vpc, id)).to.equal(undefined);
    });

    it("lists what the cloud keeps by design as retained, not as an orphan", async () => {
      await provider.create(database, { ...inputs, finalSnapshotIdentifier: "db-1-final" });
      await provider.create(vpc, { cidrBlock: "10.0.0.0/16" });
      expect(await provider.delete(database, "db-1")).to.equal(undefined);
      const items = inventory(folder());
      expect(retained(items).map(({ id, retained: why }) => [id, why])).to.deep.equal([["db-1-final", "final snapshot"]]);
      expect(orphans(items, []).map(({ type }) => type), "a live object that no state knows").to.deep.equal([VPC]);
    });

    it("takes it for done when the object is already gone", async () => {
      expect(await provider.delete(database, "db-1")).to.equal(undefined);
    });
  });

  it("answers the functions it knows, and names those it does not", async () => {
    await provider.configure({ region: "eu-central-1" });
    expect(await provider.invoke("aws:index/getRegion:getRegion")).to.deep.equal({ id: "eu-central-1" });
    const unknown = await provider.invoke("aws:index/getPrice:getPrice").then(() => "answered", (error: Error) => error.message);
    expect(unknown).to.contain("the simulated aws does not answer aws:index/getPrice:getPrice; it answers aws:index/getRegion:getRegion");
  });

  it("takes no word of a secret into a message", async () => {
    const failed = await provider.create(database, { ...inputs, identifier: "canary-name", password: "canary-name" }, { secrets: ["password"] });
    expect(failed.error).to.equal(undefined);
    const again = await provider.create({ ...database, name: "b" }, { ...inputs, identifier: "canary-name", password: "canary-name" }, { secrets: ["password"] });
    expect(again.error).to.equal("DBInstanceAlreadyExists: DB instance [secret] already exists");
  });

  it("lets a default and an explicit provider share one cloud", async () => {
    const other = await ProviderClient.start(toyCloud, folder());
    const names = Array.from({ length: 20 }, (_, index) => index);
    await Promise.all(
      names.map((index) => (index % 2 === 0 ? provider : other).create({ type: DATABASE, name: `db${index}` }, { ...inputs, identifier: `db-${index}` })),
    );
    other.stop();
    expect(inventory(folder())).to.have.length(20);
  });
});
