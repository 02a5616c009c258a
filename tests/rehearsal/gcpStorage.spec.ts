import { expect } from "chai";

import * as tokens from "../../rehearsal/clouds/gcp/tokens";
import { at, type Properties } from "../../rehearsal/provider/properties";
import { account, type Account, connect, type Made, network, openProject, PROJECT, refusal, type TestNetwork } from "./gcpProject";

describe("the storage of the simulated Google Cloud", () => {
  let project: Account;

  beforeEach(async () => {
    project = await openProject();
  });
  afterEach(() => project.close());

  describe("in buckets", () => {
    const bucket = (name: string, more: Properties = {}): Promise<Made> => project.make(tokens.BUCKET, name, { name, location: "europe-west3", ...more });

    it("has a name that nobody else in the world has", async () => {
      await bucket("objects-4711");
      const message = await refusal(project.make(tokens.BUCKET, "other", { name: "objects-4711", location: "US" }));
      expect(message).to.contain("The bucket namespace is shared by all users of the system.");
    });

    for (const name of ["Objects", "ab", "a".repeat(64), "goog-objects", "my-google-objects", "-objects", "objects-"]) {
      it(`is refused the name ${name}`, async () => {
        expect(await refusal(bucket(name))).to.contain("is not a name the service takes");
      });
    }

    it("keeps the region as it was written", async () => {
      const made = await bucket("objects-4711");
      expect(made.outputs.location, "or a refresh would have the bucket replaced").to.equal("europe-west3");
      expect(made.outputs.url).to.equal("gs://objects-4711");
      expect(project.replaced(made, { location: "US" })).to.deep.equal(["location"]);
    });

    it("is not deleted while it holds objects, and can be restored for a week after", async () => {
      const made = await bucket("objects-4711");
      const object = await project.make(tokens.BUCKET_OBJECT, "essay", { bucket: made.id, name: "essay", content: "…" });
      expect(await refusal(project.remove(made))).to.equal("Error trying to delete bucket objects-4711 without `force_destroy` set to true");
      await project.remove(object);
      await project.remove(made);
      expect(project.retained().map(({ retained }) => retained)).to.deep.equal(["soft-deleted; it can be restored for 7 days"]);
      await bucket("objects-4711");
    });

    it("keeps what is deleted for none, or 7 to 90 days", async () => {
      const keep = (days: number): Promise<Made> => bucket(`kept-${days}`, { softDeletePolicy: { retentionDurationSeconds: days * 86_400 } });
      for (const days of [0, 7, 90]) await keep(days);
      for (const days of [1, 6, 91]) expect(await refusal(keep(days))).to.contain("from 604800 to 7776000 seconds");
    });

    it("gives keys of the S3 protocol to service accounts that are there, ten to each", async () => {
      expect(await refusal(project.make(tokens.HMAC_KEY, "key", { serviceAccountEmail: "nobody@example.edu" }))).to.contain("not found");
      const { outputs } = await account(project, "objects");
      const make = (name: string): Promise<Made> => project.make(tokens.HMAC_KEY, name, { serviceAccountEmail: outputs.email });
      const key = await make("key-0");
      expect(key.outputs.accessId).to.match(/^GOOG1E[A-Z2-7]{55}$/);
      expect(key.outputs.secret).to.match(/^[A-Za-z0-9+/]{40}$/);
      for (let index = 1; index < 10; index++) await make(`key-${index}`);
      expect(await refusal(make("eleventh"))).to.contain("limit reached");
    });
  });

  describe("shared by many", () => {
    let net: TestNetwork;

    beforeEach(async () => {
      net = await network(project);
      await connect(project, net);
    });

    const share = (tier: string, capacityGb: number, more: Properties = {}): Promise<Made> =>
      project.make(tokens.FILESTORE, "files", {
        ...{ name: "files", tier, location: tier === "REGIONAL" ? "europe-west3" : "europe-west3-a", fileShares: { name: "files", capacityGb } },
        ...{ networks: [{ network: net.network.id, modes: ["MODE_IPV4"], connectMode: "PRIVATE_SERVICE_ACCESS" }], ...more },
      });

    it("takes 15 minutes in a region and 5 in a zone", async () => {
      const start = await project.now();
      const made = await share("REGIONAL", 1024);
      const regional = await project.now();
      await share("ZONAL", 1024);
      expect(regional - start).to.be.closeTo(15, 0.01);
      expect((await project.now()) - regional).to.be.closeTo(5, 0.01);
      expect(made.id).to.equal(`projects/${PROJECT}/locations/europe-west3/instances/files`);
      expect(made.outputs.networks).to.have.nested.property("[0].ipAddresses[0]").that.matches(/^172\.20\./);
    });

    it("tells the preview of a change the address it has", async () => {
      const made = await share("REGIONAL", 1024);
      const changed = project.previewChange(made, { labels: { stack: "test" } });
      expect(changed).to.have.nested.property("networks[0].ipAddresses").that.deep.equals(at(made.outputs, "networks[0].ipAddresses"));
    });

    for (const [tier, least] of [["REGIONAL", 100], ["ZONAL", 1024], ["BASIC_HDD", 1024], ["BASIC_SSD", 2560]] as const) {
      it(`has at least ${least} GiB in the tier ${tier}`, async () => {
        expect(await refusal(share(tier, least - 1))).to.contain(`from ${least} to`);
        await share(tier, least);
      });
    }

    it("is in a region or a zone by its tier", async () => {
      expect(await refusal(share("REGIONAL", 1024, { location: "europe-west3-a" }))).to.contain("is in a region");
      expect(await refusal(share("ZONAL", 1024, { location: "europe-west3" }))).to.contain("is in a zone");
    });

    it("never shrinks in a basic tier, and stays while it is protected", async () => {
      const basic = await share("BASIC_HDD", 2048);
      expect(await refusal(project.change(basic, { fileShares: { name: "files", capacityGb: 1024 } }))).to.contain("can't be decreased");
      const held = await project.change(basic, { deletionProtectionEnabled: true });
      expect(await refusal(project.remove(held))).to.contain("deletion protection");
    });
  });

  describe("on disks", () => {
    const disk = (more: Properties): Promise<Made> => project.make(tokens.DISK, "disk", { name: "disk", zone: "europe-west3-a", type: "hyperdisk-balanced", size: 100, ...more });

    it("has what Hyperdisk gives where nothing is asked for", async () => {
      const { id, outputs } = await disk({});
      expect(id).to.equal(`projects/${PROJECT}/zones/europe-west3-a/disks/disk`);
      expect([outputs.provisionedIops, outputs.provisionedThroughput]).to.deep.equal([3000, 140]);
    });

    for (const [what, more, field] of [
      ["less than the least IOPS", { provisionedIops: 2999 }, "provisionedIops"],
      ["more than 500 IOPS for each GiB", { size: 10, provisionedIops: 5001 }, "provisionedIops"],
      ["more than a quarter of its IOPS in throughput", { provisionedIops: 3000, provisionedThroughput: 751 }, "provisionedThroughput"],
      ["less than 4 GiB", { size: 3 }, "sizeGb"],
      ["IOPS of an SSD that has them by its size", { type: "pd-ssd", provisionedIops: 3000 }, "provisionedIops"],
    ] as const) {
      it(`is refused with ${what}`, async () => {
        expect(await refusal(disk(more))).to.match(new RegExp(`^googleapi: Error 400: Invalid value for field 'resource\\.${field}'`));
      });
    }

    it("takes the most of both", async () => {
      await disk({ size: 320, provisionedIops: 160_000, provisionedThroughput: 2400 });
    });

    it("is in a zone that there is, and starts from a snapshot that there is", async () => {
      expect(await refusal(disk({ zone: "europe-west3-z" }))).to.contain("Unknown zone");
      expect(await refusal(disk({ snapshot: "none" }))).to.contain("was not found");
    });

    it("is backed up once, by a plan of its kind, into a vault that outlives both", async () => {
      const at = { location: "europe-west3" };
      const vault = await project.make(tokens.VAULT, "vault", { ...at, backupVaultId: "vault", backupMinimumEnforcedRetentionDuration: `${7 * 86_400}s` });
      const plan = (id: string, resourceType: string, days: number): Promise<Made> =>
        project.make(tokens.VAULT_PLAN, id, { ...at, backupPlanId: id, backupVault: vault.id, resourceType, backupRules: [{ ruleId: "daily", backupRetentionDays: days }] });
      expect(await refusal(plan("short", "compute.googleapis.com/Disk", 6))).to.contain("less than the 7 days");
      const [ofDisks, ofFiles] = [await plan("disks", "compute.googleapis.com/Disk", 7), await plan("files", "file.googleapis.com/Instance", 7)];
      const { id } = await disk({});
      const protect = (name: string, by: Made): Promise<Made> =>
        project.make(tokens.VAULT_ASSOCIATION, name, { ...at, backupPlanAssociationId: name, backupPlan: by.id, resource: id, resourceType: "compute.googleapis.com/Disk" });
      expect(await refusal(protect("wrong", ofFiles))).to.contain("is for file.googleapis.com/Instance");
      const association = await protect("disk", ofDisks);
      expect(await refusal(protect("twice", ofDisks))).to.contain("already");
      expect(await refusal(project.remove(ofDisks))).to.contain("already being used");
      expect(await refusal(project.remove(vault))).to.contain("already being used");
      for (const part of [association, ofDisks, ofFiles, vault]) await project.remove(part);
    });
  });
});
