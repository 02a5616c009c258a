import { expect } from "chai";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { installProviders } from "../../rehearsal/provider/install";
import { cloudFolders } from "./support/providerClient";

describe("a simulated provider as a plugin", () => {
  const folder = cloudFolders();
  const children: ChildProcess[] = [];

  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  /** Starts the installed plugin as the engine does, with a pipe for its input. */
  function start(name: string, environment: Record<string, string> = { REHEARSAL_CLOUD: folder() }): ChildProcess {
    installProviders(path.join(folder(), "home"), [name]);
    const plugins = path.join(folder(), "home", "plugins");
    const [version = ""] = readdirSync(plugins).filter((entry) => entry.startsWith(`resource-${name}-v`));
    const file = path.join(plugins, version, `pulumi-resource-${name}`);
    const child = spawn(file, ["127.0.0.1:1"], { env: { PATH: process.env.PATH, ...environment }, stdio: "pipe" });
    children.push(child);
    return child;
  }

  async function output(stream: NodeJS.ReadableStream | null): Promise<string> {
    let text = "";
    for await (const chunk of stream ?? []) text += String(chunk);
    return text;
  }

  async function firstLine(child: ChildProcess): Promise<string> {
    const [chunk] = (await once(child.stdout ?? child, "data")) as [Buffer];
    return chunk.toString();
  }

  const ended = async (child: ChildProcess): Promise<number | null> => ((await once(child, "exit")) as [number | null])[0];

  it("has the version its SDK asks for", () => {
    start("random");
    expect(readdirSync(path.join(folder(), "home", "plugins"))).to.deep.equal(["resource-random-v4.21.2"]);
  });

  it("prints its port and nothing else, and ends when the engine is gone", async () => {
    const child = start("kubernetes");
    const everything = output(child.stdout);
    await pause(1000);
    child.stdin?.end();
    expect(await ended(child)).to.equal(0);
    expect(await everything).to.match(/^\d+\n$/);
  });

  it("goes on at a Ctrl-C, and ends at the SIGINT that follows the engine's Cancel", async () => {
    const child = start("random");
    const port = (await firstLine(child)).trim();
    child.kill("SIGINT");
    await pause(200);
    expect(child.exitCode, "it still serves").to.equal(null);
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    await new Promise((resolve, reject) => client.cancel(new Empty(), (error) => (error === null ? resolve(undefined) : reject(error))));
    client.close();
    await pause(100);
    expect(child.exitCode, "it serves after Cancel, too").to.equal(null);
    child.kill("SIGINT");
    expect(await ended(child)).to.equal(0);
  });

  it("says what is missing in its environment", async () => {
    const child = start("aws", {});
    const said = output(child.stderr);
    expect(await ended(child)).to.equal(1);
    expect(await said).to.equal("REHEARSAL_CLOUD is not set. It names the folder in which the simulated aws keeps what it holds.\n");
  });
});
