import { expect } from "chai";
import type { Size } from "../../../components/config/size";
import { databaseHourly } from "../../../providers/azure/prices";
import { cacheSizes, databaseSizes, pickCacheSize, pickDatabaseSize, storageGiB } from "../../../providers/azure/skus";

describe("Azure sizes", () => {
  describe("the database's size", () => {
    const boundaries: readonly [cpus: number, memory: Size, production: string, staging: string][] = [
      [1, "2 GiB", "Standard_D2ds_v5", "Standard_B1ms"],
      [1, "2049 MiB", "Standard_D2ds_v5", "Standard_B2s"],
      [2, "4 GiB", "Standard_D2ds_v5", "Standard_B2s"],
      [2, "5 GiB", "Standard_D2ds_v5", "Standard_B2ms"],
      [2, "8 GiB", "Standard_D2ds_v5", "Standard_B2ms"],
      [2, "9 GiB", "Standard_E2ds_v5", "Standard_E2ds_v5"],
      [2, "16 GiB", "Standard_E2ds_v5", "Standard_E2ds_v5"],
      [2, "17 GiB", "Standard_E4ds_v5", "Standard_E4ds_v5"],
      [3, "8 GiB", "Standard_D4ds_v5", "Standard_B4ms"],
      [4, "16 GiB", "Standard_D4ds_v5", "Standard_B4ms"],
      [4, "32 GiB", "Standard_E4ds_v5", "Standard_E4ds_v5"],
      [4, "33 GiB", "Standard_E8ds_v5", "Standard_E8ds_v5"],
      [5, "32 GiB", "Standard_D8ds_v5", "Standard_B8ms"],
      [9, "64 GiB", "Standard_D16ds_v5", "Standard_D16ds_v5"],
      [16, "128 GiB", "Standard_E16ds_v5", "Standard_E16ds_v5"],
      [32, "128 GiB", "Standard_D32ds_v5", "Standard_D32ds_v5"],
      [33, "192 GiB", "Standard_D48ds_v5", "Standard_D48ds_v5"],
      [64, "256 GiB", "Standard_D64ds_v5", "Standard_D64ds_v5"],
      [96, "384 GiB", "Standard_D96ds_v5", "Standard_D96ds_v5"],
    ];
    for (const [cpus, memory, production, staging] of boundaries) {
      it(`for ${cpus} processors and ${memory} is ${production} in production and ${staging} elsewhere`, () => {
        const need = { cpus, memory, highAvailability: false };
        expect(pickDatabaseSize(need, "production")?.name).to.equal(production);
        expect(pickDatabaseSize(need, "staging")?.name).to.equal(staging);
      });
    }

    it("is none that cannot have a standby where there must be one", () => {
      expect(pickDatabaseSize({ cpus: 2, memory: "4 GiB", highAvailability: true }, "staging")?.name).to.equal("Standard_D2ds_v5");
    });

    it("is none where no size is large enough", () => {
      expect(pickDatabaseSize({ cpus: 97, memory: "8 GiB", highAvailability: false }, "production")).to.equal(undefined);
    });

    it("is the operator's, even a burstable one in production", () => {
      expect(pickDatabaseSize({ cpus: 4, memory: "16 GiB", highAvailability: false }, "production", "Standard_B2s")?.name).to.equal("Standard_B2s");
    });

    it("costs more with more processors, where a price is known", () => {
      const priced = databaseSizes.filter((each) => databaseHourly(each) !== undefined);
      expect(priced.map(({ tier }) => tier)).to.deep.equal(priced.map(() => "GeneralPurpose"));
      expect(databaseHourly(databaseSizes[7])).to.equal(0.195);
    });
  });

  describe("the database's storage", () => {
    const boundaries: readonly [Size, number | undefined][] = [
      ["20 GiB", 32],
      ["32 GiB", 32],
      ["33 GiB", 64],
      ["100 GiB", 128],
      ["1 TiB", 1024],
      ["4095 GiB", 4095],
      ["4 TiB", 4096],
      ["16 TiB", 16_384],
      ["32 TiB", undefined],
    ];
    for (const [asked, given] of boundaries) {
      it(`for ${asked} is ${given ?? "none"}`, () => expect(storageGiB(asked)).to.equal(given));
    }
  });

  describe("the cache's size", () => {
    const boundaries: readonly [memory: Size, production: string, staging: string][] = [
      ["256 MiB", "Balanced_B3", "Balanced_B0"],
      ["409 MiB", "Balanced_B3", "Balanced_B0"],
      ["410 MiB", "Balanced_B3", "Balanced_B1"],
      ["819 MiB", "Balanced_B3", "Balanced_B1"],
      ["820 MiB", "Balanced_B3", "Balanced_B3"],
      ["2457 MiB", "Balanced_B3", "Balanced_B3"],
      ["2458 MiB", "Balanced_B5", "Balanced_B5"],
      ["4 GiB", "Balanced_B5", "Balanced_B5"],
      ["5 GiB", "MemoryOptimized_M10", "MemoryOptimized_M10"],
      ["9 GiB", "MemoryOptimized_M10", "MemoryOptimized_M10"],
      ["10 GiB", "MemoryOptimized_M20", "MemoryOptimized_M20"],
      ["20 GiB", "MemoryOptimized_M50", "MemoryOptimized_M50"],
      ["48 GiB", "MemoryOptimized_M50", "MemoryOptimized_M50"],
      ["49 GiB", "MemoryOptimized_M100", "MemoryOptimized_M100"],
    ];
    for (const [memory, production, staging] of boundaries) {
      it(`for ${memory} is ${production} in production and ${staging} elsewhere`, () => {
        expect(pickCacheSize(memory, "production")?.name).to.equal(production);
        expect(pickCacheSize(memory, "staging")?.name).to.equal(staging);
      });
    }

    it("is none where no size is large enough", () => {
      expect(pickCacheSize("97 GiB", "staging")).to.equal(undefined);
    });

    it("is the operator's", () => {
      expect(pickCacheSize("1 GiB", "production", "MemoryOptimized_M50")?.name).to.equal("MemoryOptimized_M50");
    });

    it("leaves Redis the fifth it keeps for itself", () => {
      expect(cacheSizes.map(({ memory }) => memory)).to.deep.equal([0.4, 0.8, 2.4, 4.8, 9.6, 19.2, 48, 96]);
    });
  });
});
