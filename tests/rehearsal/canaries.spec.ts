import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Readable } from "node:stream";
import { expect } from "chai";
import { readEvents } from "../../rehearsal/engine/events";
import { expectKept } from "../support/graph/promise";
import { readableIn, readableInFiles, secretsIn } from "./support/knownSecrets";
import { Overhearing } from "./support/overhearing";
import { describeSecrets, playOn, up } from "./support/secretsLife";

describeSecrets({
  name: "production",
  file: "Pulumi.production.yaml",
  copy: { type: "aws:secretsmanager/secretVersion:SecretVersion", name: "moodle-secret-mailPassword" },
  change: { config: { "moodle:database": { storage: "210 GiB" } }, failing: { type: "aws:rds/instance:Instance", op: "update", kind: "kill-provider" } },
  origins: ["SecretVersion", "kubeconfig"],
  least: 25,
});

describe("secrets nested in tags", function () {
  this.timeout(300_000);
  const folder = path.join(__dirname, "fixtures", "labels");

  it("stay secret in what the cloud repeats of them, also after an update, a refresh and a failure", async () => {
    const readable = await playOn("labels", path.join(folder, "Pulumi.labels.yaml"), folder, async ({ runner, scratch }) => {
      const overhearing = new Overhearing(runner);
      const contact = "the-only-contact-4711";
      await runner.run(["config", "set", "--secret", "contact"], { input: contact });
      fs.writeFileSync(path.join(scratch.cloud, "faults.json"), JSON.stringify([{ type: "aws:ec2/vpc:Vpc", op: "create", kind: "partial" }]));
      const codes = [(await runner.run([...up, "--json"])).code];
      for (const args of [up, ["refresh", "--yes", "--skip-preview", "--diff"], ["preview", "--diff"]]) codes.push((await runner.run(args)).code);
      expect(codes).to.deep.equal([1, 0, 0, 0]);
      const { text } = await overhearing.quietly(["stack", "export", "--show-secrets"]);
      const secrets = secretsIn(text);
      expect(secrets.map((secret) => secret.text)).to.include(contact);
      return [...readableInFiles(secrets, scratch.folder), ...readableIn(secrets, overhearing.told)];
    });

    expectKept("A secret within a map of tags is a secret wherever the map appears.", readable);
  });
});

describe("the engine's own stream of events", function () {
  this.timeout(300_000);
  const folder = path.join(__dirname, "fixtures", "tiny");
  let kept: string;
  before(() => void (kept = fs.mkdtempSync(path.join(os.tmpdir(), "canaries-"))));
  after(() => fs.rmSync(kept, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

  it("holds generated secrets in clear, and what is handed on of it does not", async () => {
    const { raw, secrets } = await playOn(
      "tiny",
      path.join(folder, "Pulumi.tiny.yaml"),
      folder,
      async ({ runner, scratch }) => {
        const command = `. "${scratch.folder}/environment.sh" && cd "${scratch.project}" && pulumi ${up.join(" ")} --json --stack tiny --non-interactive`;
        const output = await outputOf("sh", ["-c", command]);
        return { raw: output, secrets: secretsIn((await runner.run(["stack", "export", "--show-secrets"])).text) };
      },
      kept,
    );

    const handedOn: string[] = [];
    await readEvents(Readable.from([raw]), (event) => handedOn.push(JSON.stringify(event)), (line) => handedOn.push(line));

    const inStream = readableIn(secrets, [{ place: "the stream", text: raw }]);
    expect(inStream, "nothing is there to be held back: is the filter still needed?").to.not.deep.equal([]);
    expect(handedOn.length, "almost nothing was handed on").to.be.greaterThan(5);
    expectKept("Debug events, into which the SDK writes secrets, are dropped where they are read.", readableIn(secrets, [{ place: "what is handed on", text: handedOn.join("\n") }]));
  });
});

async function outputOf(command: string, args: readonly string[]): Promise<string> {
  const { stdout } = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  const chunks: Buffer[] = [];
  for await (const chunk of stdout) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
