import { expect } from "chai";
import * as fc from "fast-check";
import { cutNetwork } from "../../../components/plan/network";

/** Networks that the config accepts. */
const networks = fc
  .tuple(fc.constantFrom("10", "172", "192"), fc.nat(255), fc.nat(255), fc.integer({ min: 16, max: 18 }))
  .map(([first, second, third, length]) => {
    const address = Number(first) * 2 ** 24 + (first === "10" ? second : first === "172" ? 16 + (second % 16) : 168) * 2 ** 16 + third * 2 ** 8;
    return { range: written(address - (address % 2 ** (32 - length)), length), length };
  });

describe("the cut of a network", () => {
  it("gives each zone pods a large range, data and load balancers a small one", () => {
    expect(cutNetwork("10.64.0.0/16", 3)).to.deep.equal([
      { number: 1, privateRange: "10.64.0.0/19", publicRange: "10.64.128.0/24", dataRange: "10.64.160.0/24" },
      { number: 2, privateRange: "10.64.32.0/19", publicRange: "10.64.129.0/24", dataRange: "10.64.161.0/24" },
      { number: 3, privateRange: "10.64.64.0/19", publicRange: "10.64.130.0/24", dataRange: "10.64.162.0/24" },
    ]);
  });

  it("stays inside the network, begins each range at its boundary, and never lets two overlap", () => {
    fc.assert(
      fc.property(networks, fc.integer({ min: 2, max: 3 }), ({ range }, zones) => {
        const whole = bounds(range);
        const parts = cutNetwork(range, zones)
          .flatMap(({ privateRange, publicRange, dataRange }) => [privateRange, publicRange, dataRange])
          .map(bounds)
          .sort((one, other) => one.first - other.first);
        for (const [index, { first, last, size }] of parts.entries()) {
          expect(first, "before the network").to.be.at.least(whole.first);
          expect(last, "behind the network").to.be.at.most(whole.last);
          expect(first % size, "off its boundary").to.equal(0);
          expect(first, "overlaps its neighbour").to.be.greaterThan(parts[index - 1]?.last ?? -1);
        }
      }),
    );
  });

  it("moves nothing when a zone is added", () => {
    fc.assert(fc.property(networks, ({ range }) => void expect(cutNetwork(range, 3).slice(0, 2)).to.deep.equal(cutNetwork(range, 2))));
  });

  it("leaves every subnet room for what lives in it, also in the smallest network", () => {
    const [zone] = cutNetwork("192.168.0.0/18", 2);

    expect(zone?.privateRange, "2,048 pods a zone").to.match(/\/21$/);
    expect(zone?.dataRange, "64 addresses").to.match(/\/26$/);
  });
});

function bounds(range: string): { first: number; last: number; size: number } {
  const [address = "", length] = range.split("/");
  const first = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - Number(length));
  return { first, last: first + size - 1, size };
}

function written(address: number, length: number): string {
  return `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".")}/${length}`;
}
