import { expect } from "chai";
import { before, beforeEach } from "mocha";
import * as fs from "node:fs";
import { programs } from "../../components/moodle/environment";
import { installed, otherShape, sameShape } from "../../images/standIn/code";
import { secrets } from "./environments";
import { linesOf, MoodleSite } from "./moodleSite";
import { shownByProcesses } from "./processes";
import { outcome, reason, steps } from "./releaseLog";
import { aLab } from "./support/lab";

describe("the release program", () => {
  const lab = aLab();
  let site: MoodleSite;
  before(async () => void (site = await MoodleSite.make(lab)));

  /** Starts the program and waits until one of Moodle's scripts is at a point, where it stays. */
  async function startedUntil(point: string, code = otherShape) {
    site.hold(point);
    const program = await site.start(programs.release, code);
    await program.until(`at ${point}`, () => site.passed.includes(point));
    return program;
  }

  describe("on an empty database", () => {
    beforeEach(() => site.clear());

    it("installs Moodle, with the administrator's password and never a process that shows it", async () => {
      const program = await startedUntil("install-start", installed);
      const shown = shownByProcesses();
      site.letGo("install-start");
      expect((await program.ended).code, program.output).to.equal(0);

      expect(outcome(linesOf(program))).to.equal("installed");
      expect(await site.postgres.query("SELECT username, email FROM mdl_user ORDER BY id")).to.deep.equal(["guest|", "root|root@example.edu"]);
      expect(await site.postgres.query("SELECT fullname FROM mdl_course")).to.deep.equal(["Example University"]);
      const [hash] = await site.postgres.query("SELECT password FROM mdl_user WHERE username = 'root'");
      const verified = await site.start(["php", "-r", `var_dump(password_verify('${secrets["adminPassword"]}', '${hash}'));`], installed);
      expect((await verified.ended).stdout.trim()).to.equal("bool(true)");
      for (const secret of [secrets["adminPassword"] ?? "", site.postgres.password]) {
        expect(shown.filter((text) => text.includes(secret))).to.deep.equal([]);
        expect(program.output).not.to.include(secret);
      }
    });

    it("installs once when two run at once", async () => {
      const first = await startedUntil("install-tables", installed);
      const second = await site.start(programs.release, installed);
      await second.until("waiting", () => second.stderr.includes("other release programs"));
      site.letGo("install-tables");

      expect([(await first.ended).code, (await second.ended).code]).to.deep.equal([0, 0]);
      expect([outcome(linesOf(first)), outcome(linesOf(second))]).to.deep.equal(["installed", "unchanged"]);
      expect(site.passed.filter((point) => point === "install-start")).to.have.length(1);
    });

    for (const point of ["install-start", "install-tables", "install-version", "install-end"]) {
      it(`starts again when it was killed at ${point}, and no pod takes what is there for a site`, async () => {
        await (await startedUntil(point, installed)).kill();
        site.letGo(point);
        const gate = await site.start(programs.awaitRelease, installed);
        await gate.until("waiting", () => gate.stderr.includes("not installed yet"));

        const again = await site.release(installed);

        expect(again.code, again.output).to.equal(0);
        expect(outcome(again.events)).to.equal("installed");
        expect(await site.setting("version")).to.equal(installed.version);
        expect((await gate.ended).code).to.equal(0);
        expect(await site.phase()).to.equal(undefined);
      });
    }

    it("fails with Moodle's words when Moodle fails, and the next run installs", async () => {
      site.fail("install-tables");
      const failed = await site.release(installed);

      expect(failed.code).to.equal(1);
      expect(reason(failed.events)).to.match(/installDatabase\.php ended with status 1: .*made to fail/);
      site.heal("install-tables");
      expect((await site.release(installed)).code).to.equal(0);
    });

    it("does not empty a database in which somebody has worked since an installation was cut", async () => {
      await (await startedUntil("install-end", installed)).kill();
      site.letGo("install-end");
      await site.postgres.query("INSERT INTO mdl_course (fullname) VALUES ('Algebra')");

      const { code, events } = await site.release(installed);

      expect(code).to.equal(1);
      expect(reason(events)).to.match(/holds courses or users by now; nothing was changed/);
      expect(await site.postgres.query("SELECT count(*) FROM mdl_course")).to.deep.equal(["2"]);
    });
  });

  describe("on a database of the same code", () => {
    it("does nothing", async () => {
      await site.install();
      const { code, events } = await site.release(installed);

      expect([code, outcome(events), steps(events)]).to.deep.equal([0, "unchanged", ["nothing"]]);
      expect(site.passed).to.deep.equal([]);
    });
  });

  describe("on a database that it must not touch", () => {
    const untouched = async () => site.postgres.query("SELECT name, value FROM mdl_config ORDER BY name");

    it("refuses to go back to older code", async () => {
      await site.install(otherShape);
      const held = await untouched();
      const { code, events } = await site.release(installed);

      expect(code).to.equal(1);
      expect(reason(events)).to.match(/belongs to Moodle 5\.1\.2 .* older 5\.1\.0 .*; nothing was changed/);
      expect([await untouched(), site.passed, await site.phase()]).to.deep.equal([held, [], undefined]);
    });

    it("refuses to go back to an older plugin, of which Moodle itself would hear in the middle of an upgrade", async () => {
      await site.install();
      await site.postgres.query("SET ROLE moodle; CREATE TABLE mdl_config_plugins (plugin text, name text, value text)");
      await site.postgres.query("INSERT INTO mdl_config_plugins VALUES ('mod_page', 'version', '2025100602'), ('mod_gone', 'version', '2099010100'), ('mod_page', 'other', '9')");
      const { code, events } = await site.release(otherShape);

      expect([code, site.passed, site.isOpen]).to.deep.equal([1, [], true]);
      expect(reason(events)).to.match(/older plugins .*; nothing was changed\..* mod_page 2025100601, and the database has 2025100602$/);
      await site.postgres.query("UPDATE mdl_config_plugins SET value = '2025100601' WHERE value = '2025100602'");
      expect((await site.release(otherShape)).code).to.equal(0);
    });

    it("refuses an image that holds another Moodle than was asked for", async () => {
      await site.install();
      const { code, events } = await site.release(otherShape, { MOODLE_VERSION: "5.1.7" });

      expect([code, site.passed]).to.deep.equal([1, []]);
      expect(reason(events)).to.match(/holds Moodle 5\.1\.2 .* MOODLE_VERSION is 5\.1\.7; nothing was changed/);
    });

    it("refuses tables that are no site and not its own doing", async () => {
      await site.install();
      await site.postgres.query("DELETE FROM mdl_config WHERE name = 'version'");
      const { code, events } = await site.release(installed);

      expect([code, site.passed]).to.deep.equal([1, []]);
      expect(reason(events)).to.match(/no version, and this program did not make them; nothing was changed/);
    });

    it("changes nothing when Moodle does not say what is to be done", async () => {
      await site.install();
      site.fail("asked", 1);
      const { code, events } = await site.release(otherShape);

      expect([code, site.passed, site.isOpen]).to.deep.equal([1, ["asked"], true]);
      expect(reason(events)).to.match(/nothing was changed\. upgrade\.php ended with status 1/);
    });
  });

  describe("with code of another shape", () => {
    beforeEach(() => site.install());

    for (const [point, isOpen] of Object.entries({ asked: true, "upgrade-start": false })) {
      it(`does not believe a status of 0 when Moodle gave up at ${point}`, async () => {
        site.fail(point, 0);
        const { code, events } = await site.release(otherShape);

        expect([code, site.isOpen]).to.deep.equal([1, isOpen]);
        expect(reason(events)).to.match(/has the version 2025100600\.00 and not the code's 2025100602, yet upgrade\.php ended with status 0: .*made to fail/);
      });
    }

    it("closes the site, upgrades and opens it", async () => {
      const { code, events, output } = await site.release(otherShape);

      expect([code, outcome(events)], output).to.deep.equal([0, "upgraded"]);
      expect(steps(events)).to.deep.equal(["stopTasks", "close", "upgrade", "open"]);
      expect(site.passed).to.deep.equal(["asked", "stop", "enable-start", "enable-end", "upgrade-start", "upgrade-version", "upgrade-end", "disable-start", "disable-end"]);
      expect([site.isOpen, await site.setting("version"), await site.phase()]).to.deep.equal([true, otherShape.version, undefined]);
    });

    for (const point of ["asked", "stop", "enable-start", "enable-end", "upgrade-start", "upgrade-version", "upgrade-end", "disable-start", "disable-end"]) {
      it(`goes on when it was killed at ${point}, and old code met no new database in between`, async () => {
        await (await startedUntil(point)).kill();
        site.letGo(point);
        if (point.startsWith("upgrade-")) expect(site.isOpen, "the site is closed while its database is half upgraded").to.equal(false);

        const again = await site.release(otherShape);

        expect(again.code, again.output).to.equal(0);
        expect([site.isOpen, await site.setting("version"), await site.setting("allcomponenthash"), await site.phase()]).to.deep.equal([true, otherShape.version, "b", undefined]);
      });
    }

    for (const [point, isOpen] of Object.entries({ stop: true, "enable-start": true, "upgrade-start": false, "upgrade-version": false, "disable-start": false })) {
      it(`fails with Moodle's words when Moodle fails at ${point}, leaves the site ${isOpen ? "as it was" : "closed"}, and goes on in the next run`, async () => {
        site.fail(point, 255);
        const failed = await site.release(otherShape);

        expect(failed.code).to.equal(1);
        expect(reason(failed.events)).to.match(/ended with status 255: .*made to fail/);
        expect(site.isOpen).to.equal(isOpen);
        if (isOpen) expect(await site.setting("version")).to.equal(installed.version);
        site.heal(point);
        expect((await site.release(otherShape)).code).to.equal(0);
        expect([site.isOpen, await site.setting("version"), await site.phase()]).to.deep.equal([true, otherShape.version, undefined]);
      });
    }

    it("waits for running tasks while the site is open, and for running requests when it is closed", async () => {
      const task = await site.start(["php", "-r", connected("pg_query($c, 'SELECT pg_advisory_lock(1, 2)');", "task")], installed);
      const request = await site.start(["php", "-r", connected("", "request")], installed);
      await task.until("connected", () => task.stdout.includes("connected"));
      await request.until("connected", () => request.stdout.includes("connected"));

      const program = await site.start(programs.release, otherShape);
      await program.until("waiting for tasks", () => program.stderr.includes('"for":"running tasks","because":"1 left"'));
      expect([site.isOpen, site.passed.includes("enable-start")]).to.deep.equal([true, false]);
      fs.writeFileSync(`${site.dataroot}/let-task`, "");
      await program.until("waiting for requests", () => program.stderr.includes('"for":"running requests","because":"1 left"'));
      expect([site.isOpen, site.passed.includes("upgrade-start")]).to.deep.equal([false, false]);
      fs.writeFileSync(`${site.dataroot}/let-request`, "");

      expect((await program.ended).code, program.output).to.equal(0);
    });

    it("lets a step finish when it is told to stop, takes no other, and leaves the site closed for the next run", async () => {
      const program = await startedUntil("upgrade-version");
      program.signal("SIGTERM");
      site.letGo("upgrade-version");

      expect((await program.ended).code).to.equal(1);
      expect(reason(linesOf(program))).to.match(/told to stop/);
      expect([site.isOpen, await site.setting("allcomponenthash"), await site.phase()]).to.deep.equal([false, "b", "closed"]);
      expect((await site.release(otherShape)).code).to.equal(0);
      expect(site.isOpen).to.equal(true);
    });

    it("goes no further without its lock", async () => {
      const program = await startedUntil("enable-end");
      await site.postgres.query("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1");
      site.letGo("enable-end");

      expect((await program.ended).code).to.equal(1);
      expect(reason(linesOf(program))).to.match(/connection to the database is lost/);
      expect(site.passed).not.to.include("upgrade-start");
    });

    it("leaves a site closed that somebody else has closed", async () => {
      fs.writeFileSync(`${site.dataroot}/climaintenance.html`, "closed by hand");
      const { code, events } = await site.release(otherShape);

      expect([code, steps(events)]).to.deep.equal([0, ["stopTasks", "upgrade", "leaveClosed"]]);
      expect([site.isOpen, await site.setting("version")]).to.deep.equal([false, otherShape.version]);
    });
  });

  describe("with code of the same shape", () => {
    beforeEach(() => site.install());

    it("upgrades while the site is open, and empties the caches afterwards, one after another", async () => {
      const { code, events, output } = await site.release(sameShape);

      expect([code, outcome(events)], output).to.deep.equal([0, "upgraded"]);
      expect(steps(events)).to.deep.equal(["upgrade", "emptyCaches"]);
      expect(site.passed).to.deep.equal(["asked", "upgrade-start", "upgrade-version", "upgrade-end", "purge--muc", "purge--js", "purge--filter", "purge--other", "unlock"]);
      expect([await site.setting("version"), await site.setting("outagelessupgrade"), await site.phase()]).to.deep.equal([sameShape.version, undefined, undefined]);
    });

    for (const point of ["upgrade-start", "upgrade-version", "upgrade-end", "purge--muc", "purge--other", "unlock"]) {
      it(`goes on when it was killed at ${point}, and never closes the site`, async () => {
        await (await startedUntil(point, sameShape)).kill();
        site.letGo(point);
        expect(site.isOpen).to.equal(true);
        const again = await site.release(sameShape);

        expect(again.code, again.output).to.equal(0);
        expect(site.passed).not.to.include("enable-start");
        expect(site.passed.filter((passed) => passed === "purge--other")).not.to.deep.equal([]);
        expect([await site.setting("version"), await site.setting("outagelessupgrade"), await site.phase()]).to.deep.equal([sameShape.version, undefined, undefined]);
      });
    }

    it("opens a site that an upgrade of another shape had left closed", async () => {
      await (await startedUntil("upgrade-end")).kill();
      site.letGo("upgrade-end");
      const later = { ...otherShape, version: "2025100603.00", release: "5.1.3 (Build: 4)" };

      expect((await site.release(later)).code).to.equal(0);
      expect([site.isOpen, await site.setting("version"), await site.phase()]).to.deep.equal([true, later.version, undefined]);
    });
  });
});

/** A program of PHP that has a connection to the database as Moodle has, until it is let go. */
function connected(then: string, name: string): string {
  return (
    "$c = pg_connect(sprintf('host=%s port=%s dbname=moodle user=moodle password=%s', getenv('MOODLE_DATABASE_HOST'), getenv('MOODLE_DATABASE_PORT'), file_get_contents('/etc/moodle/secrets/databasePassword')));" +
    `${then} echo 'connected'; while (!file_exists('/var/lib/moodle/let-${name}')) { usleep(50000); clearstatcache(); }`
  );
}
