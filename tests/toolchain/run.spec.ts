import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { shellScript, temporaryFolder } from "./temporaryFolder";

const toolchain = path.join(__dirname, "..", "..", "toolchain");

/** A clone of a repository with one dependency, inside itself, so that npm needs no registry. */
function aClone(at: (...parts: string[]) => string): void {
  fs.cpSync(path.join(toolchain, "setup"), at("clone", "toolchain", "setup"), { recursive: true });
  fs.copyFileSync(path.join(toolchain, "run.mjs"), at("clone", "toolchain", "run.mjs"));
  fs.writeFileSync(
    at("clone", "toolchain", "loader.cjs"),
    'require.extensions[".ts"] = (module, file) => module._compile(require("fs").readFileSync(file, "utf8"), file);',
  );
  fs.mkdirSync(at("clone", "greeting"));
  fs.writeFileSync(at("clone", "greeting", "package.json"), '{"name":"greeting","version":"1.0.0"}');
  fs.writeFileSync(at("clone", "greeting", "index.js"), 'module.exports = "hello";');
  const dependencies = { greeting: "file:greeting" };
  fs.writeFileSync(at("clone", "package.json"), JSON.stringify({ name: "clone", version: "1.0.0", dependencies }));
  npm(at("clone"), "install", "--package-lock-only");
}

function npm(cwd: string, ...args: string[]): void {
  const { status, stderr } = spawnSync("npm", [...args, "--no-audit", "--no-fund"], { cwd, encoding: "utf8" });
  expect(status, stderr).to.equal(0);
}

describe("toolchain/run.mjs", function () {
  this.timeout(30_000);
  const at = temporaryFolder();

  function start(args: string[], options: { node?: string[]; path?: string } = {}): ChildProcess {
    const { npm_execpath: _outer, ...environment } = process.env;
    return spawn(process.execPath, [...(options.node ?? []), at("clone", "toolchain", "run.mjs"), ...args], {
      env: { ...environment, PATH: [options.path, process.env.PATH].filter(Boolean).join(path.delimiter) },
    });
  }

  async function finish(child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> {
    let stdout = "";
    let stderr = "";
    child.stdout?.on("data", (data: Buffer) => (stdout += data.toString()));
    child.stderr?.on("data", (data: Buffer) => (stderr += data.toString()));
    const [code] = (await once(child, "close")) as [number | null];
    return { code, stdout, stderr };
  }

  it("installs the packages once, also when two start on a fresh clone, and is silent the second time", async () => {
    aClone(at);
    fs.writeFileSync(at("script.ts"), `console.log(require(${JSON.stringify(at("clone", "node_modules", "greeting"))}))`);

    const both = await Promise.all([finish(start([at("script.ts")])), finish(start([at("script.ts")]))]);
    const again = await finish(start([at("script.ts")]));

    expect(both.map(({ code, stdout }) => [code, stdout])).to.deep.equal([[0, "hello\n"], [0, "hello\n"]]);
    const told = both.map(({ stderr }) => stderr).join("");
    expect(told.match(/^Installing \d+ npm packages/gm), told).to.have.length(1);
    expect(again).to.deep.equal({ code: 0, stdout: "hello\n", stderr: "" });
  });

  it("installs again when package-lock.json asks for another package than the one that is there", async () => {
    aClone(at);
    npm(at("clone"), "ci");
    fs.writeFileSync(at("script.ts"), "");
    expect((await finish(start([at("script.ts")]))).stderr, "a person's own npm ci counts").to.equal("");
    const record = at("clone", "node_modules", ".package-lock.json");
    fs.writeFileSync(record, fs.readFileSync(record, "utf8").replaceAll("greeting", "farewell"));

    const { stderr } = await finish(start([at("script.ts")]));

    expect(stderr).to.match(/^Installing/);
  });

  it("passes arguments on, and returns the script's exit code", async () => {
    aClone(at);
    npm(at("clone"), "ci");
    fs.writeFileSync(at("script.ts"), "console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 7;");

    const result = await finish(start([at("script.ts"), "two words", "--flag"]));

    expect(result).to.deep.equal({ code: 7, stdout: '["two words","--flag"]\n', stderr: "" });
  });

  it("passes SIGTERM and SIGINT on, and ends as the script does", async () => {
    aClone(at);
    npm(at("clone"), "ci");
    fs.writeFileSync(
      at("script.ts"),
      'for (const s of ["SIGTERM", "SIGINT"]) process.on(s, () => { console.log("got", s); process.exit(3); });\n' +
        'setInterval(() => {}, 1000); console.log("ready");',
    );
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      const child = start([at("script.ts")]);
      child.stdout?.once("data", () => child.kill(signal));
      const { code, stdout } = await finish(child);
      expect([code, stdout]).to.deep.equal([3, `ready\ngot ${signal}\n`]);
    }
  });

  it("obtains a Node from the registry where the machine's is too old, once", async () => {
    aClone(at);
    npm(at("clone"), "ci");
    fs.writeFileSync(at("script.ts"), "console.log(process.env.OBTAINED)");
    fs.writeFileSync(
      at("old.cjs"),
      'if (process.argv[1].endsWith("run.mjs")) Object.defineProperty(process, "versions", { value: { node: "18.20.0" } });',
    );
    // The archive holds a script in place of a Node.
    shellScript(
      at("packed", "package", "bin", "node"),
      'if [ "$1" = --version ]; then echo v22.99.0; exit; fi',
      `OBTAINED=yes exec ${JSON.stringify(process.execPath)} "$@"`,
    );
    spawnSync("tar", ["-czf", at("node.tgz"), "-C", at("packed"), "package"]);
    shellScript(
      at("bin", "npm"),
      `echo "$@" >> ${at("npm.log")}`,
      'while [ "$1" != --pack-destination ]; do shift; done',
      `cp ${at("node.tgz")} "$2/node.tgz"; echo '[{"filename":"node.tgz","version":"22.99.0"}]'`,
    );
    const old = { node: ["-r", at("old.cjs")], path: at("bin") };

    const first = await finish(start([at("script.ts")], old));
    const second = await finish(start([at("script.ts")], old));

    expect(first.stdout, first.stderr).to.equal("yes\n");
    expect(first.stderr).to.match(/^Node 18\.20\.0 is too old \(needs 22 or newer\): obtaining node-/);
    expect(second).to.deep.equal({ code: 0, stdout: "yes\n", stderr: "" });
    expect(fs.readFileSync(at("npm.log"), "utf8").match(/^pack node-\w+-\w+@22 /gm)).to.have.length(1);
    expect(fs.readdirSync(at("cache", "moodle-platform", "node"))).to.deep.equal(["22.99.0"]);
  });

  it("says in one message what to do when no Node can be had", async () => {
    aClone(at);
    npm(at("clone"), "ci");
    fs.writeFileSync(at("old.cjs"), 'Object.defineProperty(process, "versions", { value: { node: "18.20.0" } });');
    shellScript(at("bin", "npm"), "echo no network >&2; exit 1");

    const result = await finish(start([at("script.ts")], { node: ["-r", at("old.cjs")], path: at("bin") }));

    expect(result.code).to.equal(1);
    expect(result.stderr).to.match(/error: Node 22 or newer is needed; this is 18\.20\.0.*\nInstall Node 22 .*\n.*\nno network/);
  });
});
