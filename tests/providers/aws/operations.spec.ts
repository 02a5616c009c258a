import { expect } from "chai";
import { aCloudPlan, aSmallCloudPlan } from "../../support/plans";
import { built, type Built } from "./built";

describe("AWS copies and backups", () => {
  let large: Built;
  let small: Built;
  before(async () => {
    large = await built(aCloudPlan());
    small = await built(aSmallCloudPlan());
  });

  it("copy every secret out of the state, encrypted and protected", () => {
    const names = ["applicationCachePassword", "cronPassword", "databasePassword", "sessionCachePassword"];
    expect(large.names("secretsmanager/secret:Secret")).to.deep.equal(names.map((name) => `site-secret-${name}`));
    expect(large.inputs("secretsmanager/secretVersion:SecretVersion", "-cronPassword").secretString).to.equal("the cron password");
    const versions = large.resources.filter(({ type }) => type === "aws:secretsmanager/secretVersion:SecretVersion");
    expect(versions.filter(({ secretInputs }) => !secretInputs.includes("secretString"))).to.deep.equal([]);
    expect(small.names("secretsmanager/secret:Secret")).not.to.include("site-secret-applicationCachePassword");
  });

  it("back up what holds data, every day, for the plan's retention", () => {
    expect(large.inputs("backup/selection:Selection").resources).to.deep.equal([
      "arn:aws:test:eu-central-1:123456789012:Instance/site-database",
      "arn:aws:test:eu-central-1:123456789012:FileSystem/site-files",
      "arn:aws:s3:::site-objects",
    ]);
    const [rule] = large.inputs("backup/plan:Plan").rules as readonly Record<string, unknown>[];
    expect(rule).to.deep.include({ schedule: "cron(0 3 * * ? *)", lifecycle: { deleteAfter: 14 }, targetVaultName: "site-backups-name" });
  });
});

describe("AWS alarms", () => {
  let large: Built;
  before(async () => {
    large = await built(aCloudPlan());
  });

  const alarm = (end: string) => large.inputs("cloudwatch/metricAlarm:MetricAlarm", end);

  it("are five, and each tells the operators", () => {
    expect(large.names("cloudwatch/metricAlarm:MetricAlarm")).to.have.length(5);
    expect(large.names("sns/topicSubscription:TopicSubscription")).to.deep.equal(["site-alarms-duty@example.edu", "site-alarms-operators@example.edu"]);
    for (const name of ["databaseStorage", "databaseConnections", "cronAge", "failedJob", "certificateExpiry"]) {
      expect(alarm(name).alarmActions, name).to.deep.equal(["arn:aws:test:eu-central-1:123456789012:Topic/site-alarms"]);
    }
  });

  it("watch a tenth of the storage and four fifths of the connections", () => {
    expect(alarm("databaseStorage")).to.include({ threshold: 10 * 1024 ** 3, comparisonOperator: "LessThanThreshold", evaluationPeriods: 12 });
    expect(alarm("databaseConnections")).to.include({ threshold: 1332, comparisonOperator: "GreaterThanThreshold" });
  });

  it("take silence of cron as the alarm, and silence of failures as good news", () => {
    expect(alarm("cronAge")).to.include({ comparisonOperator: "LessThanThreshold", threshold: 1, period: 600, treatMissingData: "breaching" });
    expect(alarm("failedJob")).to.include({ comparisonOperator: "GreaterThanOrEqualToThreshold", threshold: 1, period: 300, treatMissingData: "notBreaching" });
  });

  it("read a field of the line where the plan names one", () => {
    const filter = large.inputs("cloudwatch/logMetricFilter:LogMetricFilter", "certificateExpiry");
    expect(filter.pattern).to.equal(`{ $.kubernetes.namespace_name = "moodle" && $.log_processed.event = "certificate.checked" }`);
    expect(filter.metricTransformation).to.deep.include({ value: "$.log_processed.daysLeft", namespace: "site-cluster-name" });
    expect(alarm("certificateExpiry")).to.include({ threshold: 14, statistic: "Minimum", period: 86_400 });
  });
});
