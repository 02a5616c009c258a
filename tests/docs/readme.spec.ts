import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { loadConfig } from "../../components/config/load";
import { planPlatform } from "../../components/plan/platformPlan";
import { awsProvider } from "../../providers/aws";
import { asEngine, cloudKeys, readStack, rehearsed, today } from "../support/stackConfig";

const readme = fs.readFileSync(path.join(__dirname, "../../README.md"), "utf8");

describe("the README", () => {
  it("shows a stack file that is accepted once an image is built", () => {
    const [, text = ""] = /```yaml\n([^]*?)```/.exec(readme) ?? [];
    const { config } = parse(text) as { config: Record<string, unknown> };
    const withImage = rehearsed({ ...config, "moodle:application": undefined });

    const loaded = loadConfig(asEngine(withImage), { clouds: ["aws"], cloud: cloudKeys[0], today });

    expect(planPlatform(loaded.config, "readme").site.hostname).to.equal("moodle.example.edu");
  });

  it("names what the committed stacks cost, to the next ten", () => {
    const price = (stack: string) => {
      const loaded = loadConfig(asEngine(rehearsed(readStack(`Pulumi.${stack}.yaml`))), { clouds: ["aws"], cloud: cloudKeys[0], today });
      const { lines } = awsProvider.estimate(planPlatform(loaded.config, stack).foundation);
      return Math.round(lines.reduce((sum, { monthly = 0 }) => sum + monthly, 0) / 10) * 10;
    };
    const text = readme.replace(/\s+/g, " ");

    expect(text).to.include(`about ${price("production").toLocaleString("en")} USD a month for production`);
    expect(text).to.include(`and ${price("staging")} USD for staging`);
  });

  it("links to pages that are there", () => {
    const targets = [...readme.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = ""]) => target).filter((target) => !target.startsWith("http"));

    expect(targets).to.include("docs/rehearsal.md");
    expect(targets.filter((target) => !fs.existsSync(path.join(__dirname, "../..", target)))).to.deep.equal([]);
  });
});
