import { expect } from "chai";
import { passesOnAws } from "../../../providers/aws/transient";

describe("what AWS refuses for a while only", () => {
  const passing = [
    "operation error RDS: CreateDBInstance, https response error StatusCode: 400, api error Throttling: Rate exceeded",
    "operation error EC2: CreateSubnet, api error RequestLimitExceeded: Request limit exceeded.",
    "operation error EKS: CreateCluster, ThrottlingException: Too Many Requests",
    "InvalidParameterException: The role with name moodle-cluster-1a2b3c4 cannot be assumed by the service",
    "InvalidParameterValue: IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING",
    "InvalidParameter: Unable to assume given IAM role",
    "MalformedPolicyDocument: Invalid principal in policy: \"AWS\":\"arn:aws:iam::123456789012:role/new\"",
    "OperationAborted: A conflicting conditional operation is currently in progress against this resource. Please try again.",
    "PriorRequestNotComplete: The request was rejected because Route 53 was still processing a prior request.",
  ];
  const lasting = [
    "InvalidParameterCombination: Cannot find version 99 for postgres",
    "DBInstanceAlreadyExists: DB instance already exists",
    "AccessDenied: User: arn:aws:iam::123456789012:role/deployer is not authorized to perform: rds:CreateDBInstance",
    "DependencyViolation: The vpc 'vpc-1' has dependencies and cannot be deleted.",
    "InsufficientDBInstanceCapacity: no capacity",
    "error reading from server: EOF",
  ];

  it("is throttling, and what one service has not heard of another yet", () => {
    expect(passing.filter((refusal) => !passesOnAws(refusal))).to.deep.equal([]);
  });

  it("is nothing else: a mistake repeated for minutes is told too late", () => {
    expect(lasting.filter(passesOnAws)).to.deep.equal([]);
  });
});
