import { expect } from "chai";

import * as tokens from "../../rehearsal/clouds/gcp/tokens";
import type { Properties } from "../../rehearsal/provider/properties";
import { account, type Account, enable, type Made, openProject, PROJECT, refusal, unfinishedAccount } from "./gcpProject";

describe("who may do what in the simulated Google Cloud", () => {
  let project: Account;

  beforeEach(async () => {
    project = await openProject();
  });
  afterEach(() => project.close());

  const grant = (role: string, member: unknown, more: Properties = {}): Promise<Made> =>
    project.make(tokens.PROJECT_MEMBER, "grant", { project: PROJECT, role, member: String(member), ...more });

  it("has accounts of 6 to 30 characters", async () => {
    for (const name of ["short", "a".repeat(31), "Objects", "1objects", "objects-"]) expect(await refusal(account(project, name)), name).to.contain("accountId");
    const { id, outputs } = await account(project, "objects");
    expect(outputs.email).to.equal(`objects@${PROJECT}.iam.gserviceaccount.com`);
    expect(id).to.equal(`projects/${PROJECT}/serviceAccounts/${String(outputs.email)}`);
    expect(outputs.member).to.equal(`serviceAccount:${String(outputs.email)}`);
    expect(await refusal(account(project, "objects"))).to.contain("already exists within project");
  });

  it("grants nothing to accounts that are still being made, and takes others to be there", async () => {
    const unfinished = await unfinishedAccount(project, "unfinished");
    expect(await refusal(grant("roles/storage.objectUser", `serviceAccount:${unfinished}`))).to.equal(`googleapi: Error 400: Service account ${unfinished} does not exist., badRequest`);
    const { outputs: { email } } = await account(project, "objects");
    await grant("roles/storage.objectUser", `serviceAccount:deployer@${PROJECT}.iam.gserviceaccount.com`);
    const granted = await grant("roles/storage.objectUser", `serviceAccount:${String(email)}`);
    expect(granted.id).to.equal(`${PROJECT}/roles/storage.objectUser/serviceAccount:${String(email)}`);
  });

  it("grants one thing twice without a word, and apart under another condition", async () => {
    const admin = "roles/container.admin";
    const plain = await grant(admin, "user:a@example.edu");
    expect((await grant(admin, "user:a@example.edu")).id).to.equal(plain.id);
    const condition = { title: "this cluster", expression: 'resource.name == "x"' };
    expect((await grant(admin, "user:a@example.edu", { condition })).id).to.equal(`${plain.id}/this cluster`);
  });

  for (const [what, role, member] of [
    ["a member without a kind", "roles/viewer", "a@example.edu"],
    ["a role without its prefix", "viewer", "user:a@example.edu"],
  ] as const) {
    it(`refuses ${what} before Google is asked`, async () => {
      expect(await refusal(grant(role, member))).to.contain("is not a name the service takes");
    });
  }

  it("grants on a bucket, a secret or a repository that is there", async () => {
    const member = "user:a@example.edu";
    expect(await refusal(project.make(tokens.BUCKET_MEMBER, "none", { bucket: "none", role: "roles/storage.objectUser", member }))).to.contain("was not found");
    await project.make(tokens.BUCKET, "objects", { name: "objects-4711", location: "EU" });
    const made = await project.make(tokens.BUCKET_MEMBER, "objects", { bucket: "objects-4711", role: "roles/storage.objectUser", member });
    expect(made.id).to.equal("b/objects-4711/roles/storage.objectUser/user:a@example.edu");
    expect(project.replaced(made, { role: "roles/storage.objectViewer" })).to.deep.equal(["role"]);
  });

  it("keeps versions of secrets, which go with them", async () => {
    const secret = await project.make(tokens.SECRET, "pepper", { secretId: "pepper", replication: { auto: {} } });
    const version = (value: string): Promise<Made> => project.make(tokens.SECRET_VERSION, value, { secret: secret.id, secretData: value });
    expect([(await version("one")).id, (await version("two")).id]).to.deep.equal([1, 2].map((number) => `projects/123456789012/secrets/pepper/versions/${number}`));
    expect(await refusal(version(""))).to.contain("cannot be empty");
    expect(await refusal(version("x".repeat(65_537)))).to.contain("65536");
    await project.remove(secret);
    expect(project.live(tokens.SECRET_VERSION)).to.deep.equal([]);
    expect(project.retained(), "there is no way back").to.deep.equal([]);
  });

  it("keeps a protected secret", async () => {
    const secret = await project.make(tokens.SECRET, "pepper", { secretId: "pepper", replication: { auto: {} }, deletionProtection: true });
    expect(await refusal(project.remove(secret))).to.contain("deletion_protection=false");
  });

  describe("and what watches over it", () => {
    const policy = (condition: Properties, more: Properties = {}): Promise<Made> =>
      project.make(tokens.ALERT_POLICY, "alarm", { displayName: "alarm", combiner: "OR", conditions: [{ displayName: "c", ...condition }], ...more });

    it("finds the figures it is about", async () => {
      const threshold = { conditionThreshold: { comparison: "COMPARISON_GT", duration: "0s", filter: 'metric.type = "logging.googleapis.com/user/cron"' } };
      expect(await refusal(policy(threshold))).to.contain("it could take up to 10 minutes to become available");
      await project.make(tokens.LOG_METRIC, "cron", { name: "cron", filter: "x" });
      await policy(threshold);
    });

    it("limits how often a line that was seen is told of", async () => {
      const seen = { conditionMatchedLog: { filter: "x" } };
      expect(await refusal(policy(seen))).to.contain("notification rate limit");
      await policy(seen, { alertStrategy: { notificationRateLimit: { period: "300s" } } });
    });

    it("tells channels that are there, which stay as long", async () => {
      const quiet = { conditionThreshold: { comparison: "COMPARISON_GT", duration: "0s", filter: "x" } };
      expect(await refusal(policy(quiet, { notificationChannels: ["projects/p/notificationChannels/1"] }))).to.contain("Cannot find notification channel");
      const channel = await project.make(tokens.NOTIFICATION_CHANNEL, "mail", { type: "email", labels: { email_address: "a@example.edu" } });
      await policy(quiet, { notificationChannels: [channel.id] });
      expect(await refusal(project.remove(channel))).to.contain("in use");
    });

    it("fills buckets of logs that are there, whose names stay taken for a week", async () => {
      const path = `projects/${PROJECT}/locations/europe-west3/buckets/logs`;
      const sink = (): Promise<Made> => project.make(tokens.LOG_SINK, "logs", { name: "logs", destination: `logging.googleapis.com/${path}` });
      expect(await refusal(sink())).to.contain("does not exist");
      const bucket = (): Promise<Made> => project.make(tokens.LOG_BUCKET, "logs", { project: PROJECT, location: "europe-west3", bucketId: "logs" });
      const made = await bucket();
      expect(made.id).to.equal(path);
      expect((await sink()).outputs.writerIdentity).to.equal("");
      await project.remove(made);
      expect(await refusal(bucket())).to.contain("already exists");
    });
  });

  it("names records with a dot, one of a type, and no alias beside others", async () => {
    await enable(project, "dns");
    const record = (type: string, name = "moodle.example.edu."): Promise<Made> =>
      project.make(tokens.RECORD_SET, type, { managedZone: "example-edu", name, type, ttl: 300, rrdatas: ["203.0.113.1"] });
    expect(await refusal(record("A", "moodle.example.edu"))).to.contain("trailing dot");
    await record("A");
    expect(await refusal(record("A"))).to.contain("already exists");
    expect(await refusal(record("CNAME"))).to.contain("either one CNAME resource record set");
  });
});
