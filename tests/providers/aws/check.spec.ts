import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { CloudPlan } from "../../../components/plan/cloudPlan";
import { checkPlan } from "../../../providers/aws/check";
import { UnsupportedError } from "../../../providers/errors";
import { aCloudPlan, aSmallCloudPlan } from "../../support/plans";

function textsOf(plan: CloudPlan): string[] {
  return checkPlan(plan).map(({ key, message, remedy }) => `${key}: ${message} -> ${remedy}`);
}

describe("AWS check", () => {
  it("accepts a production and a small plan", () => {
    expect(textsOf(aCloudPlan())).to.deep.equal([]);
    expect(textsOf(aSmallCloudPlan())).to.deep.equal([]);
  });

  const { cluster, database, sessionCache, network, ingress } = aCloudPlan();
  const objects = { deletedRetention: "21 d", origins: [], mayDelete: false } as const;
  const refused: readonly { readonly title: string; readonly plan: Partial<CloudPlan>; readonly text: string; readonly gap?: true }[] = [
    {
      title: "a region without a known authority",
      plan: { region: "us-gov-west-1" },
      text: "aws:region: aws does not offer the region us-gov-west-1 to this adapter, which has no certificate of its databases' authority -> pulumi config set aws:region eu-central-1, or another region that is open to every account",
      gap: true,
    },
    {
      title: "a region that is a path",
      plan: { region: "../rdsAuthorities/eu-west-1" },
      text: "aws:region: aws does not offer the region ../rdsAuthorities/eu-west-1 to this adapter, which has no certificate of its databases' authority -> pulumi config set aws:region eu-central-1, or another region that is open to every account",
      gap: true,
    },
    {
      title: "a version of Kubernetes EKS does not have",
      plan: { cluster: { ...cluster, version: "1.29" } },
      text: "moodle:cluster.version: aws does not offer Kubernetes 1.29, only 1.34, 1.35, 1.36 -> pulumi config set --path 'moodle:cluster.version' '1.35'",
      gap: true,
    },
    {
      title: "a version of PostgreSQL RDS does not have",
      plan: { database: { ...database, version: "12" } },
      text: "moodle:database.version: aws does not offer PostgreSQL 12, only 16, 17, 18 -> pulumi config set --path 'moodle:database.version' '17'",
      gap: true,
    },
    {
      title: "a version of Valkey ElastiCache does not have, once for both caches",
      plan: {
        sessionCache: { ...sessionCache, version: "6.0" },
        applicationCache: { ...sessionCache, version: "6.0", whenFull: "evict" },
      },
      text: "moodle:cache.version: aws does not offer Valkey 6.0, only 7.2, 8.0, 8.1, 8.2, 9.0 -> pulumi config set --path 'moodle:cache.version' '8.2'",
      gap: true,
    },
    {
      title: "a session where a principal is meant, and names the role behind it",
      plan: { cluster: { ...cluster, deployers: ["arn:aws:sts::123456789012:assumed-role/deploy/somebody"] } },
      text: `moodle:cluster.deployers[0]: "arn:aws:sts::123456789012:assumed-role/deploy/somebody" was given; allowed is the ARN of an IAM role or user, not of a session -> pulumi config set --path 'moodle:cluster.deployers[0]' 'arn:aws:iam::123456789012:role/deploy'`,
    },
    {
      title: "a person's name where a principal is meant",
      plan: { cluster: { ...cluster, deployers: [...cluster.deployers, "somebody"] } },
      text: `moodle:cluster.deployers[1]: "somebody" was given; allowed is the ARN of an IAM role or user, not of a session -> pulumi config set --path 'moodle:cluster.deployers[1]' 'arn:aws:iam::<account>:role/<name>'`,
    },
    {
      title: "a zone's name where its ID is meant",
      plan: { ingress: { ...ingress, dnsZone: "example.edu" } },
      text: `moodle:ingress.dnsZone: "example.edu" was given; allowed is the ID of a public hosted zone of Route 53, such as Z0123456789ABCDEFGHIJ -> pulumi config set --path 'moodle:ingress.dnsZone' '<zone ID>' (aws route53 list-hosted-zones-by-name prints it)`,
    },
    {
      title: "a network over the range of Services",
      plan: { network: { ...network, range: "172.16.0.0/12" } },
      text: `moodle:network.range: "172.16.0.0/12" was given; it overlaps 172.20.0.0/16, where the cluster's Services get their addresses -> pulumi config set --path 'moodle:network.range' '10.64.0.0/16'`,
    },
    {
      title: "a database larger than any class",
      plan: { database: { ...database, cpus: 128, memory: "512 GiB" } },
      text: "moodle:sizing.databaseCpus: aws does not offer a database with 128 processors and 512 GiB of memory, at most 96 processors -> pulumi config set --path 'moodle:sizing.databaseCpus' '96'",
      gap: true,
    },
    {
      title: "more connections than the class allows, and names one that does",
      plan: { database: { ...database, cpus: 2, memory: "8 GiB", connections: 900 } },
      text: "moodle:aws.databaseInstanceClass: the pods may open 900 connections; db.m8g.large allows 813 -> pulumi config set --path 'moodle:aws.databaseInstanceClass' 'db.r8g.large'",
    },
    {
      title: "more connections than any class allows",
      plan: { database: { ...database, cpus: 96, memory: "384 GiB", connections: 5000 } },
      text: "moodle:aws.databaseInstanceClass: the pods may open 5000 connections; db.m8g.24xlarge allows 4995 -> pulumi config set --path 'moodle:sizing.webReplicasMax' '<fewer>'",
    },
    {
      title: "a cache larger than any node",
      plan: { sessionCache: { ...sessionCache, memory: "200 GiB" } },
      text: "moodle:sizing.sessionCacheMemory: aws does not offer a cache of 200 GiB on one node, at most 105.81 GiB -> pulumi config set --path 'moodle:sizing.sessionCacheMemory' '100 GiB'",
      gap: true,
    },
    {
      title: "a chosen node that is smaller than what the plan needs",
      plan: { settings: { cacheNodeType: "cache.t4g.medium" }, applicationCache: { ...sessionCache, memory: "4 GiB" } },
      text: `moodle:aws.cacheNodeType: "cache.t4g.medium" was given; it holds 3.09 GiB and the plan needs 4 GiB (moodle:sizing.applicationCacheMemory) -> pulumi config rm --path 'moodle:aws.cacheNodeType'`,
    },
    {
      title: "more operations than a disk of that size has",
      plan: { blockDisk: { size: "10 GiB", iops: 6000, throughput: 250, zone: 1, owner: { user: 33, group: 33 } } },
      text: "moodle:files.disk.iops: aws does not offer 6000 operations a second on a disk of 10 GiB, at most 5000 -> pulumi config set --path 'moodle:files.disk.iops' '5000'",
      gap: true,
    },
    {
      title: "more throughput than a disk's operations carry",
      plan: { blockDisk: { size: "100 GiB", iops: 3000, throughput: 1000, zone: 1, owner: { user: 33, group: 33 } } },
      text: "moodle:files.disk.throughput: aws does not offer 1000 MiB/s with 3000 operations a second, at most 750 -> pulumi config set --path 'moodle:files.disk.throughput' '750'",
      gap: true,
    },
    {
      title: "files from a bucket without the key they are encrypted with",
      plan: { objectStore: { ...objects, restoreFrom: "moodle-objects-1a2b3c4" } },
      text: "moodle:aws.dataKey: is missing; with files.restoreFrom it is the key that the bucket's objects are encrypted with -> pulumi config set --path 'moodle:aws.dataKey' '<ARN>' (aws s3api get-bucket-encryption --bucket moodle-objects-1a2b3c4 prints it)",
    },
    {
      title: "a disk from what is no snapshot",
      plan: { blockDisk: { size: "10 GiB", iops: 3000, throughput: 125, zone: 1, owner: { user: 33, group: 33 }, restoreFrom: "vol-1" } },
      text: "moodle:files.restoreFrom: \"vol-1\" was given; allowed is the ID of an EBS snapshot, such as snap-0123456789abcdef0 -> pulumi config set --path 'moodle:files.restoreFrom' '<snapshot>'",
    },
    {
      title: "a shared file system that starts from another",
      plan: { sharedFiles: { size: "1 TiB", owner: { user: 33, group: 33 }, restoreFrom: "fs-1" } },
      text: "moodle:files.restoreFrom: aws does not offer a shared file system that starts from another -> pulumi config rm --path 'moodle:files.restoreFrom'; bring the platform up empty and restore the file system's backup into it",
      gap: true,
    },
    {
      title: "backups inside the maintenance window",
      plan: { maintenance: { day: "sun", hour: 2, backupHour: 2 } },
      text: "moodle:maintenance.backupHour: 2 was given; AWS refuses backups inside the maintenance window, which opens at 2 -> pulumi config set --path 'moodle:maintenance.backupHour' '0'",
    },
  ];
  it("takes files from a bucket with their key", () => {
    expect(textsOf(aCloudPlan({ objectStore: { ...objects, restoreFrom: "moodle-objects-1a2b3c4" }, settings: { dataKey: "arn:aws:kms:eu-central-1:123456789012:key/0f8fad5b-d9cb-469f-a165-70867728950e" } }))).to.deep.equal([]);
  });

  for (const { title, plan, text, gap } of refused) {
    it(`refuses ${title}`, () => {
      const problems = checkPlan(aCloudPlan(plan));
      expect(textsOf(aCloudPlan(plan))).to.deep.equal([text]);
      expect(problems[0] instanceof UnsupportedError, "gaps are UnsupportedErrors, mistakes are not").to.equal(gap ?? false);
    });
  }

  it("reports several at once", () => {
    const plan = aCloudPlan({ region: "nowhere", maintenance: { day: "sun", hour: 2, backupHour: 2 } });
    expect(checkPlan(plan).map(({ key }) => key)).to.deep.equal(["aws:region", "moodle:maintenance.backupHour"]);
  });

  describe("of the stack's credentials", () => {
    afterEach(() => pulumi.runtime.setAllConfig({}));
    const role = (name: string) => ({ roleArn: `arn:aws:iam::123456789012:role/${name}` });
    const by = (credentials: "cli" | "environment") => aCloudPlan({ cluster: { ...cluster, credentials } });

    it("refuses the environment alone where the stack uses a profile", () => {
      pulumi.runtime.setAllConfig({ "aws:profile": "university" });
      expect(textsOf(by("environment"))[0]).to.contain("to a stack that sets aws:profile");
      expect(textsOf(by("cli"))).to.deep.equal([]);
    });

    it("refuses the environment alone where the stack assumes a role", () => {
      pulumi.runtime.setAllConfig({ "aws:assumeRoles": JSON.stringify([role("deploy")]) });
      expect(textsOf(by("environment"))[0]).to.contain("to a stack that sets aws:assumeRoles");
      expect(textsOf(by("cli"))).to.deep.equal([]);
    });

    it("refuses the command line through more than one role", () => {
      pulumi.runtime.setAllConfig({ "aws:assumeRoles": JSON.stringify([role("gate"), role("deploy")]) });
      expect(textsOf(by("cli"))[0]).to.contain("through 2 roles of aws:assumeRoles, only through one");
    });
  });
});
