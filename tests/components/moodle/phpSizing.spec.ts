import { expect } from "chai";
import * as fc from "fast-check";
import { apcuMemory, explainWorkers, internedStringsMemory, memoryLimit, opcacheMemory, phpWorkers } from "../../../components/moodle/phpSizing";

describe("the PHP workers of a pod", () => {
  // 512 opcache + 64 APCu + 100 overhead + 384 for one large page are shared; each worker takes 80.
  const steps: readonly [mebibytes: number, workers: number][] = [
    [1024, 2],
    [1219, 2],
    [1220, 2],
    [1299, 2],
    [1300, 3],
    [2048, 12],
    [4096, 37],
    [32_768, 396],
  ];
  for (const [mebibytes, workers] of steps) {
    it(`are ${workers} in ${mebibytes} MiB`, () => expect(phpWorkers(mebibytes)).to.equal(workers));
  }

  it("never become fewer with more memory", () => {
    const memory = fc.integer({ min: 256, max: 65_536 });
    fc.assert(fc.property(memory, memory, (one, other) => phpWorkers(Math.min(one, other)) <= phpWorkers(Math.max(one, other))));
  });

  it("are explained by the arithmetic that was done", () => {
    const [, formula = ""] = /^(\(.+\) \/ \d+)/.exec(explainWorkers(2048)) ?? [];
    const [whole = 0, ...parts] = (formula.match(/\d+/g) ?? []).map(Number);
    const worker = parts.pop() ?? 1;

    expect(Math.floor((whole - parts.reduce((sum, part) => sum + part, 0)) / worker)).to.equal(phpWorkers(2048));
  });

  it("share an opcache that holds all of Moodle's scripts with their strings, as measured", () => {
    expect(opcacheMemory).to.be.at.least(451);
    expect(internedStringsMemory).to.be.at.least(62).and.lessThan(opcacheMemory);
    expect([apcuMemory, memoryLimit]).to.deep.equal([64, 128]);
  });
});
