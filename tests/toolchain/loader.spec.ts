import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

describe("the loader", () => {
  it("names the TypeScript file and line of an error of ours", () => {
    const [, first] = new Error("here").stack?.split("\n") ?? [];

    expect(first).to.include(`${path.basename(__filename)}:7:`);
  });

  it("names the SDK's files as they are on the disk, which is what Node prints in colours quickly", () => {
    const stack = stackOf(() => new pulumi.ComponentResource("", "unnamed"));

    expect(stack).to.include("Missing resource type argument").and.include("/node_modules/@pulumi/pulumi/resource.js:");
    expect(stack).not.to.match(/node_modules\/@pulumi\/[\w-]+\.ts/);
  });
});

function stackOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? (error.stack ?? "") : "";
  }
  throw new Error("nothing was thrown");
}
