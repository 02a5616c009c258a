import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { expect } from "chai";
import { holdingAt } from "../../../providers/azure/holding";
import { sdkCredentials, subscriptionOf } from "../../../providers/azure/sdkCredentials";

const repository = path.join(__dirname, "../../..");
const tags = { application: "moodle", stack: "production" };
const group = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/moodle-platform1a2b3c4d";

const scope = (providerConfig: Readonly<Record<string, unknown>> = {}) => ({ region: "germanywestcentral", name: "moodle", tags, providerConfig, known: () => false });

describe("what Azure holds of a platform", () => {
  it("is what carries all of its tags, by the name it has in the program", () => {
    const id = `${group}/providers/Microsoft.Storage/storageAccounts/moodleobjects`;
    expect(holdingAt(id, "Microsoft.Storage/storageAccounts", { ...tags, Name: "moodle-objects" }, scope())).to.deep.include({
      id,
      what: "Microsoft.Storage/storageAccounts",
      logicalName: "moodle-objects",
    });
    expect(holdingAt(id, "Microsoft.Storage/storageAccounts", { ...tags, stack: "staging" }, scope()), "another stack's").to.equal(undefined);
  });

  it("is known by its ID however Azure writes resource groups", () => {
    const id = `${group.replace("resourceGroups", "resourcegroups")}/providers/Microsoft.KeyVault/vaults/moodle`;
    expect(holdingAt(id, "Microsoft.KeyVault/vaults", tags, scope())?.names).to.include(`${group}/providers/Microsoft.KeyVault/vaults/moodle`);
  });

  it("is not what the cluster makes under copied tags, nor what backups leave", () => {
    expect(holdingAt(`${group}-nodes/providers/Microsoft.Compute/disks/pvc-1`, "Microsoft.Compute/disks", tags, scope())).to.equal(undefined);
    expect(holdingAt(`${group}-nodes`, "Microsoft.Resources/resourceGroups", tags, scope())).to.equal(undefined);
    expect(holdingAt(`${group}/providers/Microsoft.Compute/snapshots/moodle`, "Microsoft.Compute/snapshots", tags, scope())).to.equal(undefined);
  });

  it("is asked for in the stack's subscription, and not as somebody else", () => {
    expect(subscriptionOf(scope({ "azure-native:subscriptionId": "one" }))).to.equal("one");
    expect(() => sdkCredentials(scope({ "azure-native:clientId": "client" }))).to.throw("gets its credentials by azure-native:clientId, which is not read here");
  });

  it("is asked for by libraries that are no part of a program that builds", () => {
    const script = 'require("./providers/azure"); console.log(Object.keys(require.cache).filter((file) => file.includes("node_modules/@azure/")).length)';

    const loaded = execFileSync(process.execPath, ["-r", "./toolchain/loader.cjs", "-e", script], { cwd: repository, encoding: "utf8" });

    expect(loaded.trim(), "files of them that the adapter loads").to.equal("0");
  });
});
