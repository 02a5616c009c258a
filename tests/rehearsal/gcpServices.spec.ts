import { expect } from "chai";

import { cloud } from "../../rehearsal/clouds/gcp/index";
import * as tokens from "../../rehearsal/clouds/gcp/tokens";
import { type Account, enable, type Made, openEmpty, openProject, PROJECT, refusal } from "./gcpProject";

describe("the services of a simulated project", () => {
  let project: Account;

  beforeEach(async () => {
    project = await openEmpty();
  });
  afterEach(() => project.close());

  const secret = (): Promise<Made> => project.make(tokens.SECRET, "pepper", { secretId: "pepper", replication: { auto: {} } });

  it("answer nothing before they are switched on, in Google's words", async () => {
    const message = await refusal(secret());
    expect(message).to.match(/^googleapi: Error 403: Secret Manager API has not been used in project 123456789012 before or it is disabled\. Enable it by visiting https:\/\/console/);
    expect(message).to.match(/, SERVICE_DISABLED$/);
    expect(await refusal(project.make(tokens.NETWORK, "net", {})), "Compute Engine says it with another word").to.match(/, accessNotConfigured$/);
    await enable(project, "secretmanager");
    await secret();
  });

  it("answer when the 40 seconds are over and not sooner", async () => {
    const start = await project.now();
    const [, early] = await Promise.all([enable(project, "secretmanager"), refusal(secret())]);
    expect(early).to.contain("SERVICE_DISABLED");
    expect((await project.now()) - start).to.be.closeTo(40 / 60, 0.01);
    await secret();
  });

  it("are on by themselves where every project has them", async () => {
    await project.make(tokens.BUCKET, "objects", { name: "objects-4711", location: "EUROPE-WEST3" });
  });

  it("stay on when a program lets go of them, and can be taken up again", async () => {
    const made = await enable(project, "secretmanager");
    await project.remove(made);
    expect(project.retained().map(({ type }) => type)).to.deep.equal([tokens.ENABLED_SERVICE]);
    await secret();
    await enable(project, "secretmanager");
  });

  it("are switched off only when asked to, and while nothing uses them", async () => {
    const made = await project.make(tokens.SERVICE, "secrets", { service: "secretmanager.googleapis.com", disableOnDestroy: true });
    const used = await secret();
    expect(await refusal(project.remove(made))).to.contain("is in use by");
    await project.remove(used);
    await project.remove(made);
    expect(await refusal(secret())).to.contain("SERVICE_DISABLED");
  });
});

describe("labels in the simulated Google Cloud", () => {
  let project: Account;

  before(async () => {
    project = await openProject({ defaultLabels: { team: "moodle", stack: "other" } });
  });
  after(() => project.close());

  const bucket = (name: string, labels: Record<string, string>): Promise<Made> => project.make(tokens.BUCKET, name, { name, location: "EU", labels });

  it("are the provider's and the resource's own, and one that tells of Pulumi", async () => {
    const { outputs } = await bucket("labelled-4711", { stack: "test" });
    expect(outputs.labels).to.deep.equal({ stack: "test" });
    expect(outputs.effectiveLabels).to.deep.equal({ "goog-pulumi-provisioned": "true", team: "moodle", stack: "test" });
    expect(outputs.pulumiLabels).to.deep.equal(outputs.effectiveLabels);
  });

  for (const [what, labels] of [
    ["a capital in a key", { Stack: "test" }],
    ["a capital in a value", { stack: "Test" }],
    ["a key that begins with a digit", { "1stack": "test" }],
    ["a value of 64 characters", { stack: "a".repeat(64) }],
    ["a space", { stack: "a test" }],
  ] as const) {
    it(`are refused with ${what}`, async () => {
      expect(await refusal(bucket("refused-4711", labels))).to.contain("63 lower-case letters");
    });
  }

  it("are refused above 64, and in the places of other types too", async () => {
    const many = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`label-${index}`, "x"]));
    expect(await refusal(bucket("many-4711", many))).to.contain("up to 64 labels, got 65");
    expect(await refusal(project.make(tokens.SQL_INSTANCE, "db", { databaseVersion: "POSTGRES_17", settings: { tier: "db-f1-micro", userLabels: { A: "b" } } }))).to.contain("settings.userLabels");
    expect(await refusal(project.make(tokens.CLUSTER, "c", { resourceLabels: { A: "b" } }))).to.contain("resourceLabels");
  });

  it("are refused in the provider's configuration", () => {
    expect(cloud.checkConfig?.({ defaultLabels: { Stack: "x" } }).map(({ property }) => property)).to.deep.equal(["defaultLabels"]);
    expect(cloud.checkConfig?.({ region: "eu-central-1" }).map(({ property }) => property)).to.deep.equal(["region"]);
    expect(cloud.checkConfig?.({ project: PROJECT, region: "europe-west3", defaultLabels: { stack: "x" } })).to.deep.equal([]);
  });
});
