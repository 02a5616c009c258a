import { expect } from "chai";
import { databaseGroup } from "../../../components/config/groups/database";
import { moodleLines } from "../../../components/moodle/releases";
import { itHolds, problemsOf, type Pair } from "./rulePairs";

const mail = { host: "smtp.campus.internal", from: "moodle@campus.internal" };
const consent = { resource: "database", until: "2026-08-20", reason: "moved to the new stack" };

const dataKey = "arn:aws:kms:eu-central-1:123456789012:key/0f8fad5b-d9cb-469f-a165-70867728950e";
const writtenWith = {
  "moodle:encryptionKey": { secure: "Winter-2026-in-Turku-32-letters." },
  "moodle:passwordPeppers": { secure: '{"1":"Winter-2026-in-Turku"}' },
};

const pairs: readonly Pair[] = [
  {
    rule: "a disk is mounted by one pod",
    kept: { "moodle:files": { mode: "block" }, "moodle:sizing": { webReplicasMin: 1, webReplicasMax: 1 } },
    violated: { "moodle:files": { mode: "block" }, "moodle:sizing": { webReplicasMax: 2 } },
    problems: [
      {
        key: "moodle:sizing.webReplicasMax",
        message: "2 was given; with files.mode block only 1 is allowed, because one pod alone can mount the disk",
        remedy: "pulumi config rm --path 'moodle:sizing.webReplicasMax'",
      },
    ],
  },
  {
    rule: "one pod serves up to 2000 users",
    kept: { "moodle:files": { mode: "block" }, "moodle:concurrentUsers": 2000 },
    violated: { "moodle:files": { mode: "block" }, "moodle:concurrentUsers": 2001 },
    problems: [
      {
        key: "moodle:files.mode",
        message: '"block" was given with 2001 concurrent users; it is allowed up to 2000, because one pod serves everybody',
        remedy: "pulumi config set --path 'moodle:files.mode' 'objectfs'",
      },
    ],
  },
  {
    rule: "a shared file system serves up to 1000 users",
    kept: { "moodle:files": { mode: "shared" }, "moodle:concurrentUsers": 1000 },
    violated: { "moodle:files": { mode: "shared" }, "moodle:concurrentUsers": 1001 },
    problems: [
      {
        key: "moodle:files.mode",
        message:
          '"shared" was given with 1001 concurrent users; it is allowed up to 1000, because a file system over the network is slow with ' +
          "Moodle's many small files",
        remedy: "pulumi config set --path 'moodle:files.mode' 'objectfs'",
      },
    ],
  },
  {
    rule: "the least number of pods is not above the most",
    kept: { "moodle:sizing": { webReplicasMin: 3, webReplicasMax: 3 } },
    violated: { "moodle:sizing": { webReplicasMin: 4, webReplicasMax: 3 } },
    problems: [
      {
        key: "moodle:sizing.webReplicasMax",
        message: "3 was given; allowed is at least webReplicasMin, which is 4",
        remedy: "pulumi config set --path 'moodle:sizing.webReplicasMax' '4'",
      },
    ],
  },
  {
    rule: "storage begins below its limit",
    kept: { "moodle:database": { storage: "2 TiB", storageLimit: "2048 GiB" } },
    violated: { "moodle:database": { storage: "2 TiB" } },
    problems: [
      {
        key: "moodle:database.storageLimit",
        message: 'is "1 TiB"; allowed is at least database.storage, which is "2 TiB"',
        remedy: "pulumi config set --path 'moodle:database.storageLimit' '2 TiB'",
      },
    ],
  },
  {
    rule: "what moves files is set in one place",
    kept: { "moodle:application": { pluginSettings: { tool_objectfs: { maxtaskruntime: 600 } } } },
    violated: { "moodle:application": { pluginSettings: { tool_objectfs: { deleteexternal: 1 } } } },
    problems: [
      {
        key: "moodle:application.pluginSettings.tool_objectfs.deleteexternal",
        message: "is decided by the group moodle:files, and cannot be set twice",
        remedy: "pulumi config rm --path 'moodle:application.pluginSettings.tool_objectfs.deleteexternal', and see moodle:files.offload",
      },
    ],
  },
  {
    rule: "production keeps sessions apart from a cache that evicts",
    kept: { "moodle:environment": "staging", "moodle:cache": { separate: false } },
    violated: { "moodle:environment": "production", "moodle:cache": { separate: false } },
    problems: [
      {
        key: "moodle:cache.separate",
        message: "false was given; in production only true is allowed, because a full cache would log users out",
        remedy: "pulumi config set --path 'moodle:cache.separate' 'true'",
      },
    ],
  },
  {
    rule: "a certificate authority must reach a site that proves itself over HTTP",
    kept: { "moodle:ingress": { dnsZone: "Z0123456789EXAMPLE00", allowedRanges: ["192.0.2.0/24"] } },
    violated: { "moodle:ingress": { allowedRanges: ["192.0.2.0/24"] } },
    problems: [
      {
        key: "moodle:ingress.allowedRanges",
        message: "shuts the certificate authority out, which without ingress.dnsZone has to reach the site to issue a certificate",
        remedy:
          "pulumi config set --path 'moodle:ingress.dnsZone' '<zone>', or pulumi config set --path 'moodle:ingress.tls.source' 'secret'",
      },
    ],
  },
  {
    rule: "a certificate of one's own has a name",
    kept: { "moodle:ingress": { tls: { source: "secret", secretName: "site-tls" } } },
    violated: { "moodle:ingress": { tls: { source: "secret" } } },
    problems: [
      {
        key: "moodle:ingress.tls.secretName",
        message: "is missing; tls.source secret needs the name of the Secret with the certificate",
        remedy: "pulumi config set --path 'moodle:ingress.tls.secretName' '<name>'",
      },
    ],
  },
  {
    rule: "a certificate of the platform's has no name of yours",
    kept: { "moodle:ingress": { tls: { source: "acme" } } },
    violated: { "moodle:ingress": { tls: { source: "acme", secretName: "site-tls" } } },
    problems: [
      {
        key: "moodle:ingress.tls.secretName",
        message: '"site-tls" was given, but tls.source is acme, which keeps a Secret of its own',
        remedy:
          "pulumi config rm --path 'moodle:ingress.tls.secretName', or pulumi config set --path 'moodle:ingress.tls.source' 'secret'",
      },
    ],
  },
  ...["203.0.113.0/16", "10.64.0.0/15", "10.64.0.0/19", "10.64.64.0/16", "172.32.0.0/16"].map((range) => ({
    rule: `the network is private, large enough and at its boundary, unlike ${range}`,
    kept: { "moodle:network": { range: "172.31.192.0/18" } },
    violated: { "moodle:network": { range } },
    problems: [
      {
        key: "moodle:network.range",
        message: `"${range}" was given; allowed is a private range from /16 to /18 that begins at its own boundary, such as 10.64.0.0/16`,
        remedy: "pulumi config set --path 'moodle:network.range' '10.64.0.0/16'",
      },
    ],
  })),
  {
    rule: "a user of the mail server has a password",
    kept: { "moodle:mail": { ...mail, user: "moodle" }, "moodle:mailPassword": { secure: "Winter-2026-in-Turku" } },
    violated: { "moodle:mail": { ...mail, user: "moodle" } },
    problems: [
      {
        key: "moodle:mailPassword",
        message: "is missing; mail.user is set, and a user needs a password",
        remedy: "pulumi config set --secret moodle:mailPassword",
      },
    ],
  },
  {
    rule: "a password for the mail server has a user",
    kept: { "moodle:mail": mail },
    violated: { "moodle:mail": mail, "moodle:mailPassword": { secure: "Winter-2026-in-Turku" } },
    problems: [
      {
        key: "moodle:mail.user",
        message: "is missing, but moodle:mailPassword is set",
        remedy: "pulumi config set --path 'moodle:mail.user' '<user>'",
      },
    ],
  },
  {
    rule: "a restored database comes with what it was written with",
    kept: { "moodle:database": { restoreFrom: "a-snapshot" }, ...writtenWith },
    violated: { "moodle:database": { restoreFrom: "a-snapshot" } },
    problems: ["encryptionKey", "passwordPeppers"].map((name) => ({
      key: `moodle:${name}`,
      message: "is missing; a restored database can only be read with what it was written with",
      remedy: `pulumi config set --secret moodle:${name}, from its copy in the cloud's secret store`,
    })),
  },
  {
    rule: "restored files come with the database that knows them",
    kept: { "moodle:database": { restoreFrom: "a-snapshot" }, "moodle:files": { restoreFrom: "a-bucket" }, "moodle:aws": { dataKey }, ...writtenWith },
    violated: { "moodle:files": { restoreFrom: "a-bucket" }, "moodle:aws": { dataKey } },
    problems: [
      {
        key: "moodle:database.restoreFrom",
        message: "is missing, but moodle:files.restoreFrom is set: files that no database knows of are lost to the site",
        remedy: "pulumi config set --path 'moodle:database.restoreFrom' '<snapshot>', or pulumi config rm --path 'moodle:files.restoreFrom'",
      },
    ],
  },
  {
    rule: "settings hold no secrets, by their name or by their look",
    kept: { "moodle:application": { settings: { passwordpolicy: true, minpassworddigits: 1, forcelogin: true }, pluginSettings: { auth_ldap: { host_url: "ldaps://ldap.example.edu" } } } },
    violated: {
      "moodle:application": {
        settings: { smtppass: "Winter", proxyhost: "user:Winter@proxy.example.edu" },
        pluginSettings: { enrol_lti: { clientsecret: "Winter" } },
      },
    },
    problems: ["settings.smtppass", "settings.proxyhost", "pluginSettings.enrol_lti.clientsecret"].map((path) => ({
      key: `moodle:application.${path}`,
      message: "looks like a secret, and would stand in clear text in the stack file and in the cluster",
      remedy: `pulumi config rm --path 'moodle:application.${path}'; set it on Moodle's administration pages instead`,
    })),
  },
  {
    rule: "a consent ends with its day",
    kept: { "moodle:allowDataLoss": [consent] },
    violated: { "moodle:allowDataLoss": [{ ...consent, until: "2026-08-19" }] },
    problems: [
      {
        key: "moodle:allowDataLoss[0].until",
        message: "the consent to lose database ended on 2026-08-19; today is 2026-08-20",
        remedy: "pulumi config rm --path 'moodle:allowDataLoss[0]', or set a later day if the data may still be lost",
      },
    ],
  },
  {
    rule: "a consent is given once",
    kept: { "moodle:allowDataLoss": [consent, { ...consent, resource: "backups" }] },
    violated: { "moodle:allowDataLoss": [consent, { ...consent, resource: "backups" }, { ...consent, until: "2026-12-01" }] },
    problems: [
      {
        key: "moodle:allowDataLoss[2].resource",
        message: '"database" stands in an earlier entry already',
        remedy: "pulumi config rm --path 'moodle:allowDataLoss[2]', or the earlier one",
      },
    ],
  },
];

describe("a rule across keys", () => {
  itHolds(pairs);

  it("is asked about sound groups also while others are broken", () => {
    const keys = problemsOf({ "moodle:cron": { runners: 0 }, "moodle:ingress": { tls: { source: "secret" } } }).map(({ key }) => key);

    expect(keys).to.have.members(["moodle:cron.runners", "moodle:ingress.tls.secretName"]);
  });

  it("is not asked about broken groups, whose defaults it would take for what was meant", () => {
    const keys = problemsOf({ "moodle:database": { storge: "2 TiB", storageLimit: "50 GiB" } }).map(({ key }) => key);

    expect(keys).to.deep.equal(["moodle:database.storge"]);
  });
});

describe("the versions of PostgreSQL a stack may ask for", () => {
  it("run every line of Moodle there is", () => {
    const version = databaseGroup("production").shape.version;
    const offered = ["13", "14", "15", "16", "17", "18"].filter((candidate) => version.safeParse(candidate).success);

    expect(offered).to.have.length.greaterThan(0);
    for (const { line, postgresql } of moodleLines) {
      expect(offered.every((candidate) => Number(candidate) >= postgresql), `Moodle ${line} needs ${postgresql}`).to.equal(true);
    }
  });
});
