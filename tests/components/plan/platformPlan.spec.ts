import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { planPlatform } from "../../../components/plan/platformPlan";
import { aPlan } from "../../support/builders";
import { loadStack, readStack, rehearsed, type StackConfig } from "../../support/stackConfig";

const repository = path.resolve(__dirname, "../../..");
const stacks = fs.readdirSync(repository).flatMap((name) => /^Pulumi\.([\w-]+)\.yaml$/.exec(name)?.[1] ?? []);

// UPDATE_GOLDEN=1 writes the golden plans anew; the difference in a review is what the change decides.
describe("the plan of a committed stack", () => {
  const update = process.env.UPDATE_GOLDEN === "1";

  it("is there for more than one stack", () => {
    expect(stacks).to.include.members(["production", "staging"]);
  });

  for (const stack of stacks) {
    it(`${stack} is the one that was reviewed`, () => {
      const golden = path.join(__dirname, "golden", `${stack}.json`);
      const plan = planPlatform(loadStack(rehearsed(readStack(`Pulumi.${stack}.yaml`))).config, stack);
      if (update) fs.writeFileSync(golden, `${JSON.stringify(plan, null, 2)}\n`);

      expect(plan, "the plan changed: read the difference, then UPDATE_GOLDEN=1").to.deep.equal(JSON.parse(fs.readFileSync(golden, "utf8")));
    });
  }
});

const mail = { host: "smtp.example.edu", from: "moodle@example.edu", user: "moodle" };
const consents = ["database", "backups"].map((resource) => ({ resource, until: "2026-12-01", reason: "moved to the new stack" }));

/** Everything that can be left out, given. */
const full: StackConfig = {
  "moodle:mail": mail,
  "moodle:mailPassword": { secure: "Winter-2026-in-Turku" },
  "moodle:database": { restoreFrom: "a-snapshot" },
  "moodle:files": { restoreFrom: "a-bucket" },
  "moodle:encryptionKey": { secure: "Winter-2026-in-Turku-and-Helsinki".slice(0, 32) },
  "moodle:passwordPeppers": { secure: '{"1":"Winter-2026-in-Turku"}' },
  "moodle:ingress": { dnsZone: "Z0123456789EXAMPLE00", allowedRanges: ["192.0.2.0/24", "198.51.100.0/24"] },
  "moodle:cluster": { deployers: ["arn:one", "arn:two"], endpointRanges: ["192.0.2.0/24", "198.51.100.0/24"] },
  "moodle:observability": { alarmEmails: ["one@example.edu", "two@example.edu"] },
  "moodle:tags": { faculty: "arts", budget: "teaching" },
  "moodle:allowDataLoss": consents,
  "moodle:aws": { databaseInstanceClass: "db.m8g.large" },
};

describe("any plan", () => {
  for (const [name, overrides] of [["the least", {}], ["everything", full], ...modes()] as const) {
    it(`is plain JSON: ${name}`, () => {
      const plan = aPlan(overrides);

      expect(JSON.parse(JSON.stringify(plan))).to.deep.equal(plan);
    });
  }

  it("holds no secret", () => {
    expect(JSON.stringify(aPlan(full))).not.to.include("Winter");
  });

  it("does not depend on the order in which things are listed, nor on what is listed twice", () => {
    const plan = aPlan(full);

    expect(aPlan(reversed(full) as StackConfig)).to.deep.equal(plan);
    expect(plan.foundation.cluster.deployers).to.deep.equal(["arn:one", "arn:two"]);
    expect(aPlan({ ...full, "moodle:cluster": { deployers: ["arn:two", "arn:one", "arn:two"], endpointRanges: ["198.51.100.0/24", "192.0.2.0/24"] } })).to.deep.equal(plan);
  });

  it("keeps deleted files a week longer than the oldest database that can be restored", () => {
    const retentionOf = (retention: string) => aPlan({ "moodle:database": { retention } }).foundation.objectStore?.deletedRetention;

    expect([retentionOf("14 d"), retentionOf("35 d"), retentionOf("36 h")]).to.deep.equal(["21 d", "42 d", "9 d"]);
  });

  it("lifts protection only from what somebody consented to lose", () => {
    expect(aPlan().foundation.unprotected).to.deep.equal([]);
    expect(aPlan(full).foundation.unprotected).to.deep.equal(["backups", "database"]);
  });

  it("sets labels of its own over those that are given", () => {
    const tags = { environment: "mine", application: "mine", faculty: "arts" };

    expect(aPlan({ "moodle:tags": tags }).foundation.tags).to.deep.equal({
      environment: "production",
      application: "moodle",
      faculty: "arts",
      stack: "test",
    });
  });

  const kept: readonly [mode: string, volumes: readonly string[]][] = [
    ["objectfs", ["objectStore", "sharedFiles"]],
    ["shared", ["sharedFiles"]],
    ["block", ["blockDisk"]],
  ];
  for (const [mode, volumes] of kept) {
    it(`asks the cloud for ${volumes.join(" and ")} in mode ${mode}, and for nothing else to keep files on`, () => {
      const { foundation } = aPlan({ "moodle:files": { mode } });

      expect(["objectStore", "sharedFiles", "blockDisk"].filter((name) => name in foundation)).to.deep.equal(volumes);
    });
  }

  it("asks for one cache where they are not apart, and for one that evicts beside one that does not where they are", () => {
    const apart = aPlan().foundation;
    const together = aPlan({ "moodle:environment": "staging" }).foundation;

    expect([apart.sessionCache.whenFull, apart.applicationCache?.whenFull]).to.deep.equal(["refuse", "evict"]);
    expect(together).not.to.have.property("applicationCache");
    expect(together.sessionCache.whenFull).to.equal("refuse");
  });
});

function modes(): [string, StackConfig][] {
  return ["shared", "block"].map((mode) => [mode, { "moodle:files": { mode } }]);
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed).reverse();
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([name, item]) => [name, reversed(item)]));
}
