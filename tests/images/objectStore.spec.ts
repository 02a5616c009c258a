import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import type { Debian } from "../../toolchain/debian";
import { aLab } from "./support/lab";

// The plugin and the S3 client are stand-ins here. With the real ones it is proved by a real Moodle: docs/moodle-proof.md.

const plugin = fs.readFileSync(path.join(__dirname, "fixtures/objectStore/plugin.php"), "utf8");

describe("the file system for other stores than the protocol's own", () => {
  const lab = aLab();
  const object = { Bucket: "files", Key: "key" };

  /** Whichever way the plugin makes its client. */
  async function expectSent(acl: string, endpoint: string, sent: object): Promise<void> {
    const pod = await lab.pod({ environment: { MOODLE_OBJECT_STORE_ACL_HEADER: acl }, mounts: { "/plugin": { from: lab.folderWith({ "plugin.php": plugin }) } } });
    const { stdout, stderr } = await pod.run(["php", "-d", "display_errors=stderr", "/plugin/plugin.php", endpoint]);

    expect(stderr).to.equal("");
    expect(JSON.parse(stdout)).to.deep.equal({ configured: true, plugin: { ...object, ACL: "private" }, ours: sent, byName: sent, incomplete: null });
  }

  it("sends objects without an access header where the bucket has uniform access", () => expectSent("none", "", object));

  it("names the bucket in the path where the store has an address of its own, which need not have a name for each bucket", async () => {
    await expectSent("private", "https://objects.example.edu", { ...object, "ACL": "private", "@use_path_style_endpoint": true });
  });
});

/** One request of PHP's curl, which the S3 client is built on; says its status, or why there was none. */
const request = "$c = curl_init(getenv('MOODLE_OBJECT_STORE_ENDPOINT')); curl_setopt($c, CURLOPT_RETURNTRANSFER, true); echo curl_exec($c) === false ? curl_error($c) : curl_getinfo($c, CURLINFO_RESPONSE_CODE);";

for (const debian of ["trixie", "bookworm"] as const satisfies readonly Debian[]) {
  describe(`the certificate of an object store, to PHP of Debian ${debian}`, () => {
    const lab = aLab();
    const authorities = "/etc/moodle/configuration/object-store-ca.pem";

    /** What comes of a request to a store, where its authority is in files at these places. */
    async function outcome(...places: ((hash: string) => string)[]): Promise<string> {
      const authority = await lab.authority();
      const store = await lab.objectStore({ allowedAclHeader: "none", certificate: await authority.issue("IP:127.0.0.1") });
      const file = lab.folderWith({ "ca.pem": authority.certificate });
      const other = lab.folderWith({ "ca.pem": (await lab.authority()).certificate });
      const hash = (await (await lab.pod({ debian, mounts: { "/ca": { from: file } } })).run(["php", "-r", "echo openssl_x509_parse(file_get_contents('/ca/ca.pem'))['hash'];"])).stdout;
      const trusted = Object.fromEntries(places.map((place) => [place(hash), { from: path.join(file, "ca.pem") }]));
      const pod = await lab.pod({ debian, environment: { MOODLE_OBJECT_STORE_ENDPOINT: store.endpoint, MOODLE_OBJECT_STORE_CA_FILE: authorities }, mounts: { [authorities]: { from: path.join(other, "ca.pem") }, ...trusted } });
      return (await pod.run(["php", "-r", request])).stdout;
    }

    it("is good where its authority is the one that was given", async () => {
      expect(await outcome(() => authorities)).to.equal("403");
    });

    it("is good where its authority is a public one, and another was given", async () => {
      expect(await outcome((hash) => `/etc/ssl/certs/${hash}.0`)).to.equal("403");
    });

    it("is not where its authority is neither", async () => {
      expect(await outcome()).to.match(/certificate/);
    });
  });
}
