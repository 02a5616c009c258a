import { expect } from "chai";

import * as tokens from "../../rehearsal/clouds/azure-native/tokens";
import { holdingsOf } from "../../rehearsal/clouds/azure-native/holdings";
import type { Properties } from "../../rehearsal/provider/properties";
import { type Account, inGroup, idInGroup, type Made, network, openSubscription, refusal, serverInputs, SUBSCRIPTION } from "./azureSubscription";

describe("the data services of the simulated Azure", () => {
  let account: Account;

  beforeEach(async () => {
    account = await openSubscription();
  });
  afterEach(() => account.close());

  describe("PostgreSQL", () => {
    let server: Made;
    let inputs: Properties;

    beforeEach(async () => {
      inputs = await serverInputs(account, await network(account));
      server = await account.make(tokens.SERVER, "db", inputs);
    });

    it("answers with its name in the service's domain", () => {
      expect(server.outputs).to.deep.include({ fullyQualifiedDomainName: "moodle.postgres.database.azure.com", state: "Ready", name: "moodle" });
    });

    it("replaces a server for what its specification fixes, and refuses in place what Azure fixes", async () => {
      expect(account.replaced(server, { administratorLogin: "other" })).to.deep.equal(["administratorLogin"]);
      expect(account.replaced(server, { serverName: "other", location: "northeurope" })).to.have.members(["serverName", "location"]);
      for (const change of [{ version: "18" }, { sku: { name: "Standard_D8ds_v5", tier: "GeneralPurpose" } }, { administratorLoginPassword: "Other-horse-battery2" }]) {
        expect(account.replaced(server, change), JSON.stringify(Object.keys(change))).to.deep.equal([]);
      }
      const moved = { network: { ...(inputs.network as Properties), delegatedSubnetResourceId: idInGroup("Microsoft.Network/virtualNetworks/v/subnets/endpoints") } };
      expect(account.replaced(server, moved), "a move into another subnet").to.deep.equal([]);
      expect(await refusal(account.change(server, moved))).to.match(/^ServerPropertyChangeNotAllowed: .*delegatedSubnetResourceId/);
      expect(await refusal(account.change(server, { backup: { backupRetentionDays: 14, geoRedundantBackup: "Enabled" } }))).to.contain("backup.geoRedundantBackup");
    });

    it("has storage that only grows and versions that only rise", async () => {
      const grown = await account.change(server, { storage: { storageSizeGB: 256, autoGrow: "Enabled" } });
      expect(await refusal(account.change(grown, { storage: { storageSizeGB: 128, autoGrow: "Enabled" } }))).to.contain("it has 256 GiB, and 128 GiB were asked for");
      expect(await refusal(account.change(server, { version: "16" }))).to.match(/^MajorVersionUpgradeNotAllowed/);
      await account.change(server, { version: "18" });
    });

    it("refuses inputs as the service does", async () => {
      const refused = async (change: Properties) => refusal(account.make(tokens.SERVER, "other", { ...inputs, serverName: "other", ...change }));
      expect(await refused({ administratorLogin: "azure_superuser" })).to.contain("is reserved");
      expect(await refused({ administratorLoginPassword: "short" })).to.contain("PasswordNotComplex").and.not.contain("short");
      expect(await refused({ storage: { storageSizeGB: 100 } })).to.contain("InvalidStorageSize");
      expect(await refused({ sku: { name: "Standard_B2s", tier: "Burstable" } })).to.contain("HADisabledForBurstable");
      expect(await refused({ backup: { backupRetentionDays: 40 } })).to.contain("7 to 35 days");
      expect(await refused({ serverName: "Moodle_1" })).to.contain("serverName");
      expect(await refused({ serverName: "moodle" }), "a name of the whole world").to.equal("ServerNameAlreadyExists: Specified server name is already used: moodle.");
      expect(await refused({ createMode: "PointInTimeRestore" })).to.contain("MissingSourceServer");
    });

    it("needs a delegated subnet and a zone that its network sees", async () => {
      const within = (change: Properties) => refusal(account.make(tokens.SERVER, "other", { ...inputs, serverName: "other", network: { ...(inputs.network as Properties), ...change } }));
      expect(await within({ delegatedSubnetResourceId: idInGroup("Microsoft.Network/virtualNetworks/v/subnets/endpoints") })).to.match(/^SubnetMissingRequiredDelegation/);
      const stray = await account.make(tokens.PRIVATE_ZONE, "stray", { ...inGroup, privateZoneName: "b.postgres.database.azure.com", location: "global" });
      expect(await within({ privateDnsZoneArmResourceId: stray.id })).to.match(/^InvalidPrivateDnsZone: .* is not linked/);
    });

    it("starts from another with the databases of that one, which cannot be made again", async () => {
      const database = (serverName: string) => account.make(tokens.SERVER_DATABASE, serverName, { ...inGroup, serverName, databaseName: "moodle" });
      await database("moodle");
      const copy = { createMode: "PointInTimeRestore", sourceServerResourceId: server.id, pointInTimeUTC: "2026-11-01T06:00:00Z" };
      await account.make(tokens.SERVER, "copy", { ...inputs, ...copy, serverName: "copy" });
      expect(await refusal(database("copy"))).to.contain("already exist");
    });

    it("takes one change of a server at a time", async () => {
      await account.put({ type: tokens.SERVER_DATABASE, id: `${server.id}/databases/first`, name: "first", outputs: {}, status: "creating" });
      const setting = { ...inGroup, serverName: "moodle", configurationName: "ssl_min_protocol_version", value: "TLSv1.2" };
      expect(await refusal(account.make(tokens.SERVER_SETTING, "tls", setting))).to.match(/^ServerIsBusy: .*moodle.*first/);
    });

    it("never changes how a database sorts", async () => {
      const made = await account.make(tokens.SERVER_DATABASE, "moodle", { ...inGroup, serverName: "moodle", databaseName: "moodle", charset: "UTF8", collation: "en_US.utf8" });
      expect(account.replaced(made, { collation: "C" })).to.deep.equal([]);
      expect(await refusal(account.change(made, { collation: "C" }))).to.match(/^DatabasePropertyChangeNotAllowed: The collation of the database moodle/);
    });

    it("leaves its last backup for some days, from which it can be revived", async () => {
      await account.remove(server);
      expect(account.retained().map(({ id, retained }) => [id, retained])).to.deep.equal([[`${server.id}/backups/last`, "the last backup of moodle, kept for 5 days after its deletion; it can be revived as long"]]);
      const { location: _, ...again } = inputs;
      await account.make(tokens.SERVER, "again", { ...again, serverName: "revived", createMode: "ReviveDropped", sourceServerResourceId: server.id, pointInTimeUTC: "2026-11-29T00:00:00Z" });
    });
  });

  describe("Managed Redis", () => {
    const cacheInputs = { ...inGroup, clusterName: "sessions", sku: { name: "Balanced_B5" }, highAvailability: "Enabled", publicNetworkAccess: "Disabled" };
    const databaseInputs = { ...inGroup, clusterName: "sessions", databaseName: "default", port: 10_000, clusteringPolicy: "NoCluster", evictionPolicy: "NoEviction", accessKeysAuthentication: "Enabled" };

    it("answers on port 10000 of a name with its region, and tells its keys only where they are switched on", async () => {
      const cache = await account.make(tokens.CACHE, "sessions", cacheInputs);
      expect(cache.outputs.hostName).to.equal("sessions.westeurope.redis.azure.net");
      const database = await account.make(tokens.CACHE_DATABASE, "sessions", databaseInputs);
      const asked = { resourceGroupName: "platform", clusterName: "sessions", databaseName: "default" };
      const { primaryKey, secondaryKey } = account.invoke("azure-native:redisenterprise:listDatabaseKeys", asked);
      expect(primaryKey).to.match(/^\w{42}=$/).and.not.equal(secondaryKey);
      expect(account.invoke("azure-native:redisenterprise:listDatabaseKeys", asked).primaryKey, "asked again").to.equal(primaryKey);
      await account.change(database, { accessKeysAuthentication: "Disabled" });
      expect(() => account.invoke("azure-native:redisenterprise:listDatabaseKeys", asked)).to.throw("switched off");
    });

    it("keeps to the sizes, names and ports there are", async () => {
      expect(await refusal(account.make(tokens.CACHE, "c", { ...cacheInputs, sku: { name: "Enterprise_E10" } }))).to.contain("retires");
      expect(await refusal(account.make(tokens.CACHE, "c", { ...cacheInputs, clusterName: "a--b" }))).to.contain("clusterName");
      await account.make(tokens.CACHE, "sessions", { ...cacheInputs, sku: { name: "Balanced_B50" } });
      expect(await refusal(account.make(tokens.CACHE_DATABASE, "d", databaseInputs))).to.contain("can't be without clusters");
      expect(await refusal(account.make(tokens.CACHE_DATABASE, "d", { ...databaseInputs, databaseName: "cache" }))).to.contain("is called default");
      expect(await refusal(account.make(tokens.CACHE_DATABASE, "d", { ...databaseInputs, port: 6380 }))).to.contain("answers on port 10000");
    });

    it("grows and never shrinks, and replaces its database for the port alone", async () => {
      const cache = await account.make(tokens.CACHE, "sessions", cacheInputs);
      const database = await account.make(tokens.CACHE_DATABASE, "sessions", databaseInputs);
      expect(await refusal(account.change(cache, { sku: { name: "Balanced_B3" } }))).to.contain("down from Balanced_B5 to Balanced_B3");
      expect(await refusal(account.change(cache, { highAvailability: "Disabled" }))).to.contain("can't be switched off");
      expect(account.replaced(database, { evictionPolicy: "AllKeysLRU", clusteringPolicy: "OSSCluster" })).to.deep.equal([]);
      expect(account.replaced(database, { port: 10_001 })).to.deep.equal(["port"]);
      const clustered = await account.change(database, { clusteringPolicy: "OSSCluster" });
      expect(await refusal(account.change(clustered, { clusteringPolicy: "NoCluster" }))).to.contain("only from NoCluster");
    });
  });

  describe("storage", () => {
    const accountInputs = { ...inGroup, accountName: "moodlefiles", kind: "StorageV2", sku: { name: "Standard_ZRS" }, tags: { stack: "one", Name: "files" } };
    const inAccount = { ...inGroup, accountName: "moodlefiles" };

    it("has names of 3 to 24 letters and digits, one for the whole world", async () => {
      for (const accountName of ["ab", "Moodle", "moodle-files", "a".repeat(25)]) {
        expect(await refusal(account.make(tokens.STORAGE_ACCOUNT, "a", { ...accountInputs, accountName })), accountName).to.contain("3 to 24 lower-case letters and digits");
      }
      const made = await account.make(tokens.STORAGE_ACCOUNT, "a", accountInputs);
      expect(made.outputs.primaryEndpoints).to.deep.include({ blob: "https://moodlefiles.blob.core.windows.net/" });
      await account.make(tokens.RESOURCE_GROUP, "other", { resourceGroupName: "other" });
      expect(await refusal(account.make(tokens.STORAGE_ACCOUNT, "b", { ...accountInputs, resourceGroupName: "other" }))).to.equal("StorageAccountAlreadyTaken: The storage account named moodlefiles is already taken.");
    });

    it("changes neither kind nor family of an account", async () => {
      const made = await account.make(tokens.STORAGE_ACCOUNT, "a", accountInputs);
      expect(account.replaced(made, { kind: "FileStorage", sku: { name: "PremiumV2_ZRS" } })).to.deep.equal([]);
      expect(await refusal(account.change(made, { kind: "FileStorage", sku: { name: "PremiumV2_ZRS" } }))).to.match(/^AccountPropertyCannotBeUpdated: .*'kind'/);
      expect(account.replaced(made, { accountName: "other", isHnsEnabled: true })).to.have.members(["accountName", "isHnsEnabled"]);
    });

    it("keeps a deleted container as long as the account says, and not longer than the account", async () => {
      const made = await account.make(tokens.STORAGE_ACCOUNT, "a", accountInputs);
      await account.make(tokens.BLOB_SERVICE, "s", { ...inAccount, blobServicesName: "default", isVersioningEnabled: true, containerDeleteRetentionPolicy: { enabled: true, days: 21 } });
      const container = await account.make(tokens.CONTAINER, "c", { ...inAccount, containerName: "files" });
      expect(container.id).to.equal(`${made.id}/blobServices/default/containers/files`);
      await account.remove(container);
      expect(account.retained().map(({ retained }) => retained)).to.deep.equal(["files of moodlefiles, kept for 21 days after its deletion"]);
      await account.make(tokens.CONTAINER, "c", { ...inAccount, containerName: "files" });
      await account.remove(made);
      expect(account.retained(), "what an account kept").to.deep.equal([]);
      expect(account.live(tokens.CONTAINER), "what was in an account").to.deep.equal([]);
    });

    it("rules over former versions only where there are some", async () => {
      await account.make(tokens.STORAGE_ACCOUNT, "a", accountInputs);
      const policy = { rules: [{ name: "old", type: "Lifecycle", definition: { actions: { version: { delete: { daysAfterCreationGreaterThan: 30 } } } } }] };
      expect(await refusal(account.make(tokens.LIFECYCLE, "l", { ...inAccount, managementPolicyName: "default", policy }))).to.match(/^BlobVersioningNotEnabled/);
    });

    it("shares by NFS only from accounts for files, from 32 GiB on", async () => {
      await account.make(tokens.STORAGE_ACCOUNT, "a", accountInputs);
      const share = (accountName: string, shareQuota: number) => account.make(tokens.SHARE, accountName, { ...inGroup, accountName, shareName: "files", enabledProtocols: "NFS", rootSquash: "NoRootSquash", shareQuota });
      expect(await refusal(share("moodlefiles", 100))).to.match(/^UnsupportedProtocol/);
      await account.make(tokens.STORAGE_ACCOUNT, "f", { ...accountInputs, accountName: "shared", kind: "FileStorage", sku: { name: "PremiumV2_ZRS" } });
      expect(await refusal(share("shared", 16))).to.contain("from 32 to 262144 GiB");
      await share("shared", 32);
    });

    it("lists what carries the tags of a platform, as the resource manager does", async () => {
      const made = await account.make(tokens.STORAGE_ACCOUNT, "a", accountInputs);
      await account.make(tokens.STORAGE_ACCOUNT, "b", { ...accountInputs, accountName: "others", tags: { stack: "two" } });
      expect(holdingsOf(account.folder, { stack: "one" })).to.deep.equal([{ id: made.id, what: "Microsoft.Storage/storageAccounts", logicalName: "files", names: [made.id, made.id.replace("/resourceGroups/", "/resourcegroups/")] }]);
    });
  });

  it("gives a Premium SSD v2 only what its size can do, in a zone, and never makes it smaller", async () => {
    const inputs = { ...inGroup, diskName: "disk", sku: { name: "PremiumV2_LRS" }, creationData: { createOption: "Empty" }, diskSizeGB: 100, diskIOPSReadWrite: 4000, diskMBpsReadWrite: 200, zones: ["1"] };
    expect(await refusal(account.make(tokens.DISK, "d", { ...inputs, diskIOPSReadWrite: 60_000 }))).to.contain("from 3000 to 50000 operations");
    expect(await refusal(account.make(tokens.DISK, "d", { ...inputs, diskMBpsReadWrite: 1100 }))).to.contain("from 125 to 1000 MB");
    expect(await refusal(account.make(tokens.DISK, "d", { ...inputs, zones: [] }))).to.contain("is in one zone, and none was given");
    expect(await refusal(account.make(tokens.DISK, "d", { ...inputs, location: "westus" }))).to.match(/^AvailabilityZoneNotSupported/);
    const disk = await account.make(tokens.DISK, "d", inputs);
    expect(await refusal(account.change(disk, { diskSizeGB: 50 }))).to.match(/^OperationNotAllowed: The disk size reduction is not supported/);
    expect(await refusal(account.change(disk, { zones: ["2"] }))).to.match(/^PropertyChangeNotAllowed: .*zones/);
  });

  describe("Key Vault", () => {
    const vaultInputs = { ...inGroup, vaultName: "moodle-secrets", properties: { tenantId: SUBSCRIPTION, sku: { family: "A", name: "standard" }, enablePurgeProtection: true, softDeleteRetentionInDays: 90 } };

    it("keeps the name of a deleted vault, and what was in it", async () => {
      const vault = await account.make(tokens.VAULT, "v", vaultInputs);
      expect(vault.outputs.properties).to.deep.include({ vaultUri: "https://moodle-secrets.vault.azure.net/" });
      await account.make(tokens.SECRET, "s", { ...inGroup, vaultName: "moodle-secrets", secretName: "password", properties: { value: "x" } });
      await account.remove(vault);
      expect(await refusal(account.make(tokens.VAULT, "again", vaultInputs))).to.match(/^ConflictError: A vault with the same name already exists in deleted state/);
      expect(account.live(tokens.SECRET)).to.deep.equal([]);
      const [kept] = account.retained();
      expect(kept?.upkeep?.remove).to.contain("protected from purging");
    });

    it("keeps the name of a deleted secret", async () => {
      await account.make(tokens.VAULT, "v", vaultInputs);
      const inputs = { ...inGroup, vaultName: "moodle-secrets", secretName: "password", properties: { value: "x" } };
      await account.remove(await account.make(tokens.SECRET, "s", inputs));
      expect(await refusal(account.make(tokens.SECRET, "s", inputs))).to.contain("currently in a deleted but recoverable state");
    });

    it("has names of 24 characters at most, and protection that nobody takes back", async () => {
      expect(await refusal(account.make(tokens.VAULT, "v", { ...vaultInputs, vaultName: "a".repeat(25) }))).to.contain("3 to 24 letters");
      const vault = await account.make(tokens.VAULT, "v", vaultInputs);
      const { enablePurgeProtection: _, ...open } = vaultInputs.properties;
      expect(await refusal(account.change(vault, { properties: open }))).to.contain("irreversible");
    });
  });
});
