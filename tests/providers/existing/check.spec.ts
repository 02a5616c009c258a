import { expect } from "chai";
import type { CloudPlan } from "../../../components/plan/cloudPlan";
import { checkPlan } from "../../../providers/existing/check";
import { UnsupportedError } from "../../../providers/errors";
import { aCloudPlan, aSmallCloudPlan } from "../../support/plans";
import { allBrought, withEverythingBrought, withEverythingInside } from "./places";

function textsOf(plan: CloudPlan): string[] {
  return checkPlan(plan).map(({ key, message, remedy }) => `${key}: ${message} -> ${remedy}`);
}

const production = withEverythingBrought(aCloudPlan());
const development = withEverythingInside(aSmallCloudPlan());

interface Refusal {
  readonly title: string;
  readonly plan: CloudPlan;
  readonly texts: readonly string[];
  readonly gap?: true;
}

const refusals: readonly Refusal[] = [
  {
    title: "a cluster that nothing leads to",
    plan: { ...development, broughtSecrets: [] },
    texts: ["moodle:kubeconfig: is missing; it says how the cluster is reached -> pulumi config set --secret moodle:kubeconfig < <file>, or pulumi config set --path 'moodle:existing.context' '<context>'"],
  },
  {
    title: "a database and an object store in a cluster that is for production",
    plan: {
      ...production,
      settings: { ...allBrought, database: {}, objectStore: {} },
      broughtSecrets: ["kubeconfig", "sessionCachePassword", "applicationCachePassword"],
    },
    texts: [
      "moodle:existing.database.host: existing does not offer a database for production that outlives a node -> pulumi config set --path 'moodle:existing.database.host' '<host>', to bring one",
      "moodle:existing.objectStore.endpoint: existing does not offer an object store for production that outlives a node -> pulumi config set --path 'moodle:existing.objectStore.endpoint' 'https://<host>', to bring one",
    ],
    gap: true,
  },
  {
    title: "a replica of what runs in the cluster",
    plan: { ...development, sessionCache: { ...development.sessionCache, highAvailability: true } },
    texts: ["moodle:cache.highAvailability: existing does not offer a session cache with a replica in the cluster -> pulumi config set --path 'moodle:cache.highAvailability' 'false', or pulumi config set --path 'moodle:existing.sessionCache.host' '<host>'"],
    gap: true,
  },
  {
    title: "a server without the password to it",
    plan: { ...production, broughtSecrets: production.broughtSecrets?.filter((name) => name !== "databasePassword") },
    texts: ["moodle:databasePassword: is missing; what is brought along asks for it -> pulumi config set --secret moodle:databasePassword"],
  },
  {
    title: "a password to no server",
    plan: { ...development, broughtSecrets: ["kubeconfig", "databasePassword"] },
    texts: ["moodle:databasePassword: is set, but nothing is brought along that asks for it -> pulumi config rm moodle:databasePassword"],
  },
  {
    title: "two volumes",
    plan: { ...development, settings: { files: { persistentVolume: "files", nfs: { server: "nfs.example.edu", path: "/files" } } } },
    texts: ["moodle:existing.files: persistentVolume and nfs were given; allowed is one of them -> pulumi config rm --path 'moodle:existing.files.nfs'"],
  },
  {
    title: "a class of what has none",
    plan: { ...development, settings: { files: { storageClass: "shared", nfs: { server: "nfs.example.edu", path: "/files" } } } },
    texts: ["moodle:existing.files.storageClass: was given beside nfs, which is of no class -> pulumi config rm --path 'moodle:existing.files.storageClass'"],
  },
  {
    title: "no volume where pods share one",
    plan: { ...development, settings: {} },
    texts: [
      "moodle:existing.files: is missing; it says which volume all pods share, by one of storageClass, persistentVolume, nfs and local -> pulumi config set --path 'moodle:existing.files.storageClass' '<class>', a class of volumes that many nodes can mount",
    ],
  },
  {
    title: "a folder of one node in production",
    plan: { ...production, settings: { ...allBrought, files: { local: { path: "/srv", node: "one" } } } },
    texts: ["moodle:existing.files.local: existing does not offer a volume for production that outlives its node, out of a folder -> pulumi config set --path 'moodle:existing.files.storageClass' '<class>'"],
    gap: true,
  },
  {
    title: "a zone of names",
    plan: { ...production, ingress: { ...production.ingress, dnsZone: "example.edu" } },
    texts: ["moodle:ingress.dnsZone: existing does not offer a zone of names -> pulumi config rm --path 'moodle:ingress.dnsZone', and make the record that the output dns says"],
    gap: true,
  },
  {
    title: "a choice of visitors at a way in that is not ours",
    plan: { ...development, ingress: { ...development.ingress, allowedRanges: ["192.0.2.0/24"] } },
    texts: ["moodle:ingress.allowedRanges: existing does not offer a choice of visitors where the cluster has a way in of its own -> pulumi config rm --path 'moodle:ingress.allowedRanges', and choose them there"],
    gap: true,
  },
  {
    title: "a header from anybody",
    plan: { ...production, settings: { ...allBrought, ingress: { clientAddress: "header" } } },
    texts: ["moodle:existing.ingress.trustedRanges: is missing; with clientAddress header it says whose word on the visitor's address counts -> pulumi config set --path 'moodle:existing.ingress.trustedRanges[0]' '<range>'"],
  },
  {
    title: "to restore a database and files",
    plan: {
      ...production,
      database: { ...production.database, restoreFrom: "yesterday" },
      sharedFiles: { size: "1 TiB", owner: { user: 33, group: 33 }, restoreFrom: "yesterday" },
    },
    texts: [
      "moodle:database.restoreFrom: existing does not offer backups, and so none to restore database from -> pulumi config rm --path 'moodle:database.restoreFrom'; restore the database that you bring, and then bring the platform up",
      "moodle:files.restoreFrom: existing does not offer backups, and so none to restore files from -> pulumi config rm --path 'moodle:files.restoreFrom'; name the restored bucket or volume in moodle:existing",
    ],
    gap: true,
  },
  {
    title: "mail about alarms",
    plan: { ...production, observability: { ...production.observability, alarmEmails: ["operators@example.edu"] } },
    texts: ["moodle:observability.alarmEmails: existing does not offer mail about alarms -> pulumi config rm --path 'moodle:observability.alarmEmails'; set moodle:observability.prometheusNamespace, and let your Alertmanager tell somebody"],
    gap: true,
  },
];

describe("the check of an existing cluster", () => {
  it("accepts a plan to which everything is brought along, and one for development to which nothing is", () => {
    expect(textsOf(production)).to.deep.equal([]);
    expect(textsOf(development)).to.deep.equal([]);
  });

  it("asks for no volume where one pod's disk comes from the cluster's default class", () => {
    const blockDisk = { size: "10 GiB", iops: 3000, throughput: 125, zone: 1, owner: { user: 33, group: 33 } } as const;
    expect(textsOf({ ...development, settings: {}, sharedFiles: undefined, blockDisk })).to.deep.equal([]);
  });

  for (const { title, plan, texts, gap = false } of refusals) {
    it(`refuses ${title}`, () => {
      expect(textsOf(plan)).to.deep.equal(texts);
      expect(checkPlan(plan)[0] instanceof UnsupportedError, "gaps are UnsupportedErrors, mistakes are not").to.equal(gap);
    });
  }
});
