import { expect } from "chai";
import fc from "fast-check";
import { baseName, dashed, labelValue, longest, type NameKind } from "../../../providers/gcp/names";
import { aGcpPlan, aSmallGcpPlan, blockDisk, built } from "./built";

const suffix = "-c0ffee00";

describe("names on Google Cloud", () => {
  it("stay as they are where they may", () => {
    expect(baseName("moodle-database", "other")).to.equal("moodle-database");
    expect(baseName("moodle-certificates", "account")).to.equal("moodle-certificates");
  });

  it("are within the limits of what they name, whatever they are made of", () => {
    const kinds = Object.keys(longest) as NameKind[];
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.constantFrom(...kinds), (logical, kind) => {
        const name = baseName(logical, kind) + suffix;
        expect(name).to.match(/^[a-z][a-z0-9-]*[a-z0-9]$/);
        expect(name.length).to.be.within(6, longest[kind]);
        expect(name).not.to.match(/g[o0]{2}g/);
        expect(baseName(logical, kind) + suffix, "a second time").to.equal(name);
      }),
    );
  });

  for (const [title, name] of Object.entries({
    long: `moodle-${"x".repeat(80)}`,
    "of other letters": "Université de Genève",
    "that begin with a digit": "4th-faculty",
    "with the word that buckets may not have": "my-google-moodle",
    "without a letter": "***",
  })) {
    it(`are accepted for platforms with names ${title}`, async () => {
      const { ingress } = aGcpPlan();
      const [objects, disk] = [
        await built(aGcpPlan({ ingress: { ...ingress, dnsZone: "example-edu" } }), name),
        await built(aSmallGcpPlan({ blockDisk, sharedFiles: undefined }), name),
      ];
      for (const { type, inputs } of [...objects.resources, ...disk.resources]) {
        const most = limits[type] ?? 63;
        for (const key of named) {
          const given = inputs[key];
          if (!type.startsWith("gcp:") || typeof given !== "string" || type in free) continue;
          expect(given, `${key} of ${type}`).to.match(/^[a-z]([a-z0-9-]*[a-z0-9])?$/);
          expect(given.length, `${key} of ${type}`).to.be.at.most(most);
        }
      }
      const labels = objects.resources.flatMap(({ inputs }) => [inputs.labels, inputs.userLabels, inputs.resourceLabels]).filter((each) => each !== undefined);
      for (const value of labels.flatMap((each) => Object.entries(each as object))) {
        if (value[0] !== "email_address") expect(value[1]).to.match(/^[a-z0-9_-]{0,63}$/);
      }
    });
  }

  it("keep apart what shortening would make the same", () => {
    const [one, other] = [`${"x".repeat(60)}-a`, `${"x".repeat(60)}-b`];
    expect(baseName(one, "account")).not.to.equal(baseName(other, "account"));
  });

  it("of secrets and alarms have dashes for capitals", () => {
    expect(dashed("applicationCachePassword")).to.equal("application-cache-password");
  });

  it("of tags that other clouds accept become labels", () => {
    expect(labelValue("team.physics")).to.equal("team-physics");
  });
});

/** Inputs that name something in the cloud. */
const named = ["name", "accountId", "secretId", "repositoryId", "bucketId", "backupVaultId", "backupPlanId", "backupPlanAssociationId"];

/** By type, where it is not 63. */
const limits: Readonly<Record<string, number>> = {
  "gcp:serviceaccount/account:Account": 30,
  "gcp:container/cluster:Cluster": 40,
  "gcp:redis/instance:Instance": 40,
  // https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create
  "gcp:secretmanager/secret:Secret": 255,
};

/** Types whose names are the site's own. */
const free: Readonly<Record<string, true>> = { "gcp:dns/recordSet:RecordSet": true };
