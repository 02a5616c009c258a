import { expect } from "chai";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

import { inventory, orphans, retained } from "../../rehearsal/provider/inventory";
import { readJournal } from "../../rehearsal/provider/journal";
import { NoticeBoard } from "./support/noticeBoard";

const CREATED = ["board", "class", "controller", "edge", "gateway", "password", "release", "secrets", "way-in"];

describe("the simulated providers with the real engine", () => {
  let board: NoticeBoard;

  beforeEach(async () => {
    board = await NoticeBoard.start();
  });

  afterEach(() => board.stop());

  async function up(...args: readonly string[]): Promise<string> {
    const { code, output } = await board.pulumi("up", "--yes", "--skip-preview", ...args);
    expect(code, output).to.equal(0);
    return output;
  }

  /** Logical names by what happened to them, from the journal of the calls since the last look. */
  let seen = 0;
  function journal(op: string): readonly string[] {
    const entries = readJournal(board.cloud).slice(seen);
    return entries.filter((entry) => entry.op === op).map(({ name }) => name).sort();
  }

  async function leftovers(): Promise<readonly string[]> {
    return orphans(inventory(board.cloud), [...(await board.state()), { type: "aws:eks/cluster:Cluster", id: "c" }]).map(({ type, id }) => `${type} ${id}`);
  }

  it("live through preview, up, no-op, change, replacement, refresh and destroy", async () => {
    seen = 0;
    const preview = await board.pulumi("preview");
    expect(preview.code, preview.output).to.equal(0);
    expect(inventory(board.cloud).map(({ id }) => id), "a preview makes nothing").to.deep.equal(["c"]);

    const created = await up();
    expect(journal("create")).to.deep.equal(CREATED);
    expect(created).to.match(/address *: "k8s-edge-public-[0-9a-f-]+\.elb\.eu-central-1\.amazonaws\.com"/);
    expect(await leftovers()).to.deep.equal([]);

    const again = await board.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
    expect(again.code, again.output).to.equal(0);

    seen = readJournal(board.cloud).length;
    await board.pulumi("config", "set", "replicas", "3");
    await up();
    expect([journal("update"), journal("create")], "a value of the chart changes the release in place").to.deep.equal([["release"], []]);

    seen = readJournal(board.cloud).length;
    await board.pulumi("config", "set", "passwordLength", "30");
    await up();
    expect([journal("create"), journal("update"), journal("delete")], "a new password is a new Secret, and the release follows").to.deep.equal([
      ["password", "secrets"],
      ["release"],
      ["password", "secrets"],
    ]);
    expect(await leftovers()).to.deep.equal([]);

    const refreshed = await board.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes");
    expect(refreshed.code, refreshed.output).to.equal(0);
    for (const place of ["state", "cloud"]) expect(board.textBelow(place).includes(board.canary), `the secret is in clear below ${place}`).to.equal(false);
    const quiet = await board.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
    expect(quiet.code, quiet.output).to.equal(0);

    const destroyed = await board.pulumi("destroy", "--yes", "--skip-preview");
    expect(destroyed.code, destroyed.output).to.equal(0);
    expect(await leftovers(), "nothing is left").to.deep.equal([]);
    expect(new Set(retained(inventory(board.cloud)).map(({ type }) => type))).to.deep.equal(new Set(["kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition"]));
    expect(readJournal(board.cloud).some(({ outcome }) => outcome !== "ok")).to.equal(false);
  });

  it("take exactly the simulated minutes of the longest chain, also on a busy machine", async () => {
    const load = Array.from({ length: 4 }, () => spawn(process.execPath, ["-e", "for (;;) Math.sqrt(2)"]));
    try {
      await up();
    } finally {
      for (const child of load) child.kill("SIGKILL");
    }
    const spans = Object.fromEntries(readJournal(board.cloud).map(({ name, start, end }) => [name, [Math.round(start * 60_000), Math.round(end * 60_000)]]));
    const minutes = { namespace: 0.01, controller: 50 / 60, object: 0.01, wayIn: 1.5, release: 1.5 };
    const after = (...parts: readonly number[]): number => parts.reduce((sum, part) => sum + Math.round(part * 60_000), 0);
    const ready = after(minutes.namespace, minutes.controller);
    expect(spans).to.deep.equal({
      password: [0, 0],
      board: [0, after(minutes.namespace)],
      edge: [0, after(minutes.namespace)],
      secrets: [after(minutes.namespace), after(minutes.namespace, minutes.object)],
      controller: [after(minutes.namespace), ready],
      class: [ready, ready + after(minutes.object)],
      gateway: [ready + after(minutes.object), ready + after(minutes.object, minutes.object)],
      "way-in": [ready + after(minutes.object, minutes.object), ready + after(minutes.object, minutes.object, minutes.wayIn)],
      release: [ready, ready + after(minutes.release)],
    });
  });

  it("keep what is not ready in the state, and repair it at the next up", async () => {
    board.faults({ type: "kubernetes:helm.sh/v3:Release", name: "release", op: "create", kind: "partial", message: "image not found" });
    const failed = await board.pulumi("up", "--yes", "--skip-preview");
    expect(failed.code).to.not.equal(0);
    expect(failed.output).to.contain("image not found");
    expect((await board.state()).filter(({ initErrors }) => initErrors !== undefined).map(({ id }) => id)).to.deep.equal(["board/board"]);
    seen = readJournal(board.cloud).length;
    await up();
    expect([journal("create"), journal("update")]).to.deep.equal([[], ["release"]]);
    expect(await leftovers()).to.deep.equal([]);
  });

  it("end in good order at Ctrl-C, and leave nothing that the engine does not know", async () => {
    board.faults({ type: "kubernetes:core/v1:Service", op: "create", kind: "hang", minutes: null });
    const { process: engine, ended } = board.begin("up", "--yes", "--skip-preview");
    await until(() => inventory(board.cloud).some(({ type, status }) => type === "kubernetes:core/v1:Service" && status === "creating"));
    engine.kill("SIGINT");
    expect((await ended).code).to.not.equal(0);
    expect(await leftovers()).to.deep.equal([]);
    await up();
    expect(await leftovers()).to.deep.equal([]);
  });

  it("leave what they had begun as orphans when they die in the middle of it", async () => {
    board.faults({ type: "kubernetes:core/v1:Secret", op: "create", kind: "kill-provider" });
    const { code } = await board.pulumi("up", "--yes", "--skip-preview");
    expect(code).to.not.equal(0);
    const begun = inventory(board.cloud).filter(({ status }) => status === "creating");
    expect(begun.map(({ name }) => name).filter((name) => CREATED.includes(name)), "with the Secret, the release beside it").to.include.members(["secrets", "controller"]);
    expect(await leftovers()).to.include.members(begun.map(({ type, id }) => `${type} ${id}`));
  });

  it("end when the engine is killed outright", async () => {
    board.faults({ type: "kubernetes:core/v1:Service", op: "create", kind: "hang", minutes: null });
    const { process: engine, ended } = board.begin("up", "--yes", "--skip-preview");
    await until(() => inventory(board.cloud).some(({ type }) => type === "kubernetes:core/v1:Service"));
    const pids = processesOf(board.cloud);
    expect(pids.length, "providers are at work").to.be.at.least(2);
    engine.kill("SIGKILL");
    await ended;
    await until(() => processesOf(board.cloud).length === 0);
  });
});

/** Provider processes of a cloud folder, by the environment they were started with. */
function processesOf(cloud: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((pid) => textOf(`/proc/${pid}/environ`).includes(`REHEARSAL_CLOUD=${cloud}\0`) && textOf(`/proc/${pid}/cmdline`).includes("provider/main.ts"));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("it did not come about within 60 s");
    await pause(20);
  }
}
