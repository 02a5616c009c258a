import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb";
import { ProgramInfo, RunPluginRequest, RunRequest, type RunPluginResponse } from "@pulumi/pulumi/proto/language_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { expect } from "chai";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { EngineLog } from "../support/monitor/engineLog";
import { ResourceMonitor } from "../support/monitor/resourceMonitor";
import { SdkSimulation } from "../support/monitor/sdkSimulation";
import { shellWord, shellWords } from "../../toolchain/shellWords";
import { temporaryFolder } from "./temporaryFolder";

const repository = path.join(__dirname, "..", "..");
const identity = { project: "moodle", stack: "test", organization: "organization", mode: "update", config: {} } as const;

describe("the language host", function () {
  this.timeout(20_000);
  const at = temporaryFolder();
  let host: ChildProcess;
  let client: LanguageRuntimeClient;
  let engine: grpc.Server;
  let engineAddress: string;
  let monitor: ResourceMonitor;
  let log: EngineLog;
  let printed: string;

  beforeEach(async () => {
    fs.symlinkSync(path.join(repository, "node_modules"), at("node_modules"));
    fs.writeFileSync(at("package.json"), '{"name":"program"}');
    monitor = new ResourceMonitor({ ...identity, lastOutputs: {} }, new SdkSimulation());
    log = new EngineLog();
    engine = new grpc.Server();
    engine.addService(ResourceMonitorService, monitor.service());
    engine.addService(EngineService, log.service());
    engineAddress = await new Promise((resolve, reject) =>
      engine.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(`127.0.0.1:${port}`),
      ),
    );
    const loader = path.join(repository, "toolchain", "loader.cjs");
    const main = path.join(repository, "toolchain", "languageHost", "main.ts");
    host = spawn(process.execPath, ["-r", loader, main, engineAddress], { stdio: "pipe" });
    printed = "";
    host.stderr?.on("data", (data: Buffer) => (printed += data.toString()));
    const [port] = (await once(host.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
    host.stdout?.on("data", (data: Buffer) => (printed += data.toString()));
    client = new LanguageRuntimeClient(`127.0.0.1:${port.toString().trim()}`, grpc.credentials.createInsecure());
  });

  afterEach(async () => {
    client.close();
    if (host.exitCode === null && host.signalCode === null) {
      host.kill("SIGKILL");
      await once(host, "exit");
    }
    monitor.close();
    engine.forceShutdown();
  });

  function info(options: Record<string, boolean | string> = { typescript: false }): ProgramInfo {
    const information = new ProgramInfo();
    information.setRootDirectory(at());
    information.setProgramDirectory(at());
    information.setEntryPoint(".");
    information.setOptions(Struct.fromJavaScript(options));
    return information;
  }

  function aRun(program: string, options?: Record<string, boolean | string>): RunRequest {
    fs.writeFileSync(at("index.js"), program);
    const request = new RunRequest();
    request.setProject(identity.project);
    request.setStack(identity.stack);
    request.setMonitorAddress(engineAddress);
    request.setParallel(4);
    request.setInfo(info(options));
    return request;
  }

  const run = (request: RunRequest) =>
    new Promise<{ error: string; bail: boolean }>((resolve, reject) =>
      client.run(request, (error, response) =>
        error ? reject(error) : resolve({ error: response.getError(), bail: response.getBail() }),
      ),
    );

  const messages = () => log.diagnostics.map(({ severity, message }) => `${severity}: ${message}`);

  it("reports the version of the SDK, and requires no plugin by name", async () => {
    const version = await new Promise((resolve, reject) =>
      client.getPluginInfo(new Empty(), (error, response) => (error ? reject(error) : resolve(response.getVersion()))),
    );
    expect(version).to.equal("3.259.0");
  });

  it("runs a program with its config, its secret keys and the Node arguments of Pulumi.yaml", async () => {
    const request = aRun(
      `const pulumi = require("@pulumi/pulumi");
       const config = new pulumi.Config();
       pulumi.log.info([Error.stackTraceLimit, config.require("site"), process.cwd(), process.argv.length].join(" "));
       module.exports = { password: config.requireSecret("password"), plain: new pulumi.Config().require("password") };`,
      { typescript: false, nodeargs: "--stack-trace-limit=7" },
    );
    request.getConfigMap().set("moodle:site", "Example").set("moodle:password", "not-in-the-host");
    request.setConfigsecretkeysList(["moodle:password"]);

    const ended = await run(request);

    expect(ended, printed).to.deep.equal({ error: "", bail: false });
    expect(messages()[0]).to.match(new RegExp(`^info: 7 Example ${at()} \\d+$`));
    const command = fs.existsSync("/proc") ? fs.readFileSync(`/proc/${host.pid ?? 0}/environ`, "utf8") : "";
    expect(command, "config stays out of the host's own environment").not.to.include("PULUMI_CONFIG=");
  });

  it("passes on what a program prints", async () => {
    await run(aRun('console.log("x".repeat(200_000) + "|end"); console.error("to stderr");'));

    expect(printed).to.include("|end\n").and.include("to stderr\n");
  });

  it("says that the person has been told when the program failed with an error of its own", async () => {
    const ended = await run(aRun('throw new Error("no such hostname");', { typescript: false, nodeargs: "--stack-trace-limit=4" }));

    expect(ended).to.deep.equal({ error: "", bail: true });
    expect(messages().join("\n")).to.include("no such hostname");
  });

  it("gives the exit code of a program that ended without a word", async () => {
    expect((await run(aRun("process.exit(9);"))).error).to.equal("Program exited with non-zero exit code: 9");
  });

  it("refuses Node arguments that are no text", async () => {
    expect((await run(aRun("", { nodeargs: true }))).error).to.include("the runtime option nodeargs must be a string");
  });

  it("ends the program when the engine cancels", async () => {
    const running = run(aRun(`require("fs").writeFileSync(${JSON.stringify(at("pid"))}, String(process.pid)); setInterval(() => {}, 1000);`));
    const pid = await pidIn(at("pid"));
    await new Promise((resolve, reject) => client.cancel(new Empty(), (error) => (error ? reject(error) : resolve(undefined))));

    expect((await running).error).to.equal("Program was stopped by a signal");
    expect(isAlive(pid), "the program still runs").to.equal(false);
  });

  for (const [how, end] of [
    ["its standard input closes, as when the engine is killed", () => host.stdin?.end()],
    ["it gets SIGINT", () => host.kill("SIGINT")],
    ["it gets SIGTERM", () => host.kill("SIGTERM")],
  ] as const) {
    it(`ends with its program when ${how}`, async () => {
      run(aRun(`require("fs").writeFileSync(${JSON.stringify(at("pid"))}, String(process.pid)); process.on("SIGINT", () => {}); setInterval(() => {}, 1000);`)).catch(() => undefined);
      const pid = await pidIn(at("pid"));
      const exited = once(host, "exit");
      end();

      expect(await exited).to.deep.equal([0, null]);
      for (let tries = 0; tries < 50 && isAlive(pid); tries++) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(isAlive(pid), "the program still runs").to.equal(false);
    });
  }

  it("runs a policy pack in its folder with the engine's address first, and streams its output and exit code", async () => {
    fs.writeFileSync(at("index.js"), 'process.stdout.write(`${process.cwd()} ${process.env.GIVEN}`); process.exit(5);');
    const request = new RunPluginRequest();
    request.setKind("analyzer");
    request.setArgsList([engineAddress]);
    request.setEnvList([`PATH=${process.env.PATH ?? ""}`, "GIVEN=a=b"]);
    request.setInfo(info());

    let stdout = "";
    let code: number | undefined;
    for await (const response of client.runPlugin(request) as AsyncIterable<RunPluginResponse>) {
      if (response.hasStdout()) stdout += Buffer.from(response.getStdout_asU8()).toString();
      if (response.hasExitcode()) code = response.getExitcode();
    }

    expect([stdout, code]).to.deep.equal([`${at()} a=b`, 5]);
  });
});

describe("words of a command line", () => {
  it("are split as a shell does", () => {
    expect(shellWords(` -r ./a.cjs  --title="two words" 'it''s' a\\ b "" `)).to.deep.equal([
      "-r",
      "./a.cjs",
      "--title=two words",
      "its",
      "a b",
      "",
    ]);
    expect(() => shellWords("--title='open")).to.throw("the quote ' is not closed");
  });

  it("are quoted so that a shell reads them as they were", () => {
    for (const word of ["plain/path.sh", "two words", "it's", `a"b$c\\d`, "", "é;rm"]) {
      expect(shellWords(shellWord(word)), word).to.deep.equal([word]);
    }
    expect(shellWord("plain/path.sh")).to.equal("plain/path.sh");
  });
});

async function pidIn(file: string): Promise<number> {
  while (!fs.existsSync(file) || fs.readFileSync(file, "utf8") === "") await new Promise((resolve) => setTimeout(resolve, 20));
  return Number(fs.readFileSync(file, "utf8"));
}

function isAlive(pid: number): boolean {
  const state = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
  // A killed process stays listed until its parent has asked for its exit code, which not every container does.
  return state !== "" && !state.startsWith("Z");
}
