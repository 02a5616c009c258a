import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { loadConfig } from "../../components/config/load";
import { planPlatform } from "../../components/plan/platformPlan";
import { asEngine, cloudKeys, rehearsed, today } from "../support/stackConfig";

const readme = fs.readFileSync(path.join(__dirname, "../../README.md"), "utf8");

describe("the README", () => {
  it("shows a stack file that is accepted once an image is built", () => {
    const [, text = ""] = /```yaml\n([^]*?)```/.exec(readme) ?? [];
    const { config } = parse(text) as { config: Record<string, unknown> };
    const withImage = rehearsed({ ...config, "moodle:application": undefined });

    const loaded = loadConfig(asEngine(withImage), { clouds: ["aws"], cloud: cloudKeys[0], today });

    expect(planPlatform(loaded.config, "readme").site.hostname).to.equal("moodle.example.edu");
  });

  it("links to pages that are there", () => {
    const targets = [...readme.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = ""]) => target).filter((target) => !target.startsWith("http"));

    expect(targets).to.include("docs/rehearsal.md");
    expect(targets.filter((target) => !fs.existsSync(path.join(__dirname, "../..", target)))).to.deep.equal([]);
  });
});
