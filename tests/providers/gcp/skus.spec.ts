import { expect } from "chai";
import {
  databaseTiers,
  diskPerformance,
  maxConnections,
  mostIops,
  mostThroughput,
  pickCacheSize,
  pickDatabaseTier,
  pickShareCapacity,
} from "../../../providers/gcp/skus";

describe("the tiers of Cloud SQL", () => {
  const cases = [
    { cpus: 1, memory: "1.7 GiB", production: "db-custom-1-3840", staging: "db-g1-small" },
    { cpus: 1, memory: "1.8 GiB", production: "db-custom-1-3840", staging: "db-custom-1-3840" },
    { cpus: 2, memory: "8 GiB", production: "db-custom-2-8192", staging: "db-custom-2-8192" },
    { cpus: 2, memory: "8.1 GiB", production: "db-custom-2-13312", staging: "db-custom-2-13312" },
    { cpus: 2, memory: "13.1 GiB", production: "db-custom-4-16384", staging: "db-custom-4-16384" },
    { cpus: 3, memory: "8 GiB", production: "db-custom-4-16384", staging: "db-custom-4-16384" },
    { cpus: 4, memory: "16 GiB", production: "db-custom-4-16384", staging: "db-custom-4-16384" },
    { cpus: 5, memory: "16 GiB", production: "db-custom-8-32768", staging: "db-custom-8-32768" },
    { cpus: 32, memory: "128 GiB", production: "db-custom-32-131072", staging: "db-custom-32-131072" },
    { cpus: 33, memory: "1 GiB", production: "db-custom-64-262144", staging: "db-custom-64-262144" },
    { cpus: 96, memory: "384 GiB", production: "db-custom-96-393216", staging: "db-custom-96-393216" },
    { cpus: 97, memory: "1 GiB", production: undefined, staging: undefined },
    { cpus: 1, memory: "385 GiB", production: undefined, staging: undefined },
  ] as const;
  for (const { cpus, memory, production, staging } of cases) {
    it(`are ${production ?? "none"} for ${cpus} processors and ${memory}, outside production ${staging ?? "none"}`, () => {
      expect(pickDatabaseTier({ cpus, memory }, "production")?.name).to.equal(production);
      expect(pickDatabaseTier({ cpus, memory }, "staging")?.name).to.equal(staging);
    });
  }

  it("are the operator's, where one was chosen", () => {
    expect(pickDatabaseTier({ cpus: 32, memory: "1 GiB" }, "production", "db-f1-micro")?.name).to.equal("db-f1-micro");
  });

  it("have names that Cloud SQL reads: even processors, whole quarters of a GiB, and 0.9 to 6.5 GiB a processor", () => {
    for (const { name, cpus, memory, shared } of databaseTiers) {
      if (shared) continue;
      expect(name).to.equal(`db-custom-${cpus}-${memory * 1024}`);
      expect(cpus === 1 || cpus % 2 === 0, name).to.equal(true);
      expect((memory * 1024) % 256, name).to.equal(0);
      expect(memory / cpus, name).to.be.within(0.9, 6.5);
      expect(memory, name).to.be.at.least(3.75);
    }
  });

  it("allow the connections their memory does", () => {
    const at = (memory: number) => maxConnections({ memory });
    expect([0.6, 1.69, 1.7, 3.74, 3.75, 6, 7.5, 8, 15, 30, 60, 120, 384].map(at)).to.deep.equal([25, 25, 50, 50, 100, 200, 400, 400, 500, 600, 800, 1000, 1000]);
  });
});

describe("the sizes of Memorystore", () => {
  it("are whole GiB from 1 to 300", () => {
    const sizes = ["512 MiB", "1 GiB", "1025 MiB", "1.5 GiB", "300 GiB", "301 GiB"] as const;
    expect(sizes.map(pickCacheSize)).to.deep.equal([1, 1, 2, 2, 300, undefined]);
  });
});

describe("the sizes of Filestore", () => {
  it("begin at 100 GiB and are sold in steps that grow", () => {
    const sizes = ["1 GiB", "100 GiB", "100.5 GiB", "1023 GiB", "1 TiB", "1025 GiB", "9.5 TiB", "9.9 TiB", "10 TiB", "10.1 TiB", "100 TiB", "101 TiB"] as const;
    expect(sizes.map(pickShareCapacity)).to.deep.equal([100, 100, 101, 1023, 1024, 1280, 9728, 10_240, 10_240, 12_800, 102_400, undefined]);
  });
});

describe("a Hyperdisk", () => {
  it("has 500 operations a second for each GiB, 3000 at least and 160000 at most", () => {
    const sizes = ["1 GiB", "6 GiB", "7 GiB", "320 GiB", "321 GiB"] as const;
    expect(sizes.map(mostIops)).to.deep.equal([3000, 3000, 3500, 160_000, 160_000]);
  });

  it("has a quarter of its operations as MiB a second, 140 at least and 2400 at most", () => {
    expect([0, 3000, 3004, 9600, 9604].map(mostThroughput)).to.deep.equal([750, 750, 751, 2400, 2400]);
  });

  it("gets what every one has, and a 256th of its operations as MiB a second", () => {
    expect(diskPerformance({ iops: 3000, throughput: 125 })).to.deep.equal({ iops: 3000, throughput: 140 });
    expect(diskPerformance({ iops: 64_000, throughput: 140 })).to.deep.equal({ iops: 64_000, throughput: 250 });
    expect(diskPerformance({ iops: 64_000, throughput: 1000 })).to.deep.equal({ iops: 64_000, throughput: 1000 });
  });
});
