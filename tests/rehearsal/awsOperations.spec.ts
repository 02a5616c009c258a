import { expect } from "chai";

import * as tokens from "../../rehearsal/clouds/aws/tokens";
import type { Properties } from "../../rehearsal/provider/properties";
import { Account, type Made, refusal } from "./awsAccount";

describe("logs and alarms of the simulated CloudWatch", () => {
  let account: Account;

  beforeEach(async () => {
    account = await Account.open();
  });
  afterEach(() => account.close());

  const alarm = (more: Properties): Promise<Made> =>
    account.make(tokens.METRIC_ALARM, JSON.stringify(more), {
      ...{ namespace: "AWS/RDS", metricName: "FreeStorageSpace", statistic: "Minimum", comparisonOperator: "LessThanThreshold" },
      ...{ threshold: 1, period: 300, evaluationPeriods: 12, ...more },
    });

  it("have a log group once, with a retention the service offers", async () => {
    await account.make(tokens.LOG_GROUP, "flow", { name: "flow", retentionInDays: 90 });
    expect(await refusal(account.make(tokens.LOG_GROUP, "twin", { name: "flow" }))).to.contain("ResourceAlreadyExistsException");
    expect(await refusal(account.make(tokens.LOG_GROUP, "odd", { name: "odd", retentionInDays: 100 }))).to.contain("got 100");
  });

  it("encrypt with a key only where the key's policy lets the service", async () => {
    const allow = (service: string): Promise<Made> => {
      const owner = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*" };
      const logs = { Effect: "Allow", Principal: { Service: service }, Action: ["kms:Encrypt*", "kms:GenerateDataKey*"], Resource: "*" };
      return account.make(tokens.KMS_KEY, service, { policy: JSON.stringify({ Version: "2012-10-17", Statement: [owner, logs] }) });
    };
    const [elsewhere, here] = [await allow("logs.us-east-1.amazonaws.com"), await allow("logs.eu-central-1.amazonaws.com")];
    expect(await refusal(account.make(tokens.LOG_GROUP, "closed", { name: "closed", kmsKeyId: elsewhere.outputs.arn }))).to.contain(
      "is not allowed to be used with Arn 'arn:aws:logs:eu-central-1:123456789012:log-group:closed'",
    );
    await account.make(tokens.LOG_GROUP, "open", { name: "open", kmsKeyId: here.outputs.arn });
  });

  it("filter a log group that exists", async () => {
    const filter = { name: "cron", logGroupName: "pods", pattern: '{ $.event = "cron" }', metricTransformation: { name: "cron", namespace: "moodle", value: "1" } };
    expect(await refusal(account.make(tokens.METRIC_FILTER, "early", filter))).to.contain("The specified log group does not exist: pods");
    await account.make(tokens.LOG_GROUP, "pods", { name: "pods" });
    await account.make(tokens.METRIC_FILTER, "late", filter);
  });

  it("change a filter that is made a second time, as PutMetricFilter does", async () => {
    await account.make(tokens.LOG_GROUP, "pods", { name: "pods" });
    const filter = { name: "cron", logGroupName: "pods", metricTransformation: { name: "cron", namespace: "moodle", value: "1" } };
    const [first, second] = [await account.make(tokens.METRIC_FILTER, "cron", { ...filter, pattern: "a" }), await account.make(tokens.METRIC_FILTER, "cron", { ...filter, pattern: "b" })];
    expect([second.id, second.outputs.pattern]).to.deep.equal([first.id, "b"]);
  });

  it("look back for a day at most, in whole minutes", async () => {
    expect(await refusal(alarm({ period: 1800, evaluationPeriods: 49 }))).to.contain("more than 1 day(s)");
    expect(await refusal(alarm({ period: 90 }))).to.contain("multiple of 60 seconds, got 90");
    await alarm({ period: 1800, evaluationPeriods: 48 });
  });

  it("compare one metric with one statistic, and tell topics of their own region", async () => {
    expect(await refusal(alarm({ statistic: undefined }))).to.contain("one of statistic and extendedStatistic");
    expect(await refusal(alarm({ comparisonOperator: "Less" }))).to.contain("expected comparisonOperator to be one of");
    expect(await refusal(alarm({ alarmActions: ["arn:aws:sns:us-east-1:123456789012:alarms"] }))).to.contain("Only eu-central-1 is supported");
    await alarm({ alarmActions: ["arn:aws:sns:eu-central-1:123456789012:alarms"] });
  });
});

describe("topics of the simulated SNS", () => {
  let account: Account;

  beforeEach(async () => {
    account = await Account.open();
  });
  afterEach(() => account.close());

  it("must be there before a subscription, which waits for a click where it is a mail address", async () => {
    const subscription = { protocol: "email", endpoint: "ops@example.edu" };
    expect(await refusal(account.make(tokens.TOPIC_SUBSCRIPTION, "lost", { topic: "arn:aws:sns:eu-central-1:123456789012:none", ...subscription }))).to.equal("NotFound: Topic does not exist");
    const topic = await account.make(tokens.TOPIC, "alarms", { name: "alarms" });
    expect(topic.id).to.equal("arn:aws:sns:eu-central-1:123456789012:alarms");
    expect(await refusal(account.make(tokens.TOPIC_SUBSCRIPTION, "odd", { topic: topic.id, protocol: "email", endpoint: "ops" }))).to.contain("Email address");
    const made = await account.make(tokens.TOPIC_SUBSCRIPTION, "ops", { topic: topic.id, ...subscription });
    expect(made.outputs.pendingConfirmation).to.equal(true);
    const again = await account.make(tokens.TOPIC_SUBSCRIPTION, "ops", { topic: topic.id, ...subscription });
    expect(again.id, "the same address is subscribed once").to.equal(made.id);
  });
});

describe("records of the simulated Route 53", () => {
  let account: Account;

  beforeEach(async () => {
    account = await Account.open();
  });
  afterEach(() => account.close());

  const record = (name: string, type: string, more: Properties = {}): Promise<Made> =>
    account.make(tokens.RECORD, `${name}-${type}`, { zoneId: "Z0123456789", name, type, records: ["lb.example.com"], ttl: 60, ...more });

  it("are no CNAME at the zone's apex, where an alias may be", async () => {
    expect(await refusal(record("example.edu", "CNAME"))).to.contain("CNAME with DNS name example.edu. is not permitted at apex in zone example.edu");
    await record("example.edu", "A", { records: undefined, ttl: undefined, aliases: [{ name: "lb.example.com", zoneId: "Z3F0SRJ5LGBH90", evaluateTargetHealth: true }] });
    await record("moodle.example.edu", "CNAME");
  });

  it("are made once, and no other record stands beside a CNAME", async () => {
    await record("moodle.example.edu", "CNAME");
    expect(await refusal(account.make(tokens.RECORD, "twin", { zoneId: "Z0123456789", name: "moodle.example.edu", type: "CNAME", records: ["x.example.com"], ttl: 60 }))).to.contain("but it already exists");
    expect(await refusal(record("moodle.example.edu", "A", { records: ["203.0.113.1"] }))).to.contain("conflicts with other records");
    await record("other.example.edu", "A", { records: ["203.0.113.1"] });
  });

  it("are in a zone that exists, and a zone stays while they are in it", async () => {
    expect(await refusal(record("moodle.example.edu", "A", { zoneId: "my zone" }))).to.contain("NoSuchHostedZone");
    const zone = await account.make(tokens.ZONE, "zone", { name: "example.org" });
    const made = await record("moodle", "A", { zoneId: zone.id, records: ["203.0.113.1"] });
    expect(made.outputs.fqdn).to.equal("moodle.example.org");
    expect(await refusal(account.remove(zone))).to.contain("HostedZoneNotEmpty");
    await account.remove(made);
    await account.remove(zone);
  });
});

describe("repositories of the simulated ECR", () => {
  let account: Account;

  beforeEach(async () => {
    account = await Account.open();
  });
  afterEach(() => account.close());

  it("have an address in AWS's form and a lower-case name, once", async () => {
    const { outputs } = await account.make(tokens.ECR_REPOSITORY, "images", { name: "moodle/images" });
    expect(outputs.repositoryUrl).to.equal("123456789012.dkr.ecr.eu-central-1.amazonaws.com/moodle/images");
    expect(await refusal(account.make(tokens.ECR_REPOSITORY, "twin", { name: "moodle/images" }))).to.contain("RepositoryAlreadyExistsException");
    expect(await refusal(account.make(tokens.ECR_REPOSITORY, "loud", { name: "Moodle" }))).to.contain("is not a name the service takes");
  });

  it("must be there before their lifecycle policy, which is JSON with rules", async () => {
    const policy = JSON.stringify({ rules: [{ rulePriority: 1 }] });
    expect(await refusal(account.make(tokens.ECR_LIFECYCLE_POLICY, "lost", { repository: "none", policy }))).to.contain("RepositoryNotFoundException");
    const repository = await account.make(tokens.ECR_REPOSITORY, "images", { name: "images" });
    expect(await refusal(account.make(tokens.ECR_LIFECYCLE_POLICY, "empty", { repository: repository.id, policy: "{}" }))).to.contain("LifecyclePolicyText");
    await account.make(tokens.ECR_LIFECYCLE_POLICY, "rules", { repository: repository.id, policy });
  });
});
