import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { aLab } from "./support/lab";

// The plugin and the S3 client are stand-ins here. With the real ones it is proved by a real Moodle: docs/moodle-proof.md.

const plugin = fs.readFileSync(path.join(__dirname, "fixtures/objectStore/plugin.php"), "utf8");

describe("the file system for buckets with uniform access", () => {
  const lab = aLab();

  it("sends objects without an access header, whichever way the plugin makes its client", async () => {
    const pod = await lab.pod({ mounts: { "/plugin": { from: lab.folderWith({ "plugin.php": plugin }) } } });

    const { stdout, stderr } = await pod.run(["php", "-d", "display_errors=stderr", "/plugin/plugin.php"]);

    expect(stderr).to.equal("");
    const object = { Bucket: "files", Key: "key" };
    expect(JSON.parse(stdout)).to.deep.equal({
      configured: true,
      plugin: { ...object, ACL: "private" },
      ours: object,
      byName: object,
      incomplete: null,
    });
  });
});
