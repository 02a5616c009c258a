import type { Answers } from "../../support/recording";

const account = "123456789012";

/** What AWS would answer, as far as other resources read it. */
export const awsAnswers: Answers = {
  outputs: (type, name, inputs) => {
    const arn = `arn:aws:test:eu-central-1:${account}:${type.split(":").pop()}/${name}`;
    switch (type) {
      case "aws:ec2/vpc:Vpc":
        return { arn, ownerId: account };
      case "aws:eks/cluster:Cluster":
        return {
          arn,
          name: `${name}-name`,
          endpoint: "https://cluster.example.edu",
          certificateAuthority: { data: "Q0E=" },
          vpcConfig: { ...(inputs["vpcConfig"] as object), clusterSecurityGroupId: "sg-cluster" },
        };
      case "aws:rds/instance:Instance":
        return { arn, address: "database.example.edu" };
      case "aws:elasticache/replicationGroup:ReplicationGroup":
        return { arn, primaryEndpointAddress: `${name}.cache.example.edu` };
      case "aws:s3/bucket:Bucket":
        return { arn: `arn:aws:s3:::${name}`, bucket: name };
      case "aws:ecr/repository:Repository":
        return { arn, name, repositoryUrl: `${account}.dkr.ecr.eu-central-1.amazonaws.com/${name}` };
      case "random:index/randomPassword:RandomPassword":
        return { result: `password-of-${name}` };
      case "random:index/randomId:RandomId":
        return { hex: "c0ffee00" };
      case "aws:kms/key:Key":
        return { arn, keyId: `${name}-key` };
      default:
        return { arn, name: inputs["name"] ?? `${name}-name` };
    }
  },
  invokes: {
    "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({
      names: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    }),
    "aws:lb/getHostedZoneId:getHostedZoneId": () => ({ id: "Z3F0SRJ5LGBH90" }),
  },
};
