import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { moodleChart } from "../../../components/moodle/chart";

const chart = path.resolve(__dirname, "../../../charts/moodle");

describe("the digest of the chart", () => {
  let copy: string;

  beforeEach(() => {
    copy = fs.mkdtempSync(path.join(os.tmpdir(), "chart-"));
    fs.cpSync(chart, copy, { recursive: true });
  });

  afterEach(() => fs.rmSync(copy, { recursive: true }));

  it("is of its contents, wherever it lies", () => {
    expect(moodleChart(copy).digest).to.equal(moodleChart().digest).and.match(/^sha256:[0-9a-f]{64}$/);
  });

  for (const file of ["templates/web/deployment.yaml", "templates/_pod.tpl", "values.yaml", "values.schema.json", "Chart.yaml"]) {
    it(`changes with ${file}`, () => {
      fs.appendFileSync(path.join(copy, file), "\n");

      expect(moodleChart(copy).digest).not.to.equal(moodleChart().digest);
    });
  }

  it("changes when a template comes, goes, or is called differently", () => {
    const templates = path.join(copy, "templates");
    const digests = [moodleChart(copy).digest];
    fs.writeFileSync(path.join(templates, "more.yaml"), "");
    digests.push(moodleChart(copy).digest);
    fs.renameSync(path.join(templates, "more.yaml"), path.join(templates, "other.yaml"));
    digests.push(moodleChart(copy).digest);

    expect(new Set(digests).size).to.equal(3);
  });

  for (const file of ["README.md", "ci/minimal.yaml"]) {
    it(`does not change with ${file}, which never reaches the cluster`, () => {
      fs.appendFileSync(path.join(copy, file), "\n");

      expect(moodleChart(copy).digest).to.equal(moodleChart().digest);
    });
  }

  it("goes with a path that is the same on every machine", () => {
    expect(path.isAbsolute(moodleChart().path)).to.equal(false);
    expect(path.resolve(moodleChart().path)).to.equal(chart);
  });
});
