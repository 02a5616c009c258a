import { expect } from "chai";
import * as fc from "fast-check";
import { inGiB, inMiB, sizeBetween, sizeOfGiB, sizeOfMiB } from "../../../components/config/size";

describe("a size", () => {
  it("is a number of MiB, GiB or TiB in powers of 1024", () => {
    expect(inMiB("512 MiB")).to.equal(512);
    expect(inMiB("1.5 GiB")).to.equal(1536);
    expect(inGiB("2 TiB")).to.equal(2048);
    expect(inGiB("256 MiB")).to.equal(0.25);
  });

  it("is written in the largest unit that keeps it whole", () => {
    expect([sizeOfMiB(512), sizeOfMiB(1024), sizeOfMiB(1536), sizeOfGiB(1024)]).to.deep.equal(["512 MiB", "1 GiB", "1536 MiB", "1 TiB"]);
  });

  it("survives being written and read", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (mebibytes) => inMiB(sizeOfMiB(mebibytes)) === mebibytes));
  });

  const size = sizeBetween("20 GiB", "1 TiB");

  for (const given of ["20 GiB", "20480 MiB", "0.5 TiB", "1 TiB"]) {
    it(`is accepted between its bounds, both included: ${given}`, () => expect(size.parse(given)).to.equal(given));
  }

  for (const given of ["19.9 GiB", "1.1 TiB", "100", "100GiB", "100 GB", "100  GiB", " 100 GiB", "-100 GiB", "1e2 GiB", "", 100, null, ["100 GiB"]]) {
    it(`is refused outside of them, or written otherwise: ${JSON.stringify(given)}`, () => expect(size.safeParse(given).success).to.equal(false));
  }
});
