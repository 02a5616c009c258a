import { expect } from "chai";
import { retentionDays } from "../../../providers/aws/logGroup";

describe("AWS log retention", () => {
  const boundaries = [
    ["1 d", 1],
    ["2 d", 3],
    ["30 d", 30],
    ["31 d", 60],
    ["90 d", 90],
    ["25 h", 3],
    ["365 d", 365],
    ["366 d", 400],
    ["9999 d", 3653],
  ] as const;
  for (const [asked, days] of boundaries) {
    it(`of ${asked} is ${days} days`, () => expect(retentionDays(asked)).to.equal(days));
  }
});
