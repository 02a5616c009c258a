import { expect } from "chai";
import { readableEstimate } from "../../../components/plan/estimate";

describe("the monthly estimate", () => {
  const lines = [
    { what: "Cluster", arithmetic: "1 x 730 h x 0.1", monthly: 73 },
    { what: "Keys", arithmetic: "2 keys x 1", monthly: 2 },
    { what: "Traffic", arithmetic: "by the GB" },
  ];

  it("adds up what has a price and names what has none", () => {
    expect(readableEstimate({ currency: "USD", asOf: "2026-07-01", region: "us-east-1", lines })).to.deep.equal({
      total: "75.00 USD, and what is not priced",
      asOf: "2026-07-01",
      region: "us-east-1",
      priced: { Cluster: "73.00 = 1 x 730 h x 0.1", Keys: "2.00 = 2 keys x 1" },
      notPriced: { Traffic: "by the GB" },
    });
  });
});
