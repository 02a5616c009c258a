import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { folders } from "../../components/moodle/environment";
import { freePort } from "../../toolchain/freePort";
import { ask, type Answer } from "./ask";
import { onePod, secrets } from "./environments";
import { aLab } from "./support/lab";
import { sizes, WebPod } from "./webPod";

const page = "<?php\nrequire '/opt/moodle/config.php';\n";
/** Says whether this request had to make it: only then is the environment read. */
const setup = "<?php\necho json_encode([$CFG->dbpass, getenv('PGSSLROOTCERT'), class_exists('MoodleImage\\\\Environment', false) ? 'made' : 'kept']);\n";

describe("the configuration of a web pod", function () {
  this.timeout("120s");
  const lab = aLab();

  it("is made once, and again when a file it came from is another: a Secret that was changed, or taken away", async () => {
    const [http, probe] = [await freePort(), await freePort()];
    const secretFiles = lab.folderWith(secrets);
    const replace = (name: string, text: string): void => {
      fs.writeFileSync(path.join(secretFiles, "next"), text, { mode: 0o644 });
      fs.renameSync(path.join(secretFiles, "next"), path.join(secretFiles, name));
    };
    await WebPod.serve(lab, {
      environment: {
        ...onePod,
        ...sizes,
        MOODLE_PHP_WORKERS: "1",
        MOODLE_HTTP_PORT: String(http),
        MOODLE_PROBE_PORT: String(probe),
        MOODLE_DATABASE_TLS: "verify-full",
        MOODLE_DATABASE_CA_FILE: "/etc/ssl/certs/ca-certificates.crt",
      },
      mounts: {
        "/opt/moodle/code": { from: lab.folderWith({ "public/index.php": page, "public/lib/setup.php": setup }) },
        [folders.secrets]: { from: secretFiles },
        [folders.configuration]: { from: lab.folderWith({ "settings.json": "{}" }) },
      },
    });
    const found = async (): Promise<unknown> => JSON.parse((await visit()).body) as unknown;
    const visit = (): Promise<Answer> => ask(http, "/index.php", { headers: { Host: "learn.example.edu" } });
    const certificates = "/etc/ssl/certs/ca-certificates.crt";

    expect(await found()).to.deep.equal([secrets["databasePassword"], certificates, "made"]);
    expect(await found(), "variables of its clients end with a request").to.deep.equal([secrets["databasePassword"], certificates, "kept"]);
    replace("databasePassword", "another");
    expect(await found()).to.deep.equal(["another", certificates, "made"]);
    expect(await found()).to.deep.equal(["another", certificates, "kept"]);
    replace("databasePassword", "");
    expect((await visit()).status).to.equal(503);
    replace("databasePassword", "the third");
    expect(await found()).to.deep.equal(["the third", certificates, "made"]);
  });
});
