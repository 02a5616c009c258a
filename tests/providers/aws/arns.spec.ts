import { expect } from "chai";
import { kindOf } from "../../../providers/aws/arns";
import { holdingAt } from "../../../providers/aws/holding";

const ours = { application: "moodle", stack: "production", Name: "moodle-database" };
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:123456789012:${resource}`;

describe("what AWS lists", () => {
  it("is told by its ARN, with the logical name from its tag", () => {
    expect(holdingAt(arn("rds", "db:moodle-database-1a2b"), ours)).to.deep.equal({
      id: arn("rds", "db:moodle-database-1a2b"),
      what: "AWS::RDS::DBInstance",
      logicalName: "moodle-database",
      names: [arn("rds", "db:moodle-database-1a2b")],
    });
  });

  it("is known by its id as well where the provider answers no ARN", () => {
    expect(holdingAt(arn("ec2", "natgateway/nat-0a1b"), {})?.names).to.deep.equal([arn("ec2", "natgateway/nat-0a1b"), "nat-0a1b"]);
  });

  it("is known without the suffix that log groups are listed with", () => {
    expect(holdingAt(arn("logs", "log-group:/aws/eks/moodle/cluster:*"), {})?.id).to.equal(arn("logs", "log-group:/aws/eks/moodle/cluster"));
  });

  it("is looked up by the name the registry has for its type", () => {
    const looked = [
      arn("rds", "pg:moodle-1"),
      "arn:aws:s3:::moodle-objects-1",
      "arn:aws-cn:iam::123456789012:role/teams/moodle-nodes-1",
      arn("secretsmanager", "secret:moodle-secret-peppers-1-AbCdEf"),
      arn("sns", "moodle-alarms-1"),
      arn("ec2", "elastic-ip/eipalloc-1"),
    ].map((each) => [kindOf(each)?.type, kindOf(each)?.identifier]);

    expect(looked).to.deep.equal([
      ["AWS::RDS::DBParameterGroup", "moodle-1"],
      ["AWS::S3::Bucket", "moodle-objects-1"],
      ["AWS::IAM::Role", "moodle-nodes-1"],
      ["AWS::SecretsManager::Secret", arn("secretsmanager", "secret:moodle-secret-peppers-1-AbCdEf")],
      ["AWS::SNS::Topic", arn("sns", "moodle-alarms-1")],
      ["AWS::EC2::EIP", undefined],
    ]);
  });

  it("is not ours where AWS made it and copied the tags", () => {
    const copies = [
      arn("rds", "snapshot:moodle-database-final"),
      arn("rds", "auto-backup:ab-1"),
      arn("elasticache", "snapshot:moodle-sessions-final"),
      arn("elasticache", "cluster:moodle-sessions-001"),
      arn("backup", "recovery-point:1"),
      arn("ec2", "instance/i-1"),
      arn("ec2", "network-interface/eni-1"),
      arn("ec2", "launch-template/lt-1"),
      "arn:aws:ec2:eu-central-1::snapshot/snap-1",
      arn("elasticloadbalancing", "loadbalancer/net/k8s-gateway/1"),
      arn("sns", "moodle-alarms:subscription"),
    ];
    expect(copies.filter((each) => holdingAt(each, ours) !== undefined)).to.deep.equal([]);
  });

  it("is not ours where EKS made it for a cluster of ours", () => {
    const group = arn("ec2", "security-group/sg-1");

    expect(holdingAt(group, ours)).to.include({ id: group });
    expect(holdingAt(group, { ...ours, "aws:eks:cluster-name": "moodle" })).to.equal(undefined);
  });
});
