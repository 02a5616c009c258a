import { expect } from "chai";
import { fork } from "node:child_process";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import type { CloudObject } from "../../rehearsal/provider/behaviour";
import { inventory } from "../../rehearsal/provider/inventory";
import { lookUp, Store } from "../../rehearsal/provider/store";
import { cloudFolders } from "./support/providerClient";

const LOADER = path.join(__dirname, "..", "..", "toolchain", "loader.cjs");

describe("what a simulated cloud holds", () => {
  const folder = cloudFolders();

  const object = (id: string, outputs: CloudObject["outputs"] = {}): CloudObject => ({
    id,
    type: "aws:ec2/vpc:Vpc",
    name: id,
    urn: "",
    status: "ready",
    inputs: {},
    outputs,
    createdAt: 0,
    seed: id,
  });

  it("loses nothing when several processes of a provider write at once", async () => {
    const file = path.join(__dirname, "fixtures", "store", "writer.ts");
    const writers = ["a", "b", "c"].map((who) => fork(file, [folder(), who, "40"], { execArgv: ["-r", LOADER] }));
    const codes = await Promise.all(writers.map((writer) => new Promise((resolve) => writer.on("exit", resolve))));
    expect(codes).to.deep.equal([0, 0, 0]);
    expect(inventory(folder())).to.have.length(120);
    expect(readdirSync(folder()), "no lock and no half-written file stays").to.deep.equal(["aws.json"]);
  });

  it("takes over a lock whose process is dead", () => {
    const gone = 2 ** 22 - 1;
    writeFileSync(path.join(folder(), "aws.json.lock"), String(gone));
    new Store(folder(), "aws").put(object("vpc-1"));
    expect(inventory(folder()).map(({ id }) => id)).to.deep.equal(["vpc-1"]);
  });

  it("is readable by its owner alone", () => {
    new Store(folder(), "aws").put(object("vpc-1"));
    expect((statSync(path.join(folder(), "aws.json")).mode & 0o777).toString(8)).to.equal("600");
  });

  it("stays as it was when a change is refused half way", () => {
    const store = new Store(folder(), "aws");
    store.put(object("vpc-1"));
    const change = (): void =>
      store.update((objects) => {
        objects.clear();
        throw new Error("refused");
      });
    expect(change).to.throw("refused");
    expect([...store.read().keys()]).to.deep.equal(["aws:ec2/vpc:Vpc vpc-1"]);
  });

  it("shows one process what another wrote, and finds objects by what they are", () => {
    const [one, other] = [new Store(folder(), "aws"), new Store(folder(), "aws")];
    expect(one.read().size).to.equal(0);
    other.put(object("vpc-1", { arn: "arn:1", tags: { tier: "data" } }));
    other.put(object("vpc-2", { arn: "arn:2", tags: { tier: "web" } }));
    const objects = lookUp([one]);
    expect(objects.byId("vpc-2")?.outputs.arn).to.equal("arn:2");
    expect(objects.byArn("arn:1")?.id).to.equal("vpc-1");
    expect(objects.where("aws:ec2/vpc:Vpc", "tags.tier", "data").map(({ id }) => id)).to.deep.equal(["vpc-1"]);
    expect(objects.ofType("aws:ec2/subnet:Subnet")).to.deep.equal([]);
  });
});
