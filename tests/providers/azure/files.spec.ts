import { expect } from "chai";
import { resolved } from "../../support/recording";
import { aDisk, aLargePlan, aSmallPlan, built, type Built } from "./built";
import { subscription } from "./answers";

describe("Azure files", () => {
  let large: Built;
  before(async () => (large = await built(aLargePlan())));

  describe("objects", () => {
    it("are kept when they are deleted or overwritten, as long as the plan says", () => {
      expect(large.inputs("storage:BlobServiceProperties")).to.deep.include({
        isVersioningEnabled: true,
        deleteRetentionPolicy: { enabled: true, days: 21 },
        containerDeleteRetentionPolicy: { enabled: true, days: 21 },
      });
    });

    it("never expire while they are current", () => {
      const { rules } = large.inputs("storage:ManagementPolicy")["policy"] as { rules: { definition: { actions: object } }[] };
      expect(rules.map(({ definition }) => definition.actions)).to.deep.equal([{ version: { delete: { daysAfterCreationGreaterThan: 21 } } }]);
    });

    it("outlive the oldest restorable database by a week, also where that is older than asked", async () => {
      const { objectStore } = aLargePlan();
      const short = await built(aLargePlan({ objectStore: objectStore && { ...objectStore, deletedRetention: "8 d" } }));
      expect(short.inputs("storage:BlobServiceProperties")["deleteRetentionPolicy"]).to.deep.equal({ enabled: true, days: 14 });
    });

    it("are reached by a token that a program in the image mints, which may not delete", async () => {
      const { objectStore } = large.foundation;
      if (objectStore?.credentials.kind !== "minted token") throw new Error("no token is minted");
      const { command, environment, image } = objectStore.credentials;
      expect([objectStore.protocol, image, ...command.slice(0, 2)]).to.deep.equal(["blob", undefined, "php", "-r"]);
      expect(await resolved(environment)).to.deep.equal({
        BLOB_SERVICE: "https://siteobjectsc0ffee00.blob.core.windows.net",
        BLOB_ACCOUNT: "siteobjectsc0ffee00",
        BLOB_CONTAINER: "files",
        BLOB_PERMISSIONS: "rcwl",
      });
    });

    it("come from the container of the platform that is restored, and its settings stay", async () => {
      const accountId = `/subscriptions/${subscription}/resourceGroups/old/providers/Microsoft.Storage/storageAccounts/oldobjects`;
      const { objectStore } = aLargePlan();
      const restored = await built(aLargePlan({ objectStore: objectStore && { ...objectStore, restoreFrom: `${accountId}/blobServices/default/containers/files` } }));
      expect(restored.names("storage:StorageAccount")).to.deep.equal(["site-files", "site-flow-logs"]);
      expect(restored.names("storage:BlobServiceProperties")).to.deep.equal([]);
      expect(restored.inputs("network:PrivateEndpoint", "-objects")["privateLinkServiceConnections"]).to.deep.equal([{ name: "objects", privateLinkServiceId: accountId, groupIds: ["blob"] }]);
    });
  });

  describe("shared files", () => {
    it("are a share of NFS on which a Job makes Moodle's group the owner", () => {
      expect(large.inputs("storage:FileShare")).to.deep.include({ enabledProtocols: "NFS", rootSquash: "NoRootSquash", shareQuota: 100 });
      expect(large.foundation.sharedFiles?.writableBy).to.equal("job");
    });

    it("are mounted by TLS, at most modes as they are", async () => {
      expect(await resolved(large.foundation.sharedFiles?.csi?.volumeAttributes ?? {})).to.include({ protocol: "nfs", encryptInTransit: "true", mountPermissions: "0" });
      expect(large.inputs("storage:StorageAccount", "-files")).to.deep.include({ kind: "FileStorage", sku: { name: "PremiumV2_ZRS" }, enableHttpsTrafficOnly: true });
    });

    it("can be brought back when the share was deleted", () => {
      expect(large.inputs("storage:FileServiceProperties")["shareDeleteRetentionPolicy"]).to.deep.equal({ enabled: true, days: 14 });
    });
  });

  describe("the disk", () => {
    it("is in one zone, with the operations the plan says, and nobody may download it", async () => {
      const small = await built(aSmallPlan({ blockDisk: { ...aDisk, zone: 2, iops: 5000, throughput: 200 }, sharedFiles: undefined }));
      expect(small.inputs("compute:Disk")).to.deep.include({
        zones: ["2"],
        sku: { name: "PremiumV2_LRS" },
        diskSizeGB: 200,
        diskIOPSReadWrite: 5000,
        diskMBpsReadWrite: 200,
        creationData: { createOption: "Empty" },
        networkAccessPolicy: "DenyAll",
      });
      expect(small.foundation.blockDisk?.zone).to.deep.equal({ label: "topology.kubernetes.io/zone", value: "germanywestcentral-2" });
    });

    it("starts from a snapshot where the plan has one", async () => {
      const restoreFrom = `/subscriptions/${subscription}/resourceGroups/old/providers/Microsoft.Compute/snapshots/before`;
      const small = await built(aSmallPlan({ blockDisk: { ...aDisk, restoreFrom }, sharedFiles: undefined }));
      expect(small.inputs("compute:Disk")["creationData"]).to.deep.equal({ createOption: "Copy", sourceResourceId: restoreFrom });
    });
  });
});
