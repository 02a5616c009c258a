import { Readable } from "node:stream";
import { expect } from "chai";
import { readEvents, type EngineEvent } from "../../rehearsal/engine/events";

describe("the engine's event stream", () => {
  async function read(...lines: string[]): Promise<{ events: EngineEvent[]; text: string[] }> {
    const events: EngineEvent[] = [];
    const text: string[] = [];
    await readEvents(Readable.from([`${lines.join("\n")}\n`]), (event) => events.push(event), (line) => text.push(line));
    return { events, text };
  }

  it("never hands on a debug event, because the SDK writes secrets into them", async () => {
    const diagnostic = (severity: string) => JSON.stringify({ sequence: 1, diagnosticEvent: { severity, message: severity } });

    const { events, text } = await read(...["debug", "info", "info#err", "warning", "error", "unheard-of"].map(diagnostic));

    expect(events.map(({ diagnosticEvent }) => diagnosticEvent?.severity)).to.deep.equal(["info", "info#err", "warning", "error"]);
    expect(text).to.deep.equal([]);
  });

  it("ends with what a killed command had written, when its pipe breaks instead of ending", async () => {
    const stream = new Readable({ read: () => undefined });
    const text: string[] = [];
    const reading = readEvents(stream, () => undefined, (line) => text.push(line));

    stream.push("half of it\n");
    await new Promise((resolve) => setImmediate(resolve));
    stream.destroy(new Error("read ECONNRESET"));
    await reading;

    expect(text).to.deep.equal(["half of it"]);
  });

  it("keeps other output apart from events, also JSON that is no event", async () => {
    const { events, text } = await read('{"sequence":1,"summaryEvent":{"durationSeconds":2}}', "error: locked", "{", '{"outputs":1}');

    expect(events).to.have.length(1);
    expect(text).to.deep.equal(["error: locked", "{", '{"outputs":1}']);
  });
});
