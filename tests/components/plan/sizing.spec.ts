import { expect } from "chai";
import * as fc from "fast-check";
import { inMiB, type Size } from "../../../components/config/size";
import type { PlatformConfig } from "../../../components/config/schema";
import { sizePlatform, type Sizing } from "../../../components/plan/sizing";
import { explainWorkers } from "../../../components/moodle/phpSizing";
import { aConfig } from "../../support/builders";

const config = aConfig();
const modes = ["objectfs", "shared", "block"] as const;
const users = fc.integer({ min: 10, max: 20_000 });

/** Sizes without the rules that refuse some combinations: arithmetic must hold beyond them. */
function sized(change: { users?: number; mode?: (typeof modes)[number]; environment?: PlatformConfig["environment"]; given?: PlatformConfig["sizing"] }): Sizing {
  const { users: concurrentUsers = 100, mode = "objectfs", environment = "production", given = {} } = change;
  return sizePlatform({ ...config, concurrentUsers, environment, files: { ...config.files, mode }, sizing: given });
}

describe("the sizing by concurrent users", () => {
  it("is what the committed examples were made for", () => {
    const { arithmetic: _, ...production } = sized({ users: 2000 });
    const { arithmetic: __, ...staging } = sized({ users: 50, environment: "staging" });

    expect(production).to.deep.equal({
      web: { memory: "2 GiB", cpu: 3000, workers: 12, replicasMin: 3, replicasMax: 5 },
      database: { cpus: 4, memory: "16 GiB", connections: 68 },
      sessionCache: "1536 MiB",
      applicationCache: "3 GiB",
    });
    expect(staging).to.deep.equal({
      web: { memory: "2 GiB", cpu: 600, workers: 12, replicasMin: 1, replicasMax: 1 },
      database: { cpus: 2, memory: "8 GiB", connections: 20 },
      sessionCache: "512 MiB",
      applicationCache: "1536 MiB",
    });
  });

  it("never shrinks anything when users are added", () => {
    const grows = ({ web, database, sessionCache, applicationCache }: Sizing) => [
      web.replicasMin,
      web.replicasMax,
      inMiB(web.memory),
      web.workers,
      database.cpus,
      inMiB(database.memory),
      database.connections,
      inMiB(sessionCache),
      inMiB(applicationCache),
    ];
    fc.assert(
      fc.property(users, users, fc.constantFrom(...modes), (one, other, mode) => {
        const fewer = grows(sized({ users: Math.min(one, other), mode }));
        const more = grows(sized({ users: Math.max(one, other), mode }));
        more.forEach((size, index) => expect(size).to.be.at.least(fewer[index] ?? 0));
      }),
    );
  });

  it("allows the database exactly the connections that all pods together can open", () => {
    const runners = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(users, runners, runners, (concurrentUsers, scheduled, adhoc) => {
        const cron = { runners: scheduled, adhocRunners: adhoc };
        const { web, database } = sizePlatform({ ...config, concurrentUsers, cron });
        const pods = web.replicasMax * web.workers + scheduled + adhoc;
        expect(database.connections - pods, "connections for a release").to.equal(5);
      }),
    );
  });

  it("never runs more PHP workers than fit into a pod's memory", () => {
    const given = fc.integer({ min: 1536, max: 32 * 1024 });
    fc.assert(
      fc.property(given, (mebibytes) => {
        const { web } = sized({ given: { webMemory: `${mebibytes} MiB` } });
        const [, fixed = ""] = /^\(\d+ MiB - (.+)\) \/ (\d+)/.exec(explainWorkers(mebibytes)) ?? [];
        const shared = fixed.match(/\d+/g)?.reduce((sum, figure) => sum + Number(figure), 0) ?? 0;
        expect(shared, "the explanation names what workers share").to.be.greaterThan(0);
        expect(shared + web.workers * 80).to.be.at.most(mebibytes);
        expect(web.workers).to.be.at.least(2);
      }),
    );
  });

  it("has enough workers for the peak in every mode that many users may choose", () => {
    fc.assert(
      fc.property(users, fc.constantFrom("objectfs" as const, "shared" as const), (concurrentUsers, mode) => {
        const { web } = sized({ users: concurrentUsers, mode });
        expect(web.replicasMax * web.workers).to.be.at.least(Math.ceil(concurrentUsers / 40));
      }),
    );
    const { web: one } = sized({ users: 2000, mode: "block" });
    expect(one.workers).to.be.at.least(50);
  });

  it("gives one instance for both caches the memory of both", () => {
    const separate = sized({ users: 500 });
    const together = sizePlatform({ ...config, concurrentUsers: 500, cache: { ...config.cache, separate: false } });

    expect(inMiB(together.sessionCache)).to.equal(inMiB(separate.sessionCache) + inMiB(separate.applicationCache));
  });

  it("keeps two pods in production also at night, and one elsewhere", () => {
    expect(sized({ users: 10 }).web).to.include({ replicasMin: 2, replicasMax: 2 });
    expect(sized({ users: 10, environment: "staging" }).web).to.include({ replicasMin: 1, replicasMax: 1 });
  });

  it("gives a disk exactly one pod, whatever the peak", () => {
    for (const concurrentUsers of [10, 2000, 20_000]) {
      expect(sized({ users: concurrentUsers, mode: "block" }).web).to.include({ replicasMin: 1, replicasMax: 1 });
    }
  });

  const steps: readonly [users: number, cpus: number][] = [
    [750, 2],
    [751, 4],
    [2500, 4],
    [2501, 8],
    [6000, 8],
    [6001, 16],
    [12_000, 16],
    [12_001, 32],
    [20_000, 32],
  ];
  for (const [concurrentUsers, cpus] of steps) {
    it(`gives the database ${cpus} processors for ${concurrentUsers} users`, () => {
      expect(sized({ users: concurrentUsers }).database).to.include({ cpus, memory: `${cpus * 4} GiB` });
    });
  }

  const overrides: readonly [given: PlatformConfig["sizing"], read: (sizing: Sizing) => unknown, value: unknown][] = [
    [{ webReplicasMin: 4 }, ({ web }) => [web.replicasMin, web.replicasMax], [4, 4]],
    [{ webReplicasMax: 9 }, ({ web }) => [web.replicasMin, web.replicasMax], [5, 9]],
    [{ webReplicasMin: 1, webReplicasMax: 1 }, ({ web }) => [web.replicasMin, web.replicasMax], [1, 1]],
    [{ webMemory: "4 GiB" as Size }, ({ web }) => [web.memory, web.workers], ["4 GiB", 37]],
    [{ databaseCpus: 16 }, ({ database }) => [database.cpus, database.memory], [16, "64 GiB"]],
    [{ sessionCacheMemory: "5 GiB" as Size }, ({ sessionCache }) => sessionCache, "5 GiB"],
    [{ applicationCacheMemory: "7 GiB" as Size }, ({ applicationCache }) => applicationCache, "7 GiB"],
  ];
  for (const [given, read, value] of overrides) {
    it(`lets ${JSON.stringify(given)} win`, () => {
      expect(read(sized({ given })), "the override is ignored").to.deep.equal(value);
      expect(read(sized({})), "the override changes nothing").not.to.deep.equal(value);
    });
  }

  it("shows its arithmetic with the numbers it used", () => {
    const lines = sized({ users: 2000 }).arithmetic.map(({ what, value, because }) => `${what}: ${value} = ${because}`);

    expect(lines).to.include("busy PHP workers at the peak: 50 = 2000 users / 20 s between requests x 0.25 s of work x 2 headroom");
    expect(lines).to.include("web pods: 3 to 5 = 50 workers / 12 a pod, at least 2; half of it at rest");
    expect(lines).to.include("database connections: 68 = 5 web pods x 12 workers + 2 cron + 1 ad-hoc + 5 for a release");
    expect(lines).to.include("database processors: 4 = the step for 2000 users");
  });

  it("says which numbers were given and not derived", () => {
    const given: PlatformConfig["sizing"] = {
      webReplicasMax: 9,
      webMemory: "4 GiB",
      databaseCpus: 16,
      sessionCacheMemory: "5 GiB",
      applicationCacheMemory: "7 GiB",
    };
    const because = Object.fromEntries(sized({ given }).arithmetic.map((line) => [line.what, line.because]));

    expect(because["web pods"]).to.equal("sizing.webReplicasMax");
    expect(because["PHP workers of a web pod"]).to.match(/, by sizing\.webMemory$/);
    expect(because["database processors"]).to.equal("sizing.databaseCpus");
    expect(because["session cache"]).to.equal("sizing.sessionCacheMemory");
    expect(because["application cache"]).to.equal("sizing.applicationCacheMemory");
  });
});
