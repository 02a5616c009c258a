import { expect } from "chai";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

import { cloud } from "../../rehearsal/clouds/random";
import { bcrypt } from "../../rehearsal/clouds/random/bcrypt";
import { cloudFolders, ProviderClient } from "./support/providerClient";

const password = { type: "random:index/randomPassword:RandomPassword", name: "password" };

describe("the simulated random provider", () => {
  const folder = cloudFolders();
  let provider: ProviderClient;

  beforeEach(async () => {
    provider = await ProviderClient.start(cloud, folder());
  });

  afterEach(() => provider.stop());

  it("draws passwords that keep to their settings, each another one", async () => {
    const settings = { length: 40, special: true, overrideSpecial: "-_", lower: false, minNumeric: 10, minSpecial: 5 };
    const drawn = [];
    for (let index = 0; index < 8; index++) {
      const { id, outputs, secrets } = await provider.create(password, settings);
      expect(id).to.equal("none");
      expect([...secrets].sort()).to.deep.equal(['["bcryptHash"]', '["result"]']);
      drawn.push(String(outputs.result));
    }
    for (const result of drawn) {
      expect(result).to.match(/^[A-Z0-9_-]{40}$/);
      expect(result.replace(/[^0-9]/g, "").length).to.be.at.least(10);
      expect(result.replace(/[^_-]/g, "").length).to.be.at.least(5);
    }
    expect(new Set(drawn).size, "no two the same").to.equal(8);
  });

  it("tells the defaults of a password", async () => {
    const { outputs } = await provider.create(password, { length: 12 });
    expect(outputs).to.include({ special: true, upper: true, lower: true, numeric: true, number: true, minLower: 0, minSpecial: 0 });
    expect(outputs.bcryptHash).to.match(/^\$2a\$10\$[./A-Za-z0-9]{53}$/);
  });

  it("hashes as every other bcrypt does", () => {
    // What crypt(3) of libxcrypt answers for these salts.
    const salt = (text: string): Buffer => {
      const from = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
      const to = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
      return Buffer.from([...text].map((letter) => to[from.indexOf(letter)]).join(""), "base64");
    };
    expect(bcrypt("", 6, salt("DCq7YPn5Rq63x1Lad4cll."))).to.equal("$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.");
    expect(bcrypt("abc", 6, salt("If6bvum7DFjUnE9p2uDeDu"))).to.equal("$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i");
  });

  it("refuses lengths that can't hold what they must, and passwords of nothing", async () => {
    expect((await provider.check(password, { length: 3, minLower: 2, minUpper: 2 })).failures).to.deep.equal([
      "length: length is 3, less than minLower + minUpper + minNumeric + minSpecial, which is 4",
    ]);
    const nothing = { length: 3, lower: false, upper: false, numeric: false, special: false };
    expect((await provider.check(password, nothing)).failures).to.deep.equal([": at least one of lower, upper, numeric and special must be true"]);
  });

  it("replaces at any change, of keepers too, and never updates", async () => {
    const before = { length: 12, keepers: { site: "a" } };
    expect((await provider.diff(password, before, { length: 12, keepers: { site: "b" } })).replacesList).to.deep.equal(["keepers"]);
    expect((await provider.diff(password, before, { ...before, special: false })).replacesList).to.deep.equal(["special"]);
  });

  it("keeps what was drawn through a refresh, still secret", async () => {
    const { id, outputs } = await provider.create(password, { length: 12 });
    const read = await provider.read(password, id, outputs, { length: 12 }, ["result", "bcryptHash"]);
    expect(read.state.value.result).to.equal(outputs.result);
    expect([...read.state.secrets].sort()).to.deep.equal(['["bcryptHash"]', '["result"]']);
  });

  it("gives ids, bytes, names and numbers as the real provider does", async () => {
    const id = await provider.create({ type: "random:index/randomId:RandomId", name: "id" }, { byteLength: 4, prefix: "p-" });
    expect(id.outputs.hex).to.equal(`p-${Buffer.from(id.id, "base64url").toString("hex")}`);
    expect(id.outputs.dec).to.equal(`p-${Buffer.from(id.id, "base64url").readUInt32BE()}`);
    const bytes = await provider.create({ type: "random:index/randomBytes:RandomBytes", name: "bytes" }, { length: 32 });
    expect(Buffer.from(String(bytes.outputs.base64), "base64").toString("hex")).to.equal(bytes.outputs.hex);
    expect(bytes.outputs.hex).to.have.length(64);
    const pet = await provider.create({ type: "random:index/randomPet:RandomPet", name: "pet" }, { length: 3, prefix: "web" });
    expect(pet.id).to.match(/^web(-[a-z]+){3}$/);
    const uuid = await provider.create({ type: "random:index/randomUuid:RandomUuid", name: "uuid" }, {});
    expect(uuid.id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const integer = await provider.create({ type: "random:index/randomInteger:RandomInteger", name: "n" }, { min: 3, max: 3 });
    expect(integer).to.deep.include({ id: "3" });
    const order = await provider.create({ type: "random:index/randomShuffle:RandomShuffle", name: "s" }, { inputs: ["a", "b", "c"], resultCount: 6 });
    expect([...(order.outputs.results as string[])].sort()).to.deep.equal(["a", "a", "b", "b", "c", "c"]);
  });

  it("leaves nothing of what it draws on the disk", async () => {
    const { outputs } = await provider.create(password, { length: 24 });
    const bytes = await provider.create({ type: "random:index/randomBytes:RandomBytes", name: "bytes" }, { length: 32 });
    const written = readdirSync(folder()).map((file) => readFileSync(path.join(folder(), file), "utf8"));
    expect(written.join(""), "the journal is there").to.contain("RandomPassword");
    for (const secret of [String(outputs.result), bytes.id]) expect(written.join("").includes(secret), createHash("sha256").update(secret).digest("hex")).to.equal(false);
  });
});
