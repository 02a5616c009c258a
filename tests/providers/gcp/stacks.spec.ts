import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { planPlatform } from "../../../components/plan/platformPlan";
import { checkPlan } from "../../../providers/gcp/check";
import { loadStack, readStack, rehearsed } from "../../support/stackConfig";
import { built } from "./built";

/** By file mode, what holds the files. */
const stacks = {
  objectfs: ["filestore/instance:Instance", "storage/bucket:Bucket"],
  shared: ["filestore/instance:Instance"],
  block: ["compute/disk:Disk"],
} as const;

const holders = ["compute/disk:Disk", "filestore/instance:Instance", "storage/bucket:Bucket"];

describe("the example stacks on Google Cloud", () => {
  for (const [mode, expected] of Object.entries(stacks)) {
    it(`build with files.mode ${mode}, and hold files in what the mode says and nothing else`, async () => {
      const stack = rehearsed(readStack(`tests/stacks/gcp-${mode}.yaml`));
      pulumi.runtime.setAllConfig({ "gcp:project": String(stack["gcp:project"]) });
      const { foundation } = planPlatform(loadStack(stack).config, "example");

      expect(checkPlan(foundation)).to.deep.equal([]);
      const { resources } = await built(foundation, "moodle", { "gcp:project": String(stack["gcp:project"]) });

      const made = new Set(resources.map(({ type }) => type.replace(/^gcp:/, "")).filter((type) => holders.includes(type)));
      expect([...made].sort()).to.deep.equal([...expected]);
    });
  }
});
