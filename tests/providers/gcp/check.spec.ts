import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { CloudPlan } from "../../../components/plan/cloudPlan";
import { UnsupportedError } from "../../../providers/errors";
import { checkPlan } from "../../../providers/gcp/check";
import { gcpConfig } from "./answers";
import { aGcpPlan, aSmallGcpPlan, blockDisk } from "./built";

function textsOf(plan: CloudPlan): string[] {
  return checkPlan(plan).map(({ key, message, remedy }) => `${key}: ${message} -> ${remedy}`);
}

describe("GCP check", () => {
  beforeEach(() => pulumi.runtime.setAllConfig({ ...gcpConfig }));
  afterEach(() => pulumi.runtime.setAllConfig({}));

  it("accepts a production and a small plan", () => {
    expect(textsOf(aGcpPlan())).to.deep.equal([]);
    expect(textsOf(aSmallGcpPlan())).to.deep.equal([]);
  });

  const { cluster, database, sessionCache, network, ingress, sharedFiles } = aGcpPlan();
  const objects = { deletedRetention: "21 d", origins: [], mayDelete: false } as const;
  const refused: readonly { readonly title: string; readonly plan: Partial<CloudPlan>; readonly text: string; readonly gap?: true }[] = [
    {
      title: "a zone in place of a region",
      plan: { region: "europe-west3-a" },
      text: "gcp:region: gcp does not offer the region europe-west3-a to this adapter, which knows those of 2026-11 -> pulumi config set gcp:region europe-west3, or another region (not a zone: those end with a letter)",
      gap: true,
    },
    {
      title: "a version of Kubernetes GKE does not have",
      plan: { cluster: { ...cluster, version: "1.29" } },
      text: "moodle:cluster.version: gcp does not offer Kubernetes 1.29, only 1.34, 1.35, 1.36 -> pulumi config set --path 'moodle:cluster.version' '1.35'",
      gap: true,
    },
    {
      title: "a version of PostgreSQL Cloud SQL does not have",
      plan: { database: { ...database, version: "12" } },
      text: "moodle:database.version: gcp does not offer PostgreSQL 12, only 16, 17, 18 -> pulumi config set --path 'moodle:database.version' '17'",
      gap: true,
    },
    {
      title: "a version of Valkey nothing here is compatible with",
      plan: { sessionCache: { ...sessionCache, version: "10.0" } },
      text: "moodle:cache.version: gcp does not offer a cache compatible with Valkey 10.0, only 7.2, 8.0, 8.1, 8.2, 9.0 -> pulumi config set --path 'moodle:cache.version' '8.2'",
      gap: true,
    },
    {
      title: "a deployer without its kind",
      plan: { cluster: { ...cluster, deployers: ["deploy@example-project.iam.gserviceaccount.com"] } },
      text: `moodle:cluster.deployers[0]: "deploy@example-project.iam.gserviceaccount.com" was given; allowed is user:, group: or serviceAccount: with an address -> pulumi config set --path 'moodle:cluster.deployers[0]' 'serviceAccount:deploy@example-project.iam.gserviceaccount.com'`,
    },
    {
      title: "everybody as a deployer",
      plan: { cluster: { ...cluster, deployers: ["allAuthenticatedUsers"] } },
      text: `moodle:cluster.deployers[0]: "allAuthenticatedUsers" was given; allowed is user:, group: or serviceAccount: with an address -> pulumi config set --path 'moodle:cluster.deployers[0]' 'serviceAccount:<name>@<project>.iam.gserviceaccount.com'`,
    },
    {
      title: "a DNS name in place of a zone's",
      plan: { ingress: { ...ingress, dnsZone: "example.edu" } },
      text: `moodle:ingress.dnsZone: "example.edu" was given; allowed is the name of a managed public zone of Cloud DNS in the same project, such as example-edu -> pulumi config set --path 'moodle:ingress.dnsZone' '<zone name>' (gcloud dns managed-zones list prints it)`,
    },
    {
      title: "a network the database does not answer to",
      plan: { network: { ...network, range: "172.16.0.0/15" } },
      text: `moodle:network.range: "172.16.0.0/15" was given; it overlaps 172.17.0.0/16, to whose addresses a database of Google's never answers -> pulumi config set --path 'moodle:network.range' '10.64.0.0/16'`,
    },
    {
      title: "a database no tier is large enough for",
      plan: { database: { ...database, cpus: 128 } },
      text: "moodle:sizing.databaseCpus: gcp does not offer a database with 128 processors and 16 GiB of memory, at most 96 processors -> pulumi config set --path 'moodle:sizing.databaseCpus' '96'",
      gap: true,
    },
    {
      title: "more connections than the tier allows",
      plan: { database: { ...database, connections: 491 } },
      text: "moodle:gcp.databaseTier: the pods may open 491 connections; db-custom-4-16384 allows 490 -> pulumi config set --path 'moodle:gcp.databaseTier' 'db-custom-8-32768'",
    },
    {
      title: "more connections than any tier allows",
      plan: { database: { ...database, connections: 991 } },
      text: "moodle:gcp.databaseTier: the pods may open 991 connections; db-custom-4-16384 allows 490 -> pulumi config set --path 'moodle:sizing.webReplicasMax' '<fewer>'",
    },
    {
      title: "backups for longer than Cloud SQL keeps them",
      plan: { database: { ...database, retention: "366 d" } },
      text: "moodle:database.retention: gcp does not offer backups of a database for 366 d, at most 365 d -> pulumi config set --path 'moodle:database.retention' '365 d'",
      gap: true,
    },
    {
      title: "a cache no instance holds",
      plan: { sessionCache: { ...sessionCache, memory: "301 GiB" } },
      text: "moodle:sizing.sessionCacheMemory: gcp does not offer a cache of 301 GiB on one instance, at most 300 GiB -> pulumi config set --path 'moodle:sizing.sessionCacheMemory' '300 GiB'",
      gap: true,
    },
    {
      title: "a disk faster than its size allows",
      plan: { blockDisk: { ...blockDisk, size: "10 GiB", iops: 5001 } },
      text: "moodle:files.disk.iops: gcp does not offer 5001 operations a second on a disk of 10 GiB, at most 5000 -> pulumi config set --path 'moodle:files.disk.iops' '5000'",
      gap: true,
    },
    {
      title: "more throughput than the operations allow",
      plan: { blockDisk: { ...blockDisk, throughput: 751 } },
      text: "moodle:files.disk.throughput: gcp does not offer 751 MiB/s with 3000 operations a second, at most 750 -> pulumi config set --path 'moodle:files.disk.throughput' '750'",
      gap: true,
    },
    {
      title: "a database from what no database is called",
      plan: { database: { ...database, restoreFrom: "Backup 7" } },
      text: `moodle:database.restoreFrom: "Backup 7" was given; allowed is <instance>, or <instance>/<number of its backup>, of the same project -> pulumi config set --path 'moodle:database.restoreFrom' '<name>', or pulumi config rm --path 'moodle:database.restoreFrom'`,
    },
    {
      title: "files from what no bucket is called",
      plan: { objectStore: { ...objects, restoreFrom: "gs://objects" } },
      text: `moodle:files.restoreFrom: "gs://objects" was given; allowed is the name of a bucket -> pulumi config set --path 'moodle:files.restoreFrom' '<name>', or pulumi config rm --path 'moodle:files.restoreFrom'`,
    },
    {
      title: "a share from what no backup is called",
      plan: { sharedFiles: { size: "1 TiB", owner: { user: 33, group: 33 }, restoreFrom: "last-night" } },
      text: `moodle:files.restoreFrom: "last-night" was given; allowed is a backup of a Filestore instance, projects/…/locations/…/backups/… or one in a vault -> pulumi config set --path 'moodle:files.restoreFrom' '<name>', or pulumi config rm --path 'moodle:files.restoreFrom'`,
    },
  ];
  for (const { title, plan, text, gap } of refused) {
    it(`refuses ${title}`, () => {
      expect(textsOf(aGcpPlan(plan))).to.deep.equal([text]);
      expect(checkPlan(aGcpPlan(plan)).some((problem) => problem instanceof UnsupportedError)).to.equal(gap ?? false);
    });
  }

  it("accepts what lies just inside", () => {
    const inside: readonly Partial<CloudPlan>[] = [
      { database: { ...database, connections: 490 } },
      { database: { ...database, retention: "365 d" } },
      { sessionCache: { ...sessionCache, memory: "300 GiB" } },
      { blockDisk: { ...blockDisk, size: "10 GiB", iops: 5000, throughput: 1000 } },
      { database: { ...database, restoreFrom: "moodle-database-0badcafe" } },
      { sharedFiles: { size: "1 TiB", owner: { user: 33, group: 33 }, restoreFrom: "projects/p/locations/europe-west3/backups/b" } },
      { ...(sharedFiles && { sharedFiles: { ...sharedFiles, size: "100 TiB" } }) },
    ];
    for (const plan of inside) expect(textsOf(aGcpPlan(plan))).to.deep.equal([]);
  });

  it("refuses a stack without a project, whatever the environment says", () => {
    pulumi.runtime.setAllConfig({});
    expect(textsOf(aGcpPlan())).to.deep.equal([
      "gcp:project: is missing; the project in which gcp builds the platform -> pulumi config set gcp:project '<project ID>'",
    ]);
  });

  it("refuses a project's number or name in place of its ID", () => {
    for (const project of ["123456789012", "Example University", "short"]) {
      pulumi.runtime.setAllConfig({ "gcp:project": project });
      expect(checkPlan(aGcpPlan()).map(({ key }) => key)).to.deep.equal(["gcp:project"]);
    }
  });

  it("refuses credentials that only the provider would see", () => {
    pulumi.runtime.setAllConfig({ ...gcpConfig, "gcp:credentials": "{}" });
    const [problem, ...others] = checkPlan(aGcpPlan());
    expect(others).to.deep.equal([]);
    expect(problem?.key).to.equal("gcp:credentials");
    expect(problem?.remedy).to.contain("GOOGLE_CREDENTIALS");
  });
});
