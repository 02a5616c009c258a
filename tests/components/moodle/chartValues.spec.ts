import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import Ajv from "ajv";
import { expect } from "chai";
import { parse } from "yaml";
import { chartValues, type ReleaseFacts } from "../../../components/moodle/chartValues";
import { objectFsSettings } from "../../../components/moodle/objectFs";
import type { Secrets } from "../../../components/moodle/values";
import type { PlatformPlan } from "../../../components/plan/platformPlan";
import type { CloudFoundation } from "../../../providers/contract";
import { aFoundation, aPlan, withoutEngine } from "../../support/builders";

const chart = path.resolve(__dirname, "../../../charts/moodle");
const schema = JSON.parse(fs.readFileSync(path.join(chart, "values.schema.json"), "utf8")) as object;
const defaults = parse(fs.readFileSync(path.join(chart, "values.yaml"), "utf8")) as Tree;
const accepts = new Ajv({ allErrors: true, strict: false }).compile(schema);

type Tree = Record<string, unknown>;

const keys = ["databasePassword", "sessionCachePassword", "applicationCachePassword", "adminPassword", "passwordPeppers", "encryptionKey", "upgradeKey"];
const facts: ReleaseFacts = {
  chartDigest: `sha256:${"c".repeat(64)}`,
  secrets: Object.fromEntries(keys.map((key) => [key, { name: pulumi.output("moodle-secrets"), key }])) as unknown as Secrets,
  pullSecrets: [],
  wayIn: { from: "gateway", gateway: { name: "site", namespace: "gateway", https: "https", http: "http" } },
};

describe("the values of the chart", () => {
  before(withoutEngine);

  it("in mode objectfs are what was decided and what the cloud gave", async () => {
    const plan = aPlan({ "moodle:concurrentUsers": 2000, "moodle:mail": { host: "smtp.example.edu", from: "moodle@example.edu" } });

    const values = await given(plan, aFoundation(plan));

    expect(values).to.deep.equal({
      ...common(plan),
      moodle: { version: "5.1.7", settings: {}, pluginSettings: { tool_objectfs: objectFsSettings(plan.application.files.offload) } },
      files: {
        mode: "objectfs",
        volume: { sizeGiB: 100, mountOptions: ["tls"], csi: { driver: "share.csi.example.edu", volumeHandle: "share-1::access-point-1" }, prepare: "preset" },
        objectStore: {
          protocol: "s3",
          region: "eu-central-1",
          bucket: "bucket-of-files",
          prefix: "moodle/",
          aclHeader: "private",
          checksums: "always",
          presignedDownloads: true,
          credentials: { kind: "workloadIdentity" },
        },
      },
      mail: { host: "smtp.example.edu", port: 587, from: "moodle@example.edu", security: "starttls" },
      web: web({ replicas: 3, workers: 12, cpuRequest: "3000m", memoryMiB: 2048 }, { enabled: true, minReplicas: 3, maxReplicas: 5 }),
      cron: { replicas: 2 },
      adhoc: { replicas: 1 },
      network: {
        policies: true,
        ingressFrom: [{ namespace: "gateway" }],
        requiredEgress: [
          { reason: "the database", cidr: "10.64.160.0/24", port: 5432, protocol: "TCP" },
          { reason: "outgoing mail", cidr: "0.0.0.0/0", port: 587, protocol: "TCP" },
        ],
      },
    });
    expectAccepted(values);
  });

  it("in mode block are one pod on one disk in its zone", async () => {
    const plan = aPlan({ "moodle:files": { mode: "block" }, "moodle:cron": { runners: 4, adhocRunners: 3 } });

    const values = await given(plan, aFoundation(plan));

    expect(values).to.deep.equal({
      ...common(plan),
      moodle: { version: "5.1.7", settings: {}, pluginSettings: {} },
      files: {
        mode: "block",
        volume: {
          sizeGiB: 100,
          mountOptions: [],
          csi: { driver: "disk.csi.example.edu", volumeHandle: "disk-1", fsType: "ext4" },
          prepare: "fsGroup",
          nodeAffinity: { "topology.kubernetes.io/zone": ["zone-a"] },
        },
      },
      web: web({ replicas: 1, workers: 12, cpuRequest: "900m", memoryMiB: 2048 }, { enabled: false, minReplicas: 1, maxReplicas: 1 }),
      cron: { replicas: 1 },
      adhoc: { replicas: 1 },
      network: {
        policies: true,
        ingressFrom: [{ namespace: "gateway" }],
        requiredEgress: [{ reason: "the database", cidr: "10.64.160.0/24", port: 5432, protocol: "TCP" }],
      },
    });
    expectAccepted(values);
  });

  it("in mode shared keep everything on the share", async () => {
    const plan = aPlan({ "moodle:files": { mode: "shared" } });

    const values = await given(plan, aFoundation(plan));

    expect(values.files).to.deep.include({ mode: "shared" }).and.not.to.have.property("objectStore");
    expectAccepted(values);
  });

  it("have a Job hand a volume over that starts as root's", async () => {
    const plan = aPlan({ "moodle:files": { mode: "shared" } });
    const { sharedFiles, ...foundation } = aFoundation(plan);
    if (!sharedFiles) throw new Error("the plan has no shared files");

    const { files } = await given(plan, { ...foundation, sharedFiles: { ...sharedFiles, writableBy: "job" } });

    expect(files).to.have.nested.property("volume.prepare", "rootJob");
  });

  it("name secrets and hold none, also where the config has one", async () => {
    const mail = { host: "smtp.example.edu", from: "moodle@example.edu", user: "moodle" };
    const plan = aPlan({ "moodle:mail": mail, "moodle:mailPassword": { secure: "Winter-2026-in-Turku" } });

    const values = await given(plan, aFoundation(plan));

    expect(values.mail).to.deep.include({ user: "moodle" });
    expect(JSON.stringify(values)).not.to.match(/Winter|'s password|a kubeconfig/);
  });

  it("let settings of the operator stand beside those of the plan, which win", async () => {
    const plan = aPlan({ "moodle:application": { pluginSettings: { tool_objectfs: { maxtaskruntime: 600 }, mod_quiz: { timelimit: 60 } } } });

    const { moodle } = await given(plan, aFoundation(plan));

    expect(moodle).to.deep.include({
      pluginSettings: {
        mod_quiz: { timelimit: 60 },
        tool_objectfs: { maxtaskruntime: 600, ...objectFsSettings(plan.application.files.offload) },
      },
    });
  });

  it("spread pods over zones as a must in production, and as a wish elsewhere", async () => {
    const spread = async (environment: string) => {
      const plan = aPlan({ "moodle:environment": environment });
      return (await given(plan, aFoundation(plan))).web;
    };

    expect(await spread("production")).to.deep.include({ zoneSpread: "required" });
    expect(await spread("staging")).to.deep.include({ zoneSpread: "preferred" });
  });

  it("drive one upload limit and one timeout, with room to unpack the upload", async () => {
    const plan = aPlan({ "moodle:ingress": { uploadLimit: "2 GiB", timeout: "10 min" } });

    const { web: pods } = await given(plan, aFoundation(plan));

    expect(pods).to.deep.include({ uploadLimitMiB: 2048, requestTimeoutSeconds: 600, localStorage: { temporaryGiB: 5 } });
  });

  it("take an image by digest, with or without a tag and a port", async () => {
    const digest = `sha256:${"a".repeat(64)}`;
    for (const repository of ["registry.example.edu/moodle", "registry.example.edu:5000/lms/moodle"]) {
      for (const tag of ["", ":5.1.7"]) {
        const plan = aPlan({ "moodle:application": { image: `${repository}${tag}@${digest}` } });
        expect((await given(plan, aFoundation(plan))).image).to.deep.equal({ repository, digest, pullSecrets: [] });
      }
    }
  });

  const stores: readonly [name: string, store: Partial<NonNullable<CloudFoundation["objectStore"]>>, expected: Tree][] = [
    [
      "an access key, at an address of its own",
      { endpoint: "https://objects.example.edu", credentials: { kind: "access key", id: pulumi.output("id"), secret: pulumi.secret("key") }, aclHeader: "none" },
      { endpoint: "https://objects.example.edu", credentials: { kind: "accessKey" }, aclHeader: "none", checksums: "whenRequired", presignedDownloads: true },
    ],
    [
      "a minted token",
      {
        protocol: "blob",
        account: pulumi.output("account"),
        credentials: { kind: "minted token", image: "registry.example.edu/minter", command: ["mint"], environment: { ACCOUNT: pulumi.output("account") } },
      },
      {
        protocol: "blob",
        account: "account",
        presignedDownloads: false,
        credentials: { kind: "mintedToken", minter: { image: "registry.example.edu/minter", command: ["mint"], environment: { ACCOUNT: "account" } } },
      },
    ],
  ];
  for (const [name, store, expected] of stores) {
    it(`reach an object store by ${name}`, async () => {
      const plan = aPlan();
      const { objectStore } = aFoundation(plan);
      if (!objectStore) throw new Error("the plan has no object store");

      const values = await given(plan, aFoundation(plan, { objectStore: { ...objectStore, ...store } }));

      expect((values.files as Tree).objectStore).to.deep.include(expected);
    });
  }

  it("are scraped and watched where there is a Prometheus, and not otherwise", async () => {
    const plan = aPlan({ "moodle:observability": { prometheusNamespace: "monitoring" } });

    expect((await given(plan, aFoundation(plan))).monitoring).to.deep.equal({
      serviceMonitor: { enabled: true },
      rules: { enabled: true },
      scrapeFrom: [{ namespace: "monitoring" }],
    });
    expect(await given(aPlan(), aFoundation(aPlan()))).not.to.have.property("monitoring");
  });

  it("cannot be made without anything to keep files on", () => {
    const plan = aPlan();

    expect(() => chartValues(plan, aFoundation(plan, { sharedFiles: undefined }), facts)).to.throw(
      "the foundation has neither shared files nor a disk, and Moodle needs one of them",
    );
  });

  it("are judged by the chart's own schema, which refuses what it does not know", async () => {
    const plan = aPlan();
    const values = { ...(await given(plan, aFoundation(plan))), replicas: 3 };

    expect(() => expectAccepted(values)).to.throw("must NOT have additional properties");
  });
});

/** What does not depend on the mode. */
function common(plan: PlatformPlan): Tree {
  return {
    image: { repository: "rehearsal.invalid/moodle", digest: `sha256:${"0".repeat(64)}`, pullSecrets: [] },
    chartDigest: facts.chartDigest,
    site: {
      hostname: "moodle.example.edu",
      name: "Example University",
      shortName: "Moodle",
      language: "en",
      adminUser: "admin",
      adminEmail: "moodle@example.edu",
    },
    database: {
      host: "database.example.edu",
      port: 5432,
      name: "moodle",
      user: "moodle",
      tls: { enabled: true, ca: ["-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n"], verify: "full" },
    },
    sessionCache: { host: "sessions.example.edu", port: 6379, prefix: "moodle-session-", tls: { enabled: true, ca: "public", verify: "full" } },
    applicationCache: { host: "cache.example.edu", port: 6380, user: "moodle", prefix: "moodle-cache-", tls: { enabled: true, ca: "public", verify: "ca" } },
    secrets: Object.fromEntries(keys.map((key) => [key, { name: "moodle-secrets", key }])),
    job: { deadlineSeconds: 3000 },
    gateway: { name: "site", namespace: "gateway", section: "https", redirectSection: "http" },
    serviceAccount: { name: "moodle", annotations: { "example.edu/identity": "identity-1" } },
    runAs: plan.application.owner,
    podLabels: {},
  };
}

function web({ replicas, workers, cpuRequest, memoryMiB }: { replicas: number; workers: number; cpuRequest: string; memoryMiB: number }, autoscaling: Tree): Tree {
  return {
    replicas,
    autoscaling,
    zoneSpread: "required",
    uploadLimitMiB: 512,
    requestTimeoutSeconds: 300,
    trustedProxies: ["10.64.0.0/19", "10.64.32.0/19"],
    php: { workers, memoryLimitMiB: 128, opcacheMiB: 512, internedStringsMiB: 64, apcuMiB: 64, resources: { cpuRequest, memoryMiB } },
    localStorage: { temporaryGiB: 2 },
  };
}

/** The values with everything known that the cloud would know. */
function given(plan: PlatformPlan, foundation: CloudFoundation): Promise<Tree> {
  const values = pulumi.output({ ...chartValues(plan, foundation, facts) });
  return new Promise((resolve) => values.apply((known) => resolve(JSON.parse(JSON.stringify(known)) as Tree)));
}

/** As Helm judges: values over the chart's defaults. */
function expectAccepted(values: Tree): void {
  accepts(merged(defaults, values));
  expect((accepts.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`).join("\n")).to.equal("");
}

function merged(base: unknown, over: unknown): unknown {
  const isTree = (value: unknown): value is Tree => value !== null && typeof value === "object" && !Array.isArray(value);
  if (!isTree(base) || !isTree(over)) return over;
  return Object.fromEntries([...new Set([...Object.keys(base), ...Object.keys(over)])].map((key) => [key, key in over ? merged(base[key], over[key]) : base[key]]));
}
