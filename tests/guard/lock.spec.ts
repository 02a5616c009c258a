import { expect } from "chai";
import * as fs from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { deploymentFrom } from "../../guard/deployment";
import { isLocked } from "../../guard/lock";
import { temporaryFolder } from "../toolchain/temporaryFolder";
import { aResource, anExport } from "./anExport";

describe("the lock of a state in a folder", () => {
  const at = temporaryFolder();
  const deployment = deploymentFrom(anExport([aResource()]));
  const backend = () => pathToFileURL(at("state")).href;

  function lock(project: string, stack: string): void {
    const folder = path.join(at("state"), ".pulumi", "locks", "organization", project, stack);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "3f2a.json"), "{}");
  }

  it("is seen while it is there", () => {
    expect(isLocked(backend(), deployment)).to.equal(false);
    lock("moodle-platform", "test");
    expect(isLocked(backend(), deployment)).to.equal(true);
  });

  it("is the stack's own, and no other's", () => {
    lock("moodle-platform", "production");
    lock("website", "test");
    expect(isLocked(backend(), deployment)).to.equal(false);
  });

  it("is left to the update itself where states are elsewhere, or there is none yet", () => {
    lock("moodle-platform", "test");
    expect(isLocked("https://api.pulumi.com", deployment)).to.equal(false);
    expect(isLocked("s3://states", deployment)).to.equal(false);
    expect(isLocked(backend(), deploymentFrom(anExport([])))).to.equal(false);
  });
});
