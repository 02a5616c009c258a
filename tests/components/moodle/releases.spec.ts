import { expect } from "chai";
import { moodleLine, moodleVersionsAllowed } from "../../../components/moodle/releases";

describe("a release of Moodle", () => {
  for (const version of ["4.5.0", "4.5.12", "5.1.0", "5.1.7", "5.2.2", "5.2.10", "5.3.0"]) {
    it(`${version} can be run`, () => expect(moodleLine(version)?.line).to.equal(version.replace(/\.\d+$/, "")));
  }

  for (const version of ["4.4.9", "5.0.3", "5.2.0", "5.2.1", "6.0.0", "5.1", "5", "5.1.7+", "v5.1.7", "5.1.7 ", "", "5.1.x", "05.1.7"]) {
    it(`${JSON.stringify(version)} is refused`, () => expect(moodleLine(version)).to.equal(undefined));
  }

  it("serves its public folder from 5.1 on", () => {
    expect(["4.5.1", "5.1.1", "5.2.2", "5.3.1"].map((version) => moodleLine(version)?.webRoot)).to.deep.equal(["", "public", "public", "public"]);
  });

  it("is named by its lines where another one was given", () => {
    expect(moodleVersionsAllowed).to.equal("4.5.*, 5.1.*, 5.2.2 and later, 5.3.*");
  });
});
