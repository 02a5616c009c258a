import { expect } from "chai";
import { expectKept } from "../support/graph/promise";
import { unprotectedState } from "../support/graph/protection";
import { deletableBeforeSafeguard } from "../support/graph/safeguard";
import { secretsInClear, secretsInReadablePlaces, unmarkedSecrets } from "../support/graph/secrets";
import type { ProgramGraph } from "../support/monitor/graph";
import { committedStacks, graphOf, type StackConfig } from "./stackProgram";

const key = "arn:aws:kms:eu-central-1:123456789012:key/0f8fad5b-d9cb-469f-a165-70867728950e";
const files: Record<string, string> = { objectfs: "moodle-objects-1a2b3c4", block: "snap-0123456789abcdef0" };
const held = [
  { type: "aws:kms/key:Key", id: "0f8fad5b-d9cb-469f-a165-70867728950e", outputs: { arn: key, keyId: "0f8fad5b-d9cb-469f-a165-70867728950e" } },
  { type: "aws:rds/snapshot:Snapshot", id: "moodle-database-final", outputs: { kmsKeyId: key, allocatedStorage: 200 } },
  { type: "aws:ebs/snapshot:Snapshot", id: "snap-0123456789abcdef0", outputs: {} },
  { type: "aws:s3/bucket:Bucket", id: "moodle-objects-1a2b3c4", outputs: { bucket: "moodle-objects-1a2b3c4", arn: "arn:aws:s3:::moodle-objects-1a2b3c4" } },
];
const encryptionKey = "TheKeyThatAnotherPlatformHadOnce";
const passwordPeppers = '{"1":"ThePepperThatAnotherPlatformHad"}';

// What a real cloud makes of a snapshot is not proved here, nor that Moodle reads what it finds.
for (const stack of committedStacks("aws").filter(({ name }) => ["production", "aws-block"].includes(name))) {
  describe(`the program of stack ${stack.name}, restoring another platform`, () => {
    let update: ProgramGraph;
    let mode = "";
    before(async () => {
      update = await graphOf(stack, "update", ({ config, secretConfig }) => {
        mode = modeOf(config);
        return {
          config: {
            ...config,
            "moodle:database": { ...(config["moodle:database"] as object | undefined), restoreFrom: "moodle-database-final" },
            "moodle:files": { ...(config["moodle:files"] as object | undefined), restoreFrom: files[mode] },
            "moodle:aws": { dataKey: key },
          },
          secretConfig: { ...secretConfig, "moodle:encryptionKey": encryptionKey, "moodle:passwordPeppers": passwordPeppers },
        };
      }, held);
    });

    it("starts the database from the snapshot, under the snapshot's key", () => {
      const database = update.resources.find(({ type }) => type === "aws:rds/instance:Instance");

      expect(database?.inputs).to.include({ snapshotIdentifier: "moodle-database-final" });
      expect(database?.inputs).to.not.have.property("kmsKeyId");
    });

    it("takes the files over", () => {
      const bucket = update.resources.find(({ type }) => type === "aws:s3/bucket:Bucket");
      const disk = update.resources.find(({ type }) => type === "aws:ebs/volume:Volume");

      if (mode === "block") expect(disk?.inputs).to.include({ snapshotId: files.block });
      else expect(bucket).to.include({ read: true, id: files.objectfs });
    });

    it("makes no key that the given ones stand for, and lets nobody exchange those", () => {
      const names = update.resources.filter(({ type }) => /random|kms/.test(type)).map(({ name }) => name);
      const seals = update.resources.filter(({ name }) => name.endsWith("-seal"));

      expect(names).to.not.include.members(["moodle-site-encryption-key"]);
      expect(names).to.not.include.members(["moodle-site-password-pepper"]);
      expect(names).to.not.include.members(["moodle-data"]);
      expect(seals.map(({ name, protect }) => [name, protect])).to.deep.equal([
        ["moodle-site-encryption-key-seal", true],
        ["moodle-site-password-pepper-seal", true],
      ]);
    });

    it("lets no secret out in clear", () => {
      expectKept("The secrets of a restored platform are secret wherever they appear.", [
        ...secretsInClear(update),
        ...secretsInReadablePlaces(update),
        ...unmarkedSecrets(update),
      ]);
      const text = JSON.stringify(update.resources.map(({ name, type, urn }) => [name, type, urn]));
      expect(text).to.not.include(encryptionKey);
    });

    it("protects what holds state", () => {
      expectKept("Nothing stateful can be deleted unless a person asked for exactly that.", unprotectedState(update));
      expectKept("A destroy that is refused has deleted nothing.", deletableBeforeSafeguard(update));
    });
  });
}

function modeOf(config: StackConfig["config"]): string {
  return String((config["moodle:files"] as { mode?: string } | undefined)?.mode ?? "objectfs");
}
