import { expect } from "chai";
import { before } from "mocha";
import { aLab } from "./support/lab";
import type { Pod } from "./support/pod";

describe("the image that images/moodle/Dockerfile builds", () => {
  const lab = aLab();
  let pod: Pod;
  before(async () => void (pod = await lab.pod()));

  it("runs as its own user, on a root file system that is read-only", async () => {
    const script = 'echo posix_getuid(), ":", posix_getgid(), @file_put_contents("/opt/moodle/x", "") === false ? " refused" : " written";';

    expect(await pod.run(["php", "-r", script])).to.deep.include({ code: 0, stdout: "10033:10033 refused" });
  });
});
