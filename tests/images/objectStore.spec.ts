import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import type { Variables } from "./environments";
import { aLab } from "./support/lab";

// The plugin and the S3 client are stand-ins here. With the real ones it is proved by a real Moodle: docs/moodle-proof.md.

const plugin = fs.readFileSync(path.join(__dirname, "fixtures/objectStore/plugin.php"), "utf8");

describe("the file system for other stores than the protocol's own", () => {
  const lab = aLab();
  const object = { "@http": { timeout: 60 }, "Bucket": "files", "Key": "key" };

  /** Whichever way the plugin makes its client. */
  async function expectSent(environment: Variables, endpoint: string, sent: object): Promise<void> {
    const pod = await lab.pod({ environment, mounts: { "/plugin": { from: lab.folderWith({ "plugin.php": plugin }) } } });
    const { stdout, stderr } = await pod.run(["php", "-d", "display_errors=stderr", "/plugin/plugin.php", endpoint]);

    expect(stderr).to.equal("");
    expect(JSON.parse(stdout)).to.deep.equal({ configured: true, plugin: { ...object, ACL: "private" }, ours: sent, byName: sent, incomplete: null });
  }

  it("sends objects without an access header where the bucket has uniform access", () => expectSent({ MOODLE_OBJECT_STORE_ACL_HEADER: "none" }, "", object));

  it("names the bucket in the path where the store has an address of its own, which need not have a name for each bucket", async () => {
    await expectSent({ MOODLE_OBJECT_STORE_ACL_HEADER: "private" }, "https://objects.example.edu", { ...object, "ACL": "private", "@use_path_style_endpoint": true });
  });

  it("verifies the store with the authorities that were given, in every request and nowhere else", async () => {
    const file = "/etc/moodle/configuration/object-store-ca.pem";
    await expectSent({ MOODLE_OBJECT_STORE_ACL_HEADER: "none", MOODLE_OBJECT_STORE_CA_FILE: file }, "", { ...object, "@http": { timeout: 60, verify: file } });
  });
});
