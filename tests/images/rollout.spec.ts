import { expect } from "chai";
import { after, before, beforeEach } from "mocha";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { probePaths, programs } from "../../components/moodle/environment";
import { installed, otherShape, sameShape } from "../../images/standIn/code";
import type { Variables } from "./environments";
import { linesOf, MoodleSite } from "./moodleSite";
import { aLab } from "./support/lab";

const settled = 15;

/** What a web pod answers to the question for its release. */
class FakePod {
  release: string | undefined;
  private readonly server = http.createServer((request, response) => {
    if (request.url !== probePaths.release || this.release === undefined) request.socket.destroy();
    else response.end(this.release);
  });

  async listen(address: string, port: number): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(port, address, resolve));
    return (this.server.address() as AddressInfo).port;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

describe("a release among web pods", () => {
  const lab = aLab();
  const first = new FakePod();
  const second = new FakePod();
  const hosts = "127.0.0.1 localhost web-pods\n127.0.0.2 web-pods\n";
  let site: MoodleSite;
  let among: Variables;
  before(async () => {
    const port = await first.listen("127.0.0.1", 0);
    await second.listen("127.0.0.2", port);
    among = { MOODLE_FILE_MODE: "shared", MOODLE_WEB_PODS_HOST: "web-pods", MOODLE_PROBE_PORT: String(port), MOODLE_RELEASE: "new" };
    site = await MoodleSite.make(lab);
  });
  beforeEach(() => {
    first.release = "old";
    second.release = "old";
    return site.install();
  });
  after(() => [first, second].forEach((pod) => pod.close()));

  it("opens a closed site only when every pod runs it, and has done so for a while", async () => {
    const program = await site.start(programs.release, otherShape, among, hosts);
    await program.until("waiting for the pods", () => program.stderr.includes('runs \\"old\\"'));
    first.release = "new";
    await program.until("waiting for the second", () => program.stderr.includes('the pod 127.0.0.2 runs \\"old\\"'));
    second.release = undefined;
    await program.until("waiting for one that does not answer", () => program.stderr.includes("the pod 127.0.0.2 does not answer"));
    expect([site.isOpen, await site.setting("version")]).to.deep.equal([false, otherShape.version]);

    second.release = "new";
    const since = Date.now();
    expect((await program.ended).code, program.output).to.equal(0);
    expect((Date.now() - since) / 1000).to.be.above(settled - 1);
    expect(site.isOpen).to.equal(true);
  });

  it("empties the caches of an open site only when every pod runs it", async () => {
    const program = await site.start(programs.release, sameShape, among, hosts);
    await program.until("waiting for the pods", () => program.stderr.includes('runs \\"old\\"'));
    expect(site.passed).not.to.include("purge--muc");

    first.release = "new";
    second.release = "new";
    expect((await program.ended).code, program.output).to.equal(0);
    expect(site.passed).to.include("unlock");
  });

  it("leaves the site closed when it is told to stop while it waits, and the next run opens it", async () => {
    const program = await site.start(programs.release, otherShape, among, hosts);
    await program.until("waiting for the pods", () => program.stderr.includes('runs \\"old\\"'));
    program.signal("SIGTERM");

    expect((await program.ended).code).to.equal(1);
    expect(linesOf(program).at(-1)?.["reason"]).to.match(/told to stop while waiting for web pods of this release alone: the pod 127\.0\.0\.1 runs "old"/);
    expect(site.isOpen).to.equal(false);
    first.release = "new";
    second.release = "new";
    const again = await site.start(programs.release, otherShape, among, hosts);
    expect((await again.ended).code, again.output).to.equal(0);
    expect(site.isOpen).to.equal(true);
  });

  it("does not wait for pods when it has nothing to do", async () => {
    const program = await site.start(programs.release, installed, among, hosts);

    expect((await program.ended).code, program.output).to.equal(0);
    expect(linesOf(program).at(-1)).to.include({ event: "release.finished", outcome: "unchanged" });
  });
});
