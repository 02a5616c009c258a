import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import type { EngineEvent } from "../../rehearsal/engine/events";
import { lineView } from "../../rehearsal/progress/lines";
import { liveView } from "../../rehearsal/progress/live";
import type { View } from "../../rehearsal/progress/view";

const urn = (name: string, type: string) => `urn:pulumi:s::p::${type}::${name}`;

function begins(name: string, op = "create", type = "aws:rds/instance:Instance", planning = false): EngineEvent {
  return { sequence: 1, resourcePreEvent: { metadata: { op, type, urn: urn(name, type) }, planning } };
}

function ends(name: string, op = "create", type = "aws:rds/instance:Instance", planning = false): EngineEvent {
  return { sequence: 2, resOutputsEvent: { metadata: { op, type, urn: urn(name, type) }, planning } };
}

function fails(name: string): EngineEvent {
  const type = "aws:rds/instance:Instance";
  return { sequence: 2, resOpFailedEvent: { metadata: { op: "create", type, urn: urn(name, type) } } };
}

/** A stream that keeps what is written to it. */
function paper(columns = 80): { stream: NodeJS.WriteStream; text: () => string } {
  let written = "";
  const stream = { write: (text: string) => ((written += text), true), columns, rows: 24, isTTY: false } as unknown as NodeJS.WriteStream;
  return { stream, text: () => written };
}

function perform(view: View, now: { minutes: number }): void {
  view.begin("Updating: production on simulated AWS", () => now.minutes, 2);
  view.event(begins("stack", "create", "pulumi:pulumi:Stack"));
  view.event(begins("db"));
  view.event(begins("same", "same"));
  view.event(ends("same", "same"));
  now.minutes = 12.5;
  view.event(ends("db"));
  view.event(ends("db"));
  view.event(begins("db2"));
  view.event(fails("db2"));
}

describe("progress as plain lines", () => {
  it("is a line for each resource that changed, once, with the simulated clock", () => {
    const { stream, text } = paper();

    const view = lineView(stream);
    perform(view, { minutes: 0 });
    view.end("1 create in 3.0 s");

    expect(text().split("\n")).to.deep.equal([
      "Updating: production on simulated AWS",
      "  12:30  1/2  create in 12.5 min  db  aws:rds/instance:Instance",
      "  12:30  2/2  FAILED create  db2  aws:rds/instance:Instance",
      "  1 create in 3.0 s",
      "",
    ]);
  });

  it("does not list what a preview plans", () => {
    const { stream, text } = paper();

    const view = lineView(stream);
    view.begin("Previewing: production on simulated AWS", () => 0);
    view.event(begins("db", "create", "t", true));
    view.event(ends("db", "create", "t", true));
    view.end("1 create in 2.0 s");

    expect(text()).to.equal("Previewing: production on simulated AWS\n  1 create in 2.0 s\n");
  });
});

describe("progress on a terminal", () => {
  it("shows what runs and for how long, no line wider than the terminal, and ends in one line", async () => {
    const { stream, text } = paper(60);
    const now = { minutes: 0 };

    const view = liveView(stream, false);
    view.begin("Updating: production on simulated AWS", () => now.minutes, 9);
    view.event(begins("database-with-a-long-name"));
    now.minutes = 8;
    await sleep(150);
    view.end("9 create in 3.0 s");

    const frames = text().split(/\x1b\[\d+A\r/).map((frame) => frame.replace(/\x1b\[[JK]/g, ""));
    expect(frames.at(-2)).to.match(/^Updating: production on simulated AWS {2}08:00 {2}0 of 9 done.*\n {4}8\.0 min {2}create {2}database-with-a-long-name/);
    expect(frames.at(-1)).to.equal("Updating: production on simulated AWS  9 create in 3.0 s\n");
    for (const line of text().split("\n")) expect(line.replace(/\x1b\[\d*[A-Z]|\r/g, "").length, line).to.be.at.most(59);
  });

  it("has no colour when that is not wanted", () => {
    const plain = paper();
    const coloured = paper();
    for (const [{ stream }, colour] of [[plain, false], [coloured, true]] as const) {
      const view = liveView(stream, colour);
      perform(view, { minutes: 0 });
      view.end("done");
    }

    expect(plain.text()).not.to.match(/\x1b\[\d+m/);
    expect(coloured.text()).to.match(/\x1b\[1mUpdating/);
  });
});
