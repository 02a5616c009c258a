import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { CloudFoundation, VolumeAccess } from "../../providers/contract";
import { cloudNames, cloudProvider } from "../../providers/registry";
import { places, planAt } from "../providers/places";
import { aCloudPlan } from "../support/plans";
import { record } from "../support/recording";

const repository = path.join(__dirname, "../..");
const page = fs.readFileSync(path.join(repository, "docs/clouds.md"), "utf8");
const [head = [], , ...rows] = page.split("\n").filter((line) => line.startsWith("| ")).map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));

describe("the page of what each cloud gives", () => {
  it("has a column for every cloud, and a row for every field of the contract", () => {
    const contract = fs.readFileSync(path.join(repository, "providers/contract.ts"), "utf8");
    const [, fields = ""] = /export interface CloudFoundation \{([^}]*)\}/.exec(contract) ?? [];
    const names = [...fields.matchAll(/readonly (\w+)\??:/g)].map(([, name]) => name);

    expect(head).to.deep.equal(["Field", ...cloudNames]);
    expect(rows.map(([name]) => name)).to.deep.equal(names.filter((name) => name !== "component"));
    expect(rows.filter((cells) => cells.length !== head.length || cells.includes(""))).to.deep.equal([]);
  });

  for (const cloud of cloudNames.filter((name) => name in places)) {
    it(`says of ${cloud} what its adapter answers`, async () => {
      const said = new Map(rows.map(([field = "", ...cells]) => [field, [...(cells[cloudNames.indexOf(cloud)] ?? "").matchAll(/`([^`]+)`/g)].map(([, word]) => word)]));

      const answered = new Map(Object.entries(wordsOf(await foundationOf(cloud))));
      expect([...said].filter(([, words]) => words.length > 0)).to.deep.equal([...answered]);
    });
  }
});

async function foundationOf(cloud: string): Promise<CloudFoundation> {
  const [provider, place] = [cloudProvider(cloud), places[cloud]];
  if (provider === undefined || place === undefined) throw new Error(`${cloud} is no cloud`);
  const blockDisk = { size: "200 GiB", iops: 3000, throughput: 125, zone: 1, owner: { user: 33, group: 33 } } as const;
  pulumi.runtime.setAllConfig({ ...place.config });
  const { value } = await record(() => provider.provision("site", planAt(place, aCloudPlan({ blockDisk })), {}, {}), place.answers);
  return value;
}

function wordsOf({ database, sessionCache, applicationCache, objectStore, sharedFiles, blockDisk, ingress }: CloudFoundation): Record<string, string[]> {
  return {
    database: [String(database.port), database.tls.verify],
    sessionCache: [String(sessionCache.port), sessionCache.tls.verify],
    applicationCache: [String(applicationCache.port)],
    objectStore: objectStore ? [objectStore.protocol, objectStore.credentials.kind] : [],
    sharedFiles: volume(sharedFiles),
    blockDisk: volume(blockDisk),
    ingress: "clientAddress" in ingress ? [ingress.clientAddress] : [],
  };
}

function volume(access: VolumeAccess | undefined): string[] {
  return access?.csi ? [access.csi.driver, access.writableBy] : [];
}
