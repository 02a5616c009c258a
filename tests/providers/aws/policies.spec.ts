import { expect } from "chai";
import { aCloudPlan } from "../../support/plans";
import { built, statements, type Built } from "./built";

const rolePolicy = "iam/rolePolicy:RolePolicy";
const role = "iam/role:Role";
const dataKey = "arn:aws:test:eu-central-1:123456789012:Key/site-data";

describe("AWS policies", () => {
  let aws: Built;
  before(async () => {
    const { ingress } = aCloudPlan();
    aws = await built(
      aCloudPlan({
        ingress: { ...ingress, dnsZone: "Z0123456789" },
        blockDisk: { size: "100 GiB", iops: 3000, throughput: 125, zone: 2, owner: { user: 33, group: 33 } },
      }),
    );
  });

  it("let the workload read and write objects and nothing else", () => {
    expect(statements(aws.inputs(rolePolicy, "-workload").policy)).to.deep.equal([
      { Effect: "Allow", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: "arn:aws:s3:::site-objects" },
      {
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
        Resource: "arn:aws:s3:::site-objects/*",
      },
      {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: dataKey,
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
      },
    ]);
  });

  it("let the workload delete objects only where the plan says so", async () => {
    const { objectStore } = aCloudPlan();
    const deleting = await built(aCloudPlan({ objectStore: { deletedRetention: "21 d", origins: [], ...objectStore, mayDelete: true } }));
    expect(String(deleting.inputs(rolePolicy, "-workload").policy)).to.contain("s3:DeleteObject");
    expect(String(aws.inputs(rolePolicy, "-workload").policy)).not.to.contain("Delete");
  });

  it("give each identity to one service account of one namespace", () => {
    const accounts = {
      "-workload": ["moodle", "moodle"],
      "-certificates": ["cert-manager", "cert-manager"],
      "-aws-efs-csi-driver": ["kube-system", "efs-csi-controller-sa"],
      "-amazon-cloudwatch-observability": ["amazon-cloudwatch", "cloudwatch-agent"],
    };
    for (const [nameEnd, [namespace, account]] of Object.entries(accounts)) {
      expect(statements(aws.inputs(role, nameEnd).assumeRolePolicy), nameEnd).to.deep.equal([
        {
          Effect: "Allow",
          Principal: { Service: "pods.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: {
            StringEquals: {
              "aws:RequestTag/kubernetes-namespace": namespace,
              "aws:RequestTag/kubernetes-service-account": account,
            },
          },
        },
      ]);
    }
  });

  it("let the certificate controller write proofs into one zone", () => {
    expect(statements(aws.inputs(rolePolicy, "-certificates").policy)).to.deep.equal([
      { Effect: "Allow", Action: "route53:GetChange", Resource: "arn:aws:route53:::change/*" },
      {
        Effect: "Allow",
        Action: "route53:ChangeResourceRecordSets",
        Resource: "arn:aws:route53:::hostedzone/Z0123456789",
        Condition: {
          "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": "TXT" },
          "ForAllValues:StringLike": { "route53:ChangeResourceRecordSetsNormalizedRecordNames": "_acme-challenge.*" },
        },
      },
      { Effect: "Allow", Action: "route53:ListResourceRecordSets", Resource: "arn:aws:route53:::hostedzone/Z0123456789" },
    ]);
  });

  it("let the cluster use the data key for its secrets and for attaching disks", () => {
    expect(statements(aws.inputs(rolePolicy, "-cluster").policy)).to.deep.equal([
      { Effect: "Allow", Action: ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"], Resource: dataKey },
      {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"],
        Resource: dataKey,
        Condition: { StringEquals: { "kms:ViaService": "ec2.eu-central-1.amazonaws.com" } },
      },
      {
        Effect: "Allow",
        Action: "kms:CreateGrant",
        Resource: dataKey,
        Condition: {
          StringEquals: { "kms:ViaService": "ec2.eu-central-1.amazonaws.com" },
          Bool: { "kms:GrantIsForAWSResource": "true" },
        },
      },
    ]);
  });

  it("let flow logs write into their own group, for this account alone", () => {
    const group = "arn:aws:test:eu-central-1:123456789012:LogGroup/site-flow-logs";
    expect(statements(aws.inputs(rolePolicy, "-flow-logs").policy)).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        Resource: [group, `${group}:*`],
      },
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ]);
    expect(statements(aws.inputs(role, "-flow-logs").assumeRolePolicy)).to.deep.equal([
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      },
    ]);
  });

  it("refuse objects over anything but TLS", () => {
    expect(statements(aws.inputs("s3/bucketPolicy:BucketPolicy").policy)).to.deep.equal([
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: ["arn:aws:s3:::site-objects", "arn:aws:s3:::site-objects/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("open shared files through the access point over TLS alone, without root", () => {
    const fileSystem = "arn:aws:test:eu-central-1:123456789012:FileSystem/site-files";
    expect(statements(aws.inputs("efs/fileSystemPolicy:FileSystemPolicy").policy)).to.deep.equal([
      {
        Sid: "ThroughTheAccessPoint",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        Resource: fileSystem,
        Condition: {
          Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
          StringEquals: { "elasticfilesystem:AccessPointArn": "arn:aws:test:eu-central-1:123456789012:AccessPoint/site-files" },
        },
      },
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "*",
        Resource: fileSystem,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("leave the logs' key to the account, its own region's logs, and alarms", () => {
    const of = statements(aws.inputs("kms/key:Key", "-logs").policy) as readonly { Sid: string; Principal: unknown }[];
    expect(of.map(({ Sid, Principal }) => ({ Sid, Principal }))).to.deep.equal([
      { Sid: "AccountDecides", Principal: { AWS: "arn:aws:iam::123456789012:root" } },
      { Sid: "Logs", Principal: { Service: "logs.eu-central-1.amazonaws.com" } },
      { Sid: "Alarms", Principal: { Service: "cloudwatch.amazonaws.com" } },
    ]);
    expect(aws.inputs("kms/key:Key", "-data").policy, "IAM alone decides over the data key").to.equal(undefined);
  });

  it("come on every role with the account's permissions boundary, where there is one", async () => {
    const boundary = "arn:aws:iam::123456789012:policy/boundary";
    const bounded = await built(aCloudPlan({ settings: { permissionsBoundary: boundary } }));
    const roles = bounded.resources.filter(({ type }) => type === `aws:${role}`);
    expect(roles).to.have.length.above(5);
    expect(roles.filter(({ inputs }) => inputs.permissionsBoundary !== boundary).map(({ name }) => name)).to.deep.equal([]);
    expect(aws.inputs(role, "-workload").permissionsBoundary).to.equal(undefined);
  });
});
