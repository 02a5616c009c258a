import { expect } from "chai";
import { afterEach, before, beforeEach } from "mocha";
import * as tls from "node:tls";
import type { AddressInfo } from "node:net";
import { logEvents } from "../../components/moodle/logEvents";
import { programs } from "../../components/moodle/environment";
import type { Program } from "../../images/onThisMachine/program";
import { installed } from "../../images/standIn/code";
import { linesOf, MoodleSite } from "./moodleSite";
import { aLab } from "./support/lab";

describe("the runner of tasks", () => {
  const lab = aLab();
  let site: MoodleSite;
  let runner: Program;
  before(async () => void (site = await MoodleSite.make(lab)));
  beforeEach(() => site.install());
  afterEach(() => runner.kill());

  for (const [kind, { program, start, finished }] of Object.entries({
    scheduled: { program: programs.scheduledRunner, start: "task-start --keep-alive=60", finished: logEvents.cronFinished },
    adhoc: { program: programs.adhocRunner, start: "task-start --execute --keep-alive=60", finished: "adhoc.finished" },
  })) {
    it(`runs ${kind} tasks in one process after another, and says so after each`, async () => {
      runner = await site.start(program, installed);
      await runner.until("twice", () => linesOf(runner).filter(({ event }) => event === finished).length === 2);

      expect(linesOf(runner).find(({ event }) => event === finished)).to.include({ status: 0 });
      expect(site.passed.slice(0, 3)).to.deep.equal([start, "task", "task-end told 0"]);
    });

    for (const signal of ["SIGTERM", "SIGQUIT"] as const) {
      it(`lets the running ${kind} task finish on ${signal}, tells Moodle once however often it is told, and ends with 0`, async () => {
        site.hold("task");
        runner = await site.start(program, installed);
        await runner.until("at a task", () => site.passed.includes("task"));
        runner.signal(signal);
        runner.signal(signal);
        await new Promise((resolve) => setTimeout(resolve, 1000));
        runner.signal("SIGTERM");
        await new Promise((resolve) => setTimeout(resolve, 500));
        expect(runner.running, "the task is not cut").to.equal(true);
        site.letGo("task");

        expect((await runner.ended).code, runner.output).to.equal(0);
        expect(site.passed).to.deep.equal([start, "task", "task-end told 1"]);
      });
    }
  }

  it("does not take a failed pass for one that an alarm may rest on, and tries again", async () => {
    site.fail("task", 1);
    runner = await site.start(programs.scheduledRunner, installed);
    await runner.until("failed", () => linesOf(runner).some(({ event }) => event === "cron.failed"));
    expect(linesOf(runner).some(({ event }) => event === logEvents.cronFinished)).to.equal(false);

    site.heal("task");
    await runner.until("finished", () => linesOf(runner).some(({ event }) => event === logEvents.cronFinished));
  });

  it("says how long the certificate is valid that visitors see", async () => {
    const { certificate, key } = await (await lab.authority()).issue("DNS:localhost");
    const server = tls.createServer({ cert: certificate, key });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      runner = await site.start(programs.scheduledRunner, installed, { MOODLE_URL: `https://localhost:${(server.address() as AddressInfo).port}` });
      await runner.until("checked", () => linesOf(runner).some(({ event }) => event === logEvents.certificateChecked));

      expect(linesOf(runner).find(({ event }) => event === logEvents.certificateChecked)?.["daysLeft"]).to.be.oneOf([1, 2]);
    } finally {
      server.close();
    }
  });

  it("goes on where the site cannot be seen from", async () => {
    runner = await site.start(programs.scheduledRunner, installed, { MOODLE_URL: "https://localhost:9" });
    await runner.until("passed", () => linesOf(runner).some(({ event }) => event === logEvents.cronFinished));

    expect(linesOf(runner).map(({ event }) => event)).to.include("certificate.unseen").and.not.to.include(logEvents.certificateChecked);
  });

  it("says how it is to be started", async () => {
    runner = await site.start([...programs.scheduledRunner, "twice"], installed);

    expect((await runner.ended).code).to.equal(1);
    expect(linesOf(runner)).to.deep.include.members([{ ...linesOf(runner)[0], event: "program.failed", program: "runner", reason: "usage: runner scheduled | runner adhoc" }]);
  });
});
