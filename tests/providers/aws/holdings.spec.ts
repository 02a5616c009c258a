import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { expect } from "chai";

const repository = path.join(__dirname, "../../..");

describe("the libraries that ask AWS what it holds", () => {
  it("are no part of a program that builds", () => {
    const script = 'require("./providers/aws"); console.log(Object.keys(require.cache).filter((file) => file.includes("aws-sdk")).length)';

    const loaded = execFileSync(process.execPath, ["-r", "./toolchain/loader.cjs", "-e", script], { cwd: repository, encoding: "utf8" });

    expect(loaded.trim(), "files of them that the adapter loads").to.equal("0");
  });
});
