import { expect } from "chai";
import { before, beforeEach } from "mocha";
import * as fs from "node:fs";
import { programs } from "../../components/moodle/environment";
import { installed, otherShape, sameShape } from "../../images/standIn/code";
import { MoodleSite } from "./moodleSite";
import { aLab } from "./support/lab";

describe("the gate before Moodle's containers", () => {
  const lab = aLab();
  let site: MoodleSite;
  before(async () => void (site = await MoodleSite.make(lab)));
  beforeEach(() => site.install());

  it("opens when the database belongs to the image's code", async () => {
    const gate = await site.start(programs.awaitRelease, installed);

    expect((await gate.ended).code, gate.output).to.equal(0);
  });

  it("waits for an upgrade, and for its plugins too", async () => {
    const gate = await site.start(programs.awaitRelease, otherShape);
    await gate.until("waiting", () => gate.stderr.includes("not upgraded to 5.1.2 (Build: 3) yet"));
    site.hold("upgrade-version");
    const release = await site.start(programs.release, otherShape);
    await gate.until("waiting for the plugins", () => gate.stderr.includes("upgrade.php ended with status"));
    expect(gate.running).to.equal(true);

    site.letGo("upgrade-version");
    expect((await release.ended).code, release.output).to.equal(0);
    expect((await gate.ended).code, gate.output).to.equal(0);
  });

  it("keeps old code from a newer database", async () => {
    await site.install(otherShape);
    const gate = await site.start(programs.awaitRelease, sameShape);
    await gate.until("waiting", () => gate.stderr.includes("belongs to a newer Moodle"));

    gate.signal("SIGTERM");
    expect((await gate.ended).code).to.equal(1);
  });

  it("outlives a database that restarts", async () => {
    const gate = await site.start(programs.awaitRelease, otherShape);
    await gate.until("waiting", () => gate.stderr.includes("not upgraded"));
    await site.postgres.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'moodle-image'");
    await gate.until("noticed", () => gate.stderr.includes("connection to the database is lost"));

    expect((await site.release(otherShape)).code).to.equal(0);
    expect((await gate.ended).code, gate.output).to.equal(0);
  });

  it("waits for a data folder that can be written, and for a minted token", async () => {
    const token = `${site.dataroot}/token`;
    fs.chownSync(site.dataroot, 0, 0);
    const minted = {
      MOODLE_FILE_MODE: "objectfs",
      MOODLE_OBJECT_STORE_PROTOCOL: "blob",
      MOODLE_OBJECT_STORE_ACCOUNT: "account",
      MOODLE_OBJECT_STORE_BUCKET: "files",
      MOODLE_OBJECT_STORE_ACL_HEADER: "none",
      MOODLE_OBJECT_STORE_CHECKSUMS: "always",
      MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS: "false",
      MOODLE_OBJECT_STORE_CREDENTIALS: "mintedToken",
      MOODLE_OBJECT_STORE_TOKEN_FILE: "/var/lib/moodle/token",
    };
    const gate = await site.start(programs.awaitRelease, installed, minted);
    await gate.until("waiting for the folder", () => gate.stderr.includes("/var/lib/moodle cannot be written"));
    fs.chownSync(site.dataroot, 10033, 10033);
    await gate.until("waiting for the token", () => gate.stderr.includes("/var/lib/moodle/token is empty or missing"));
    fs.writeFileSync(token, "sv=1");

    expect((await gate.ended).code, gate.output).to.equal(0);
  });
});
