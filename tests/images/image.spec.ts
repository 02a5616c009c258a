import { expect } from "chai";
import { before } from "mocha";
import { programs, publicCertificates } from "../../components/moodle/environment";
import type { Ending } from "../../images/onThisMachine/program";
import { start } from "../../images/onThisMachine/sandbox";
import type { Debian } from "../../toolchain/debian";
import { expectKept } from "../support/graph/promise";
import { aLab } from "./support/lab";
import type { Pod } from "./support/pod";

/** What Moodle requires or wants, by PHP's own names, and what this platform needs beside it. */
const extensions = [
  ...["ctype", "curl", "dom", "exif", "fileinfo", "gd", "hash", "iconv", "intl", "json", "mbstring", "openssl", "pcre", "pgsql", "SimpleXML"],
  ...["soap", "sodium", "SPL", "tokenizer", "xml", "xmlreader", "zip", "zlib"],
  ...["apcu", "igbinary", "ldap", "pcntl", "redis", "Zend OPcache"],
];

const expected: Record<Debian, { php: string }> = { trixie: { php: "8.4" }, bookworm: { php: "8.2" } };

for (const [debian, { php }] of Object.entries(expected) as [Debian, { php: string }][]) {
  describe(`the image that images/moodle/Dockerfile builds on Debian ${debian}`, () => {
    const lab = aLab();
    let pod: Pod;
    before(async () => void (pod = await lab.pod({ debian })));

    const evaluated = async (script: string): Promise<string> => (await pod.run(["php", "-r", script])).stdout;

    /** Runs a program as root, who sees every file. */
    async function asRoot(...command: string[]): Promise<Ending> {
      const program = await start(command, { layers: pod.image.layers, readOnly: true, user: "0:0", environment: {}, mounts: {} });
      return program.ended;
    }

    it(`has PHP ${php} with every extension that Moodle and this platform use, for the command line and for PHP-FPM`, async () => {
      expect(await evaluated('echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;')).to.equal(php);
      for (const command of [["php", "-m"], ["php-fpm", "-m"]]) {
        const { stdout } = await pod.run(command);
        const wanted = command[0] === "php" ? extensions : extensions.filter((name) => name !== "pcntl");
        expectKept(`\`${command.join(" ")}\` lists it.`, wanted.filter((name) => !stdout.split("\n").includes(name)));
      }
    });

    it("lets the command line take as many form fields as a web page, without which Moodle refuses to install", async () => {
      expect(Number(await evaluated('echo ini_get("max_input_vars");'))).to.be.at.least(5000);
    });

    it("runs as its own user, on a root file system that is read-only, and stops on SIGQUIT", async () => {
      const script = 'echo posix_getuid(), ":", posix_getgid(), @file_put_contents("/opt/moodle/x", "") === false ? error_get_last()["message"] : " written";';

      // Not for want of a permission alone: that would be "Permission denied".
      expect((await pod.run(["php", "-r", script])).stdout).to.match(/^10033:10033.*Read-only file system$/);
      expect(pod.image.config).to.include({ User: "10033:10033", StopSignal: "SIGQUIT" });
    });

    it("runs as any other user as well, who may read all of it", async () => {
      const other = await lab.pod({ debian, user: "54321:54321" });

      expect(await other.run(["find", "/opt/moodle", "/etc/php", "(", "-not", "-readable", "-o", "-type", "d", "-not", "-executable", ")"])).to.deep.include({ code: 0, stdout: "", stderr: "" });
    });

    it("has every program that the chart starts, for anyone to execute", async () => {
      const files = [...new Set(Object.values(programs).map(([file]) => file))];
      const { stdout } = await pod.run(["find", "/opt/moodle/bin", "-type", "f", "-perm", "-o=rx"]);

      expect(stdout.trim().split("\n").sort()).to.deep.equal(files.sort());
    });

    it("has the plugins that are our own among Moodle's", async () => {
      expect((await pod.run(["find", "/opt/moodle/code/public/cache/stores", "-name", "version.php"])).stdout).to.equal("/opt/moodle/code/public/cache/stores/persistentredis/version.php\n");
    });

    it("has public certificates, each under the name by which it is looked up, time zones, and the program that annotates PDF files", async () => {
      expect(await evaluated(`echo openssl_x509_read(file_get_contents("${publicCertificates}")) ? "a certificate" : "nothing";`)).to.equal("a certificate");
      const lookedUp = "is_readable('/etc/ssl/certs/' . openssl_x509_parse(file_get_contents($file))['hash'] . '.0')";
      expect(await evaluated(`$files = glob('/etc/ssl/certs/*.pem'); foreach ($files as $file) { if (!${lookedUp}) echo $file; } echo count($files) > 100 ? "all" : "few";`)).to.equal("all");
      expect(await evaluated('echo (new DateTime("2026-07-01 12:00", new DateTimeZone("Europe/Berlin")))->format("P");')).to.equal("+02:00");
      expect((await pod.run(["gs", "--version"])).code, "ghostscript").to.equal(0);
    });

    it("lets nobody gain the rights of another, and holds nothing that only a build needs", async () => {
      const privileged = await asRoot("find", "/", "-xdev", "-type", "f", "-perm", "/6000");
      expect(privileged, "files that run as their owner or group").to.deep.include({ code: 0, stdout: "" });

      const tools = ["gcc", "make", "git", "composer", "phpize", "phpdbg8.2", "phpdbg8.4", "systemctl", "curl", "wget"].map((name) => `/usr/bin/${name}`);
      const left = await asRoot("find", ...["/var/lib/apt/lists", "/var/cache/apt", "/tmp", "/usr/bin"], "-type", "f");
      expectKept("What only a build needs is not in the image.", left.stdout.split("\n").filter((file) => file !== "" && (!file.startsWith("/usr/bin/") || tools.includes(file))));
    });

    it("lets no page be served, and no pool of workers start, that came with a package", async () => {
      const { stdout } = await asRoot("find", "/etc", "/var/www", "-path", "*/nginx/sites-enabled/*", "-o", "-path", "*/fpm/pool.d/*", "-o", "-path", "/var/www/*");

      expect(stdout).to.equal("");
    });
  });
}
