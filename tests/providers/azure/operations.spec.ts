import { expect } from "chai";
import { resolved } from "../../support/recording";
import { windowOf } from "../../../providers/azure/logAlarm";
import { retentionDays } from "../../../providers/azure/podLogs";
import { aDisk, aLargePlan, aSmallPlan, built, type Built } from "./built";

interface Criteria {
  readonly allOf: readonly Record<string, unknown>[];
}

describe("Azure operations", () => {
  let large: Built;
  before(async () => (large = await built(aLargePlan())));
  const only = (type: string, name: string) => {
    const [first, ...others] = (large.inputs(type, name)["criteria"] as Criteria).allOf;
    expect(others).to.deep.equal([]);
    return first;
  };

  describe("alarms", () => {
    it("say that the database's storage or connections are short", () => {
      expect(only("monitor:MetricAlert", "-databaseStorage")).to.include({ metricName: "storage_free", operator: "LessThan", threshold: 10 * 1024 ** 3 });
      expect(only("monitor:MetricAlert", "-databaseConnections")).to.include({ metricName: "active_connections", operator: "GreaterThan", threshold: 1374 });
    });

    it("hear what pods log, by its namespace and event", () => {
      expect(only("monitor:ScheduledQueryRule", "-failedJob")).to.include({
        query:
          'ContainerLogV2 | where PodNamespace == "moodle" | extend line = parse_json(tostring(LogMessage)) | where tostring(line.event) == "release.failed"',
        operator: "GreaterThan",
        threshold: 0,
      });
      expect(only("monitor:ScheduledQueryRule", "-cronAge")).to.include({ operator: "LessThan", threshold: 1 });
      expect(only("monitor:ScheduledQueryRule", "-certificateExpiry")?.["query"]).to.match(/ \| where todouble\(line\.daysLeft\) < 14$/);
      expect(large.inputs("monitor:ScheduledQueryRule", "-cronAge")["windowSize"]).to.equal("PT10M");
    });

    it("tell everybody once, in whatever order they are named", () => {
      const told = large.inputs("monitor:ActionGroup")["emailReceivers"] as { emailAddress: string }[];
      expect(told.map(({ emailAddress }) => emailAddress)).to.deep.equal(["duty@example.edu", "operators@example.edu"]);
    });

    it("look back as long as asked at least", () => {
      expect((["1 min", "5 min", "6 min", "50 min", "1 h", "5 h", "7 h", "1 d", "2 d"] as const).map(windowOf)).to.deep.equal([
        "PT5M", "PT5M", "PT10M", "PT1H", "PT1H", "PT5H", "P1D", "P1D", "P2D",
      ]);
    });
  });

  describe("logs", () => {
    it("are kept as long as asked, and for a month at least", () => {
      expect(large.inputs("operationalinsights:Workspace")).to.include({ retentionInDays: 80 });
      expect((["1 d", "30 d", "31 d", "365 d"] as const).map(retentionDays)).to.deep.equal([30, 30, 31, 365]);
    });

    it("come from containers by the cluster's agent, from the API and from the database", async () => {
      expect(large.inputs("monitor:DataCollectionRuleAssociation")).to.include({ associationName: "ContainerInsightsExtension" });
      const sources = large.resources.filter(({ type }) => type === "azure-native:monitor:DiagnosticSetting").map(({ inputs }) => String(inputs["resourceUri"]).split("/").pop());
      expect(sources).to.have.members(["site-cluster", "site-database"]);
      expect(await resolved(large.foundation.observability.podLogs)).to.equal("site-logs-name");
    });
  });

  describe("backups", () => {
    interface Policy {
      readonly datasourceTypes: readonly string[];
      readonly policyRules: readonly [
        { trigger: { schedule: { repeatingTimeIntervals: string[] } }; backupParameters: { backupType: string } },
        { lifecycles: { deleteAfter: { duration: string } }[] },
      ];
    }
    const policies = ({ resources }: Built) =>
      resources
        .filter(({ type }) => type === "azure-native:dataprotection:BackupPolicy")
        .map(({ inputs }) => {
          const { datasourceTypes, policyRules } = inputs["properties"] as Policy;
          const [backup, keep] = policyRules;
          return [...datasourceTypes, backup.backupParameters.backupType, ...backup.trigger.schedule.repeatingTimeIntervals, keep.lifecycles[0]?.deleteAfter.duration];
        });

    it("are made of database and objects, in a vault over all zones from which nothing is gone at once", () => {
      expect(policies(large)).to.deep.equal([
        ["Microsoft.DBforPostgreSQL/flexibleServers", "Full", "R/2026-01-04T00:00:00+00:00/P1W", "P14D"],
        ["Microsoft.Storage/storageAccounts/blobServices", "Discrete", "R/2026-01-04T00:00:00+00:00/P1D", "P14D"],
      ]);
      expect(large.inputs("dataprotection:BackupVault")["properties"]).to.deep.equal({
        storageSettings: [{ datastoreType: "VaultStore", type: "ZoneRedundant" }],
        securitySettings: { softDeleteSettings: { state: "On", retentionDurationInDays: 14 } },
      });
    });

    it("are made of the disk where there is one", async () => {
      const small = await built(aSmallPlan({ blockDisk: aDisk, sharedFiles: undefined }));
      expect(policies(small).map(([type, kind]) => `${type} ${kind}`)).to.deep.equal(["Microsoft.DBforPostgreSQL/flexibleServers Full", "Microsoft.Compute/disks Incremental"]);
    });

    it("begin once the vault may", () => {
      const granted = large.the("authorization:RoleAssignment", "-backup-database-databaseBackup").urn;
      expect(large.the("dataprotection:BackupInstance", "-backup-database").dependencies).to.include(granted);
    });
  });

  describe("locks", () => {
    it("keep Azure from deleting what holds data, and go first", () => {
      expect(large.names("authorization:ManagementLockByScope")).to.deep.equal(["site-database", "site-files", "site-objects"]);
      const account = large.the("authorization:ManagementLockByScope", "-objects");
      expect(account.inputs).to.include({ level: "CanNotDelete" });
      expect(account.dependencies).to.include(large.the("storage:BlobContainer").urn);
      expect(account.protect, "a protected lock could not be taken away").to.equal(false);
    });

    it("are gone where somebody consented to the loss", async () => {
      const { names } = await built(aLargePlan({ unprotected: ["database"] }));
      expect(names("authorization:ManagementLockByScope")).to.deep.equal(["site-files", "site-objects"]);
    });
  });

  describe("secrets", () => {
    it("have copies in a vault that is reached from where the cluster is, and keeps what is deleted", () => {
      expect(large.inputs("keyvault:Vault")["properties"]).to.deep.include({
        enableRbacAuthorization: true,
        enablePurgeProtection: true,
        softDeleteRetentionInDays: 90,
        networkAcls: { defaultAction: "Deny", bypass: "AzureServices", ipRules: [{ value: "192.0.2.0/24" }] },
      });
      expect(large.names("keyvault:Secret")).to.deep.equal([
        "site-secret-applicationCachePassword",
        "site-secret-cronPassword",
        "site-secret-databasePassword",
        "site-secret-sessionCachePassword",
      ]);
      for (const name of large.names("keyvault:Secret")) expect(large.the("keyvault:Secret", name).secretInputs).to.deep.equal(["properties"]);
    });
  });

  it("puts the platform's tags on everything that takes them", () => {
    const untaggable = /RoleAssignment|ManagementLock|Subnet$|PrivateDnsZoneGroup|FederatedIdentityCredential|dbforpostgresql:(Database|Configuration)|redisenterprise:Database|storage:(Blob|File|ManagementPolicy)|MaintenanceConfiguration|DiagnosticSetting|DataCollectionRuleAssociation|BackupPolicy/;
    const bare = large.resources.filter(({ type, inputs }) => type.startsWith("azure-native:") && !untaggable.test(type) && (inputs["tags"] as Record<string, string> | undefined)?.["stack"] !== "production");
    expect(bare.map(({ urn }) => urn)).to.deep.equal([]);
  });
});
