import { expect } from "chai";
import type { Size } from "../../../components/config/size";
import { databaseHourly } from "../../../providers/aws/prices";
import { cacheNodes, databaseClasses, maxConnections, pickCacheNode, pickDatabaseClass } from "../../../providers/aws/skus";

describe("AWS sizes", () => {
  describe("the database's class", () => {
    const boundaries: readonly [cpus: number, memory: Size, production: string, staging: string][] = [
      [1, "1 GiB", "db.m8g.large", "db.t4g.micro"],
      [2, "1025 MiB", "db.m8g.large", "db.t4g.small"],
      [2, "2 GiB", "db.m8g.large", "db.t4g.small"],
      [2, "3 GiB", "db.m8g.large", "db.t4g.medium"],
      [2, "8 GiB", "db.m8g.large", "db.t4g.large"],
      [2, "9 GiB", "db.r8g.large", "db.r8g.large"],
      [2, "16 GiB", "db.r8g.large", "db.r8g.large"],
      [2, "17 GiB", "db.r8g.xlarge", "db.r8g.xlarge"],
      [3, "8 GiB", "db.m8g.xlarge", "db.t4g.xlarge"],
      [4, "16 GiB", "db.m8g.xlarge", "db.t4g.xlarge"],
      [5, "16 GiB", "db.m8g.2xlarge", "db.m8g.2xlarge"],
      [8, "32 GiB", "db.m8g.2xlarge", "db.m8g.2xlarge"],
      [16, "64 GiB", "db.m8g.4xlarge", "db.m8g.4xlarge"],
      [32, "128 GiB", "db.m8g.8xlarge", "db.m8g.8xlarge"],
      [33, "1 GiB", "db.m8g.12xlarge", "db.m8g.12xlarge"],
      [96, "384 GiB", "db.m8g.24xlarge", "db.m8g.24xlarge"],
    ];
    for (const [cpus, memory, production, staging] of boundaries) {
      it(`for ${cpus} processors and ${memory} is ${production} in production and ${staging} elsewhere`, () => {
        expect(pickDatabaseClass({ cpus, memory }, "production")?.name).to.equal(production);
        expect(pickDatabaseClass({ cpus, memory }, "staging")?.name).to.equal(staging);
      });
    }

    it("is none where no class is large enough", () => {
      expect(pickDatabaseClass({ cpus: 97, memory: "8 GiB" }, "production")).to.equal(undefined);
    });

    it("is the operator's, even a burstable one in production", () => {
      expect(pickDatabaseClass({ cpus: 4, memory: "16 GiB" }, "production", "db.t4g.small")?.name).to.equal("db.t4g.small");
    });

    it("costs no less than any class with less of everything, where a price is known", () => {
      for (const one of databaseClasses) {
        for (const other of databaseClasses) {
          if (one.burstable !== other.burstable || one.cpus > other.cpus || one.memory > other.memory) continue;
          expect(databaseHourly[one.name], `${one.name} against ${other.name}`).to.be.at.most(databaseHourly[other.name]);
        }
      }
    });
  });

  describe("connections", () => {
    it("stay below what instances report", () => {
      expect(maxConnections({ memory: 1 })).to.be.within(60, 81);
      expect(maxConnections({ memory: 4 })).to.be.within(370, 410);
      expect(maxConnections({ memory: 8 })).to.be.within(780, 823);
    });

    it("end at the most RDS allows", () => {
      expect(maxConnections({ memory: 384 })).to.equal(5000);
    });
  });

  describe("a cache's node", () => {
    const boundaries: readonly [memory: Size, production: string, staging: string][] = [
      ["512 MiB", "cache.m7g.large", "cache.t4g.micro"],
      ["513 MiB", "cache.m7g.large", "cache.t4g.small"],
      ["1 GiB", "cache.m7g.large", "cache.t4g.small"],
      ["1.5 GiB", "cache.m7g.large", "cache.t4g.medium"],
      ["3 GiB", "cache.m7g.large", "cache.t4g.medium"],
      ["3.5 GiB", "cache.m7g.large", "cache.m7g.large"],
      ["6 GiB", "cache.m7g.large", "cache.m7g.large"],
      ["6.5 GiB", "cache.m7g.xlarge", "cache.m7g.xlarge"],
      ["13 GiB", "cache.r7g.xlarge", "cache.r7g.xlarge"],
      ["27 GiB", "cache.r7g.2xlarge", "cache.r7g.2xlarge"],
      ["105 GiB", "cache.r7g.4xlarge", "cache.r7g.4xlarge"],
    ];
    for (const [memory, production, staging] of boundaries) {
      it(`for ${memory} is ${production} in production and ${staging} elsewhere`, () => {
        expect(pickCacheNode(memory, "production")?.name).to.equal(production);
        expect(pickCacheNode(memory, "staging")?.name).to.equal(staging);
      });
    }

    it("is none where no node is large enough", () => {
      expect(pickCacheNode("106 GiB", "production")).to.equal(undefined);
    });
  });

  it("name every machine once", () => {
    for (const machines of [databaseClasses, cacheNodes]) {
      expect(new Set(machines.map(({ name }) => name)).size).to.equal(machines.length);
    }
  });
});
