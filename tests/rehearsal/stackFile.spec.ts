import * as fs from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { statefulResources } from "../../components/config/groups/dataLoss";
import { StackFile } from "../../rehearsal/stackFile";
import { temporaryFolder } from "../toolchain/temporaryFolder";

describe("the rehearsal's copy of a stack file", () => {
  const at = temporaryFolder();

  function given(text: string): StackFile {
    fs.writeFileSync(at("stack.yaml"), text);
    return new StackFile(at("stack.yaml"));
  }

  const written = () => parse(fs.readFileSync(at("stack.yaml"), "utf8")) as { config: Record<string, unknown> };

  it("is marked, and gets an image that cannot exist", () => {
    given("config:\n  moodle:cloud: aws\n").markAsRehearsal();

    expect(written().config["moodle:rehearsal"]).to.equal(true);
    expect(written().config["moodle:application"]).to.deep.equal({ image: `rehearsal.invalid/moodle@sha256:${"0".repeat(64)}` });
  });

  it("says what it names of a real cloud, which no simulated one holds", () => {
    const file = given("config:\n  moodle:database: { restoreFrom: a-snapshot, version: 17 }\n  moodle:files: { mode: block }\n");

    expect(file.namedElsewhere()).to.deep.equal(["moodle:database.restoreFrom"]);
    expect(given("config:\n  moodle:cloud: aws\n").namedElsewhere()).to.deep.equal([]);
  });

  it("keeps an image that is given", () => {
    given("config:\n  moodle:application: { version: 5.1.7, image: mine }\n").markAsRehearsal();

    expect(written().config["moodle:application"]).to.deep.equal({ version: "5.1.7", image: "mine" });
  });

  it("loses the values that only their owner can decrypt, and says which", () => {
    const file = given(
      [
        "encryptionsalt: v1:abc",
        "config:",
        "  moodle:mailPassword:",
        "    secure: v1:one",
        "  moodle:mail:",
        "    host: smtp.example.edu",
        "    deep: { password: { secure: v1:two } }",
      ].join("\n"),
    );

    expect(file.takeSecrets()).to.deep.equal(["moodle:mailPassword", 'moodle:mail["deep"]["password"]']);
    expect(written()).to.deep.equal({ config: { "moodle:mail": { host: "smtp.example.edu", deep: {} } } });
  });

  it("consents to lose everything that is protected, but not for long", () => {
    given("config:\n  moodle:cloud: aws\n").consentToEverything();

    const consents = written().config["moodle:allowDataLoss"] as { resource: string; until: string }[];
    expect(consents.map(({ resource }) => resource)).to.deep.equal([...statefulResources]);
    for (const { until } of consents) {
      expect(until).to.match(/^\d{4}-\d{2}-\d{2}$/);
      expect(Date.parse(until) - Date.now()).to.be.within(0, 86_400_000);
    }
  });

  it("keeps what the engine has written into it since", () => {
    const file = given("config:\n  moodle:cloud: aws\n");
    fs.appendFileSync(at("stack.yaml"), "  moodle:mailPassword:\n    secure: v1:one\nencryptionsalt: v1:abc\n");

    file.add({ "moodle:ingress": { timeout: "600 s" } });

    expect(written()).to.deep.include({ encryptionsalt: "v1:abc" });
    expect(written().config).to.deep.include({ "moodle:mailPassword": { secure: "v1:one" }, "moodle:ingress": { timeout: "600 s" } });
  });

  it("is refused when it is not YAML", () => {
    expect(() => given("config: [")).to.throw(`${at("stack.yaml")}: the stack file is not YAML`);
  });

  it("is refused when it is YAML of something else", () => {
    for (const text of ["", "text", "- a", "config: 3", "config: [a]"]) {
      expect(() => given(text), text).to.throw(`${at("stack.yaml")}: not a stack file: it needs "config:"`);
    }
  });
});
