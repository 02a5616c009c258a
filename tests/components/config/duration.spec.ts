import { expect } from "chai";
import { durationBetween, inDays, inSeconds } from "../../../components/config/duration";

describe("a duration", () => {
  it("is a number of seconds, minutes, hours or days", () => {
    expect([inSeconds("300 s"), inSeconds("10 min"), inSeconds("2 h"), inSeconds("1 d")]).to.deep.equal([300, 600, 7200, 86_400]);
  });

  it("counts a begun day as a day", () => {
    expect([inDays("0 s"), inDays("1 s"), inDays("24 h"), inDays("25 h"), inDays("35 d")]).to.deep.equal([0, 1, 1, 2, 35]);
  });

  const duration = durationBetween("30 s", "1 h");

  for (const given of ["30 s", "1 min", "60 min", "1 h"]) {
    it(`is accepted between its bounds, both included: ${given}`, () => expect(duration.parse(given)).to.equal(given));
  }

  for (const given of ["29 s", "61 min", "0 h", "1.5 min", "5m", "5 m", "5 minutes", "-5 min", "", 300, null]) {
    it(`is refused outside of them, or written otherwise: ${JSON.stringify(given)}`, () => expect(duration.safeParse(given).success).to.equal(false));
  }
});
