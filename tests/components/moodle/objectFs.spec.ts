import { expect } from "chai";
import { objectFsSettings } from "../../../components/moodle/objectFs";
import { aConfig } from "../../support/builders";

describe("the settings of tool_objectfs", () => {
  it("move every file at once, keep the copy for ten minutes, and never delete an object", () => {
    expect(objectFsSettings(aConfig().files.offload)).to.deep.equal({
      enabletasks: 1,
      sizethreshold: 0,
      minimumage: 0,
      deletelocal: 1,
      consistencydelay: 600,
      deleteexternal: 0,
      enablepresignedurls: 1,
      signingwhitelist: "*",
    });
  });

  it("are in bytes and seconds", () => {
    const offload = { largerThan: "10 MiB", after: "2 h", keepLocally: "1 d", redirectDownloads: false };

    expect(objectFsSettings(aConfig({ "moodle:files": { offload } }).files.offload)).to.include({
      sizethreshold: 10 * 1024 * 1024,
      minimumage: 7200,
      consistencydelay: 86_400,
      enablepresignedurls: 0,
    });
  });
});
