import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { expect } from "chai";
import { obtainTool } from "../../toolchain/obtain";
import type { Tool } from "../../toolchain/tool";
import { shellScript, temporaryFolder } from "./temporaryFolder";

describe("obtaining a tool", () => {
  const at = temporaryFolder();
  const path0 = process.env.PATH;
  let server: http.Server;
  let requests: string[];
  let answers: Record<string, Buffer | string | "hang">;
  let said: string[];
  const progress = {
    say: (line: string) => void said.push(line),
    during: <T>(what: string, work: (detail: (text: string) => void) => Promise<T>) => {
      said.push(what);
      return work(() => undefined);
    },
  };

  beforeEach(async () => {
    requests = [];
    answers = {};
    said = [];
    server = http.createServer((request, response) => {
      const name = request.url ?? "";
      requests.push(name);
      const answer = answers[name];
      if (answer === undefined) response.writeHead(404).end();
      else if (answer === "hang") response.writeHead(200, { "content-length": "1000000" }).write("half");
      else response.end(answer);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    process.env.PATH = `${at("bin")}${path.delimiter}${path0 ?? ""}`;
  });

  afterEach(() => {
    process.env.PATH = path0;
    server.closeAllConnections();
    server.close();
  });

  function aTool(): Tool {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
      title: "Gadget",
      executable: "gadget-of-this-test",
      version: "3.259.0",
      versionArguments: ["version"],
      companions: ["gadget-companion"],
      archive: { url: `${url}/gadget.tar.gz`, checksumsUrl: `${url}/sums`, folder: "gadget" },
      module: { folder: at("module"), package: "example.edu/gadget", tags: [], variables: {}, cost: "a moment" },
    };
  }

  function install(version: string, ...companions: string[]): string {
    for (const name of companions) shellScript(at("bin", name));
    return shellScript(at("bin", "gadget-of-this-test"), `echo v${version}`);
  }

  function publish(version: string): void {
    shellScript(at("archive", "gadget", "gadget-of-this-test"), `echo v${version}`);
    shellScript(at("archive", "gadget", "gadget-companion"));
    spawnSync("tar", ["-czf", at("gadget.tar.gz"), "-C", at("archive"), "gadget"]);
    const archive = fs.readFileSync(at("gadget.tar.gz"));
    answers["/gadget.tar.gz"] = archive;
    answers["/sums"] = `${createHash("sha512").update(archive).digest("hex")}  gadget.tar.gz\n`;
  }

  function givenGo(...lines: string[]): void {
    fs.mkdirSync(at("module"), { recursive: true });
    shellScript(at("bin", "go"), ...lines);
  }

  const building = [
    'if [ "$1" = version ]; then exit 0; fi',
    'while [ "$1" != -o ]; do shift; done',
    'printf "#!/bin/sh\\necho v3.259.0\\n" > "$2"; chmod +x "$2"',
  ];

  it("takes an installed one of the same minor version that has its companion, and asks no server", async () => {
    const binary = install("3.259.4", "gadget-companion");

    const tool = await obtainTool(aTool(), progress);

    expect(tool).to.deep.equal({ binary, version: "3.259.4", source: "installed" });
    expect(requests).to.deep.equal([]);
    expect(said).to.deep.equal([]);
  });

  it("passes over an installed one of another minor version, and says so", async () => {
    const binary = install("3.100.0", "gadget-companion");
    publish("3.259.0");

    const tool = await obtainTool(aTool(), progress);

    expect(tool.source).to.equal("archive");
    expect(said[0]).to.equal(`Gadget 3.259.x is needed, ${binary} is 3.100.0: looking elsewhere.`);
  });

  it("passes over an installed one without its companion", async () => {
    install("3.259.0");
    publish("3.259.0");

    expect((await obtainTool(aTool(), progress)).source).to.equal("archive");
    expect(said[0]).to.include("has no gadget-companion beside it");
  });

  it("unpacks the official archive once, companions beside it, also when two ask at the same time", async () => {
    publish("3.259.0");

    const [first, second] = await Promise.all([obtainTool(aTool(), progress), obtainTool(aTool(), progress)]);
    const third = await obtainTool(aTool(), progress);

    expect(first).to.deep.equal({ ...second });
    expect(third).to.deep.equal(first);
    expect(requests, "each file is fetched once").to.deep.equal(["/sums", "/gadget.tar.gz"]);
    expect(fs.readdirSync(path.dirname(first.binary)).sort()).to.deep.equal(["gadget-companion", "gadget-of-this-test"]);
  });

  it("refuses an archive that is not the published one, and builds instead", async () => {
    publish("3.259.0");
    answers["/sums"] = `${"0".repeat(128)}  gadget.tar.gz\n`;
    givenGo(...building);

    const tool = await obtainTool(aTool(), progress);

    expect(tool.source).to.equal("built");
    expect(said.join("\n")).to.match(/its sha512 checksum [0-9a-f]{128} is not the published 0{128}/);
  });

  it("refuses an archive that holds another version", async () => {
    publish("3.258.0");
    givenGo(...building);

    expect((await obtainTool(aTool(), progress)).source).to.equal("built");
    expect(said.join("\n")).to.include("it says its version is 3.258.0, not 3.259.0");
  });

  it("names the three ways when nothing works, and leaves nothing half", async () => {
    givenGo('if [ "$1" = version ]; then exit 0; fi', "echo no such module >&2; exit 1");

    const error = await obtainTool(aTool(), progress).catch((failure: Error) => failure.message);

    expect(error).to.include("Gadget 3.259.0 is needed and could not be obtained: go build failed: no such module");
    expect(error).to.match(/1\. install Gadget 3\.259\.0.*\n.*2\. let this machine reach.*\n.*3\. install Go/);
    expect(fs.readdirSync(at("cache", "moodle-platform", "gadget-of-this-test", "3.259.0"))).to.deep.equal([]);
  });

  it("says that a Go too old to fetch its successor is the reason", async () => {
    givenGo("echo 'go: go.mod requires go >= 1.26.0 (running go 1.20)' >&2; exit 1");

    const error = await obtainTool(aTool(), progress).catch((failure: Error) => failure.message);

    expect(error).to.include("go.mod requires go >= 1.26.0 (running go 1.20)");
  });

  it("stops a download when asked, and leaves nothing half", async () => {
    publish("3.259.0");
    answers["/gadget.tar.gz"] = "hang";
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("enough")), 300);

    const error = await obtainTool(aTool(), progress, controller.signal).catch((failure: Error) => failure.message);

    expect(error).to.equal("enough");
    expect(fs.readdirSync(at("cache", "moodle-platform", "gadget-of-this-test", "3.259.0"))).to.deep.equal([]);
  });

  it("stops a build when asked, with the compilers that it had started", async () => {
    givenGo('if [ "$1" = version ]; then exit 0; fi', `sleep 60 & echo $! > ${at("compiler")}; wait`);
    const controller = new AbortController();
    const failure = obtainTool(aTool(), progress, controller.signal).catch((error: Error) => error.message);
    while (!fs.existsSync(at("compiler")) || fs.readFileSync(at("compiler"), "utf8") === "") {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    controller.abort(new Error("enough"));

    expect(await failure).to.equal("enough");
    const compiler = fs.readFileSync(at("compiler"), "utf8").trim();
    const state = spawnSync("ps", ["-o", "stat=", "-p", compiler], { encoding: "utf8" }).stdout.trim();
    expect(state.replace(/^Z.*/, ""), "the compiler still runs").to.equal("");
  });

  it("starts afresh after a process that was killed in mid download", async () => {
    publish("3.259.0");
    const whole = answers["/gadget.tar.gz"] ?? "";
    answers["/gadget.tar.gz"] = "hang";
    const script = at("obtain.ts");
    const modules = path.join(__dirname, "..", "..", "toolchain");
    fs.writeFileSync(
      script,
      `const { obtainTool } = require(${JSON.stringify(path.join(modules, "obtain"))});
       const { silent } = require(${JSON.stringify(path.join(modules, "setup", "progress.cjs"))});
       obtainTool(${JSON.stringify(aTool())}, silent);`,
    );
    const killed = spawn(process.execPath, ["-r", path.join(modules, "loader.cjs"), script], { stdio: "ignore" });
    while (!requests.includes("/gadget.tar.gz")) await new Promise((resolve) => setTimeout(resolve, 20));
    killed.kill("SIGKILL");
    await once(killed, "exit");
    answers["/gadget.tar.gz"] = whole;

    const tool = await obtainTool(aTool(), progress);

    expect(spawnSync(tool.binary, ["version"], { encoding: "utf8" }).stdout).to.equal("v3.259.0\n");
    expect(fs.readdirSync(at("cache", "moodle-platform", "gadget-of-this-test", "3.259.0"))).to.deep.equal([
      `archive-${process.platform}-${process.arch}`,
    ]);
  });
});
