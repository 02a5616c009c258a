import * as path from "node:path";
import { expect } from "chai";
import { before } from "mocha";
import type { Ending } from "../../images/onThisMachine/program";
import { start } from "../../images/onThisMachine/sandbox";
import { baseTree, treeWith } from "../../toolchain/debian";
import { silent } from "../../toolchain/setup/progress.cjs";
import { aLab } from "./support/lab";

// PHPStan and Psalm are in no Debian; what is there reads the code of one file at a time and knows no types.

const repository = path.resolve(__dirname, "../..");

/** Programs have no file extension. */
const everyFile = ["/opt/moodle/config.php", "/opt/moodle/lib", "/opt/moodle/bin", "/plugins"];
const plugins = { "/plugins": { from: path.join(repository, "images/moodle/plugins") } };
const lint = `$problems = [];
$files = 0;
foreach (array_slice($argv, 1) as $place) {
    $found = is_dir($place) ? new RecursiveIteratorIterator(new RecursiveDirectoryIterator($place, FilesystemIterator::SKIP_DOTS)) : [new SplFileInfo($place)];
    foreach ($found as $file) {
        $files += 1;
        exec(PHP_BINARY . ' -d display_errors=1 -l ' . escapeshellarg($file->getPathname()) . ' 2>&1', $output, $status);
        if ($status !== 0) {
            $problems[] = implode("\\n", $output);
        }
    }
}
echo json_encode(['files' => $files, 'problems' => $problems]);`;

describe("the image's PHP", function () {
  this.timeout("300s");
  const lab = aLab();
  let analysis: (command: readonly string[]) => Promise<Ending>;

  before(async () => {
    const tree = await treeWith("php-analysis", await baseTree("bookworm", silent), ["php-codesniffer", "phpmd"], {}, silent);
    const mounts = { "/opt/moodle": { from: path.join(repository, "images/moodle/rootfs/opt/moodle") }, "/rules": { from: path.join(repository, "images/moodle") }, ...plugins };
    analysis = async (command) => (await start(command, { layers: [tree.folder], readOnly: false, user: "65534:65534", environment: {}, mounts })).ended;
  });

  it("can be read by the PHP of the image", async () => {
    const pod = await lab.pod({ mounts: plugins });

    expectReadable(await pod.run(["php", "-r", lint, "--", ...everyFile]));
  });

  it("can be read by PHP 8.2, the oldest that an image has", async () => {
    expect((await analysis(["php", "-r", "echo PHP_VERSION;"])).stdout).to.match(/^8\.2\./);
    expectReadable(await analysis(["php", "-r", lint, "--", ...everyFile]));
  });

  it("is written as PSR-12 asks", async () => {
    const { code, stdout, stderr } = await analysis(["phpcs", "--standard=/rules/phpcs.xml", "--extensions=php,", "--report=emacs", "--no-cache", ...everyFile]);

    expect(stdout + stderr).to.equal("");
    expect(code).to.equal(0);
  });

  it("has nothing that is not used, and uses nothing that is not there", async () => {
    const { code, stdout, stderr } = await analysis(["phpmd", "/opt/moodle/config.php,/opt/moodle/lib,/plugins", "text", "/rules/phpmd.xml"]);

    expect(stdout + stderr).to.equal("");
    expect(code).to.equal(0);
  });
});

function expectReadable({ stdout, stderr }: Ending): void {
  expect(stderr).to.equal("");
  const { files, problems } = JSON.parse(stdout) as { files: number; problems: readonly string[] };
  expect(problems).to.deep.equal([]);
  expect(files).to.be.greaterThan(30);
}
