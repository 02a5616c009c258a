import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { after, before } from "mocha";
import { build, lock, publish } from "../../images/commands";
import { Buildah } from "../../images/onThisMachine/buildah";
import { importedBase } from "../../images/onThisMachine/importedBase";
import { serviceTree } from "../../images/onThisMachine/serviceTree";
import { baseTree } from "../../toolchain/debian";
import { silent } from "../../toolchain/setup/progress.cjs";
import { gitRepository } from "../imageCommand/gitRepository";
import { aLab } from "./support/lab";

describe("npm run image", () => {
  const lab = aLab();
  const line = "5.1";
  const searchPath = process.env.PATH;
  const from = new Map<string, string>();
  let base: string;
  let buildah: Buildah;
  let file: string;

  before(async () => {
    const sources = {
      moodle: { branch: "main", tag: "v5.1.7", files: { "lib/components.json": '{ "plugintypes": { "tool": "public/admin/tool", "local": "public/local" } }', "public/version.php": "<?php $release = '5.1.7';" } },
      tool_objectfs: { branch: "MOODLE_404_STABLE", files: { "version.php": "<?php $plugin->release = 'one';" } },
      tool_forcedcache: { branch: "MOODLE_501_STABLE", files: { "version.php": "<?php $plugin->version = 2026010100;" } },
      local_azureblobstorage: { branch: "MOODLE_402_STABLE", files: { "version.php": "<?php $plugin->version = 2;" } },
    };
    for (const [name, source] of Object.entries(sources)) from.set(name, gitRepository(lab.newFolder(name), source).folder);
    const packs = lab.newFolder("packs");
    for (const name of ["de", "es", "fr"]) {
      fs.mkdirSync(path.join(packs, name));
      fs.writeFileSync(path.join(packs, name, "langconfig.php"), `<?php $string['thislanguage'] = '${name}';`);
      execFileSync("python3", ["-m", "zipfile", "-c", `${name}.zip`, `${name}/`], { cwd: packs });
      from.set(name, path.join(packs, `${name}.zip`));
    }
    file = path.join(lab.newFolder("lock"), "5.1.json");
    buildah = new Buildah(await serviceTree(silent));
    base = await importedBase(buildah, "trixie", await baseTree("trixie", silent));
    const commands = lab.newFolder("commands");
    buildah.writeCommand(commands, [os.tmpdir()]);
    process.env.PATH = `${commands}${path.delimiter}${searchPath}`;
  });
  after(() => void (process.env.PATH = searchPath));

  it("locks, builds what the lock names, and publishes that image by its digest", async () => {
    expect((await lock({ command: "lock", line, json: false, from }, silent, file)).problems).to.deep.equal([]);
    const built = await build({ command: "build", line, json: false, from, base, context: undefined }, silent, file);
    const folder = lab.newFolder("registry");
    const published = await publish({ command: "publish", line, json: false, from: new Map(), to: { place: `oci:${folder}` } }, folder, silent, file);

    const { digest, tag } = published.facts;
    expect(tag).to.match(/^5\.1\.7-[0-9a-f]{8}$/).and.to.equal(built.facts.tag);
    const index = JSON.parse(fs.readFileSync(path.join(folder, "index.json"), "utf8")) as { manifests: { digest: string }[] };
    expect(index.manifests.map((manifest) => manifest.digest)).to.deep.equal([digest]);

    const layers = buildah.layersOf((built.facts.image ?? "").replace("sha256:", "")) ?? [];
    const has = (name: string): boolean => layers.some((layer) => fs.existsSync(path.join(layer, "opt/moodle", name)));
    const wanted = ["code/public/version.php", "code/config.php", "code/public/admin/tool/objectfs/version.php", "code/public/local/azureblobstorage/version.php", "languages/fr/langconfig.php", "lock.json"];
    expect(wanted.filter((name) => !has(name)), "not in the image").to.deep.equal([]);
  });
});
