import { expect } from "chai";
import { refusal, render, type Scenario, type Values } from "./rendering";

interface Refusal {
  readonly what: string;
  readonly scenario: Scenario;
  readonly changes: Values;
  /** Parts of Helm's complaint. */
  readonly message: readonly string[];
}

/** Refused by values.schema.json: one value is enough to be wrong. */
const bySchema: readonly Refusal[] = [
  refused("an unknown key", "minimal", { webb: {} }, "additional properties 'webb' not allowed"),
  refused("an unknown key inside", "minimal", { web: { replica: 3 } }, "at '/web'", "additional properties 'replica' not allowed"),
  refused("the image tag latest", "minimal", { image: { tag: "latest" } }, "at '/image/tag'", "'not' failed"),
  refused("a digest that is none", "minimal", { image: { digest: "sha256:12" } }, "at '/image/digest'"),
  refused("no image", "minimal", { image: { repository: null } }, "at '/image'", "missing property 'repository'"),
  refused("no host name", "minimal", { site: { hostname: null } }, "at '/site'", "missing property 'hostname'"),
  refused("a host name with a scheme", "minimal", { site: { hostname: "https://moodle.example.edu" } }, "at '/site/hostname'"),
  refused("no database host", "minimal", { database: { host: null } }, "at '/database'", "missing property 'host'"),
  refused("a cache host with a scheme, on which Moodle stops", "minimal", { sessionCache: { host: "tls://redis" } }, "at '/sessionCache/host'"),
  refused("no database password", "minimal", { secrets: { databasePassword: null } }, "missing property 'databasePassword'"),
  refused("no encryption key, which the first pod would make up", "minimal", { secrets: { encryptionKey: null } }, "missing property 'encryptionKey'"),
  refused("a secret in place of its name", "minimal", { secrets: { databasePassword: "letmein" } }, "at '/secrets/databasePassword'", "want object"),
  refused("Moodle 5.2.0, which cannot reach an object store", "objectfs", { moodle: { version: "5.2.0" } }, "at '/moodle/version'"),
  refused("Moodle 5.2.1, likewise", "objectfs", { moodle: { version: "5.2.1" } }, "at '/moodle/version'"),
  refused("a Moodle line without a point release", "minimal", { moodle: { version: "5.2" } }, "at '/moodle/version'"),
  refused("an unknown file mode", "minimal", { files: { mode: "nfs" } }, "at '/files/mode'", "'objectfs', 'shared', 'block'"),
  refused("an object prefix that would run into file names", "objectfs", { files: { objectStore: { prefix: "site" } } }, "at '/files/objectStore/prefix'"),
  refused("TLS that verifies nothing", "minimal", { database: { tls: { verify: "none" } } }, "at '/database/tls/verify'", "'full', 'ca'"),
  refused("an empty list of authorities", "minimal", { database: { tls: { ca: [] } } }, "at '/database/tls/ca'"),
  refused("a private key among authorities", "minimal", { database: { tls: { ca: ["-----BEGIN PRIVATE KEY-----"] } } }, "at '/database/tls/ca"),
  refused("no pods at all", "minimal", { web: { replicas: 0 } }, "at '/web/replicas'", "minimum: got 0, want 1"),
  refused("a number as text", "minimal", { web: { replicas: "2" } }, "at '/web/replicas'", "got string, want integer"),
  refused("an egress without a reason", "minimal", { network: { requiredEgress: [{ cidr: "10.0.0.0/8", port: 5432, protocol: "TCP" }] } }, "missing property 'reason'"),
  refused("an address that is no range", "minimal", { web: { trustedProxies: ["10.0.0.1"] } }, "at '/web/trustedProxies/0'"),
  refused("a default taken away", "minimal", { web: { drainSeconds: null } }, "at '/web'", "missing property 'drainSeconds'"),
  refused("root", "minimal", { runAs: { user: 0 } }, "at '/runAs/user'", "minimum: got 0, want 1,000"),
];

/** Refused by the templates, in our own words: two values contradict each other. */
const byChecks: readonly Refusal[] = [
  refused("neither digest nor tag", "minimal", { image: { tag: "" } }, "image: a digest or a tag is needed"),
  refused("no volume", "minimal", { files: { volume: { existingClaim: "" } } }, "exactly one of existingClaim, csi, nfs and local must be given, not none"),
  refused("two volumes", "objectfs", { files: { volume: { existingClaim: "files" } } }, "must be given, not existingClaim and csi"),
  refused("mount options for somebody else's volume", "minimal", { files: { volume: { mountOptions: ["nolock"] } } }, "mountOptions and nodeAffinity belong to a volume the chart makes"),
  refused("a local folder on no node", "minimal", { files: { volume: { existingClaim: "", local: { path: "/srv" } } } }, "a local folder is on one node; name it"),
  refused("objectfs without an object store", "objectfs", { files: { objectStore: null } }, "files.objectStore: needed in the mode objectfs"),
  refused("an object store nobody uses", "objectfs", { files: { mode: "shared" } }, "files.objectStore: not used in the mode shared"),
  refused("s3 without a region", "objectfs", { files: { objectStore: { region: "" } } }, "files.objectStore.region: needed by the protocol s3"),
  refused("s3 with an account", "objectfs", { files: { objectStore: { account: "a" } } }, "files.objectStore.account: not known to the protocol s3"),
  refused("s3 with a minted token", "objectfs", { files: { objectStore: { credentials: { kind: "mintedToken" } } } }, "the protocol s3 knows workloadIdentity and accessKey", "minter: needed for a mintedToken"),
  refused("a minter without use", "objectfs", { files: { objectStore: { credentials: { minter: { command: ["x"] } } } } }, "minter: not used with workloadIdentity"),
  refused("blob without an account", "everything", { files: { objectStore: { account: "" } } }, "files.objectStore.account: needed by the protocol blob"),
  refused("blob at another address", "everything", { files: { objectStore: { endpoint: "https://objects.example.edu" } } }, "for the protocol blob knows https://exampleaccount.blob.core.windows.net only"),
  refused("blob with an identity", "everything", { files: { objectStore: { credentials: { kind: "workloadIdentity", minter: null } } } }, "takes a mintedToken only, not workloadIdentity"),
  refused("blob with signed addresses", "everything", { files: { objectStore: { presignedDownloads: true } } }, "cannot sign addresses"),
  refused("an access key without keys", "objectfs", { files: { objectStore: { credentials: { kind: "accessKey" } } } }, "objectStoreAccessKeyId and objectStoreSecretAccessKey are needed"),
  refused("half an access key", "objectfs", { secrets: { objectStoreAccessKeyId: { name: "moodle", key: "id" } } }, "are only used with files.objectStore.credentials.kind: accessKey"),
  refused("two pods on one disk", "block", { web: { replicas: 2 } }, "web.replicas: 2 pods cannot share the disk of the mode block; set it to 1, or use files.mode: objectfs"),
  refused("autoscaling on one disk", "block", { web: { autoscaling: { enabled: true } } }, "web.autoscaling.enabled: the disk of the mode block allows one pod"),
  refused("two cron runners on one disk", "block", { cron: { replicas: 2 } }, "cron.replicas: in the mode block", "set it to 1 or 0, not 2"),
  refused("two ad-hoc runners on one disk", "block", { adhoc: { replicas: 3 } }, "adhoc.replicas: in the mode block", "set it to 1 or 0, not 3"),
  refused("a root Job on one disk", "block", { files: { volume: { prepare: "rootJob" } } }, "a rootJob would be a second pod on the disk"),
  refused("an export as a disk", "block", { files: { volume: { csi: null, nfs: { server: "files", path: "/" } } } }, "files.volume.nfs: the mode block wants a disk"),
  refused("two caches that overwrite each other", "minimal", { applicationCache: { prefix: "session-" } }, "applicationCache.prefix: on one server the two caches need different prefixes"),
  refused("a session cache user without password", "minimal", { sessionCache: { user: "u" } }, "secrets.sessionCachePassword: needed"),
  refused("an application cache user without password", "minimal", { applicationCache: { user: "u" } }, "secrets.applicationCachePassword: needed"),
  refused("a mail user without password", "everything", { secrets: { mailPassword: null } }, "secrets.mailPassword: needed because mail.user is given"),
  refused("a mail password without user", "everything", { mail: { user: "" } }, "mail.user: needed because secrets.mailPassword is given"),
  refused("policies that shut out the database", "objectfs", { network: { requiredEgress: [] } }, "network.requiredEgress: empty, so that pods could not even reach the database"),
  refused("policies that shut out everybody", "objectfs", { network: { ingressFrom: [] } }, "network.ingressFrom: empty, so that nobody could reach the site"),
  refused("an egress to nowhere", "objectfs", { network: { requiredEgress: [{ port: 5432, protocol: "TCP", reason: "database" }] } }, "network.requiredEgress[0]: exactly one of cidr and namespace"),
  refused("an egress to two places", "objectfs", { network: { requiredEgress: [{ cidr: "10.0.0.0/8", namespace: "data", port: 5432, protocol: "TCP", reason: "database" }] } }, "network.requiredEgress[0]: exactly one of cidr and namespace"),
  refused("labels of an address range", "objectfs", { network: { requiredEgress: [{ cidr: "10.0.0.0/8", podLabels: {}, port: 5432, protocol: "TCP", reason: "database" }] } }, "network.requiredEgress[0].podLabels: belong to a namespace"),
  refused("policies that shut out Prometheus", "everything", { monitoring: { scrapeFrom: [] } }, "monitoring.scrapeFrom: empty, so that Prometheus could not reach the pods"),
  refused("fewer pods at most than at least", "objectfs", { web: { autoscaling: { maxReplicas: 2 } } }, "minReplicas 3 is more than maxReplicas 2"),
  refused("no time to end", "minimal", { web: { drainSeconds: 60, terminationGraceSeconds: 60 } }, "60 leaves running requests no time after drainSeconds 60"),
  refused("no space for an upload", "minimal", { web: { uploadLimitMiB: 4096 } }, "4 cannot hold one upload of 4096 MiB twice"),
  refused("more workers than memory", "minimal", { web: { php: { workers: 64 } } }, "2560 is too little for 64 workers, which need at least 4516"),
  refused("a secret among the forced settings", "minimal", { moodle: { settings: { smtppass: "letmein" } } }, "moodle.settings.smtppass: holds a secret"),
  refused("a secret among a plugin's", "minimal", { moodle: { pluginSettings: { tool_objectfs: { s3_secret: "letmein" } } } }, "moodle.pluginSettings.tool_objectfs.s3_secret: holds a secret"),
  refused("a label the chart finds its pods by", "minimal", { podLabels: { "app.kubernetes.io/name": "x" } }, "podLabels: app.kubernetes.io/name is set by the chart"),
];

describe("values that cannot be right", () => {
  for (const { what, scenario, changes, message } of [...bySchema, ...byChecks]) {
    it(`are refused: ${what}`, async () => {
      const complaint = await refusal(scenario, changes);

      for (const part of message) expect(complaint).to.contain(part);
      expect(complaint, "a refused secret is repeated").to.not.contain("letmein");
    });
  }

  it("are refused with all their reasons at once", async () => {
    const complaint = await refusal("block", { web: { replicas: 2, uploadLimitMiB: 8192 }, network: { ingressFrom: [] }, adhoc: { replicas: 2 } });

    expect(complaint.split("\n").filter((line) => line.startsWith("- ")).map((line) => line.split(":")[0])).to.deep.equal([
      "- web.replicas",
      "- adhoc.replicas",
      "- network.ingressFrom",
      "- web.localStorage.temporaryGiB",
    ]);
  });

  it("do not include plugin settings that only sound like secrets", async () => {
    const harmless = { tool_objectfs: { sizethreshold: 0, tokenexpirywarnperiod: 1 }, auth_manual: { expiration: 1 }, enrol_self: { requirepassword: true } };

    expect(await render("minimal", { moodle: { pluginSettings: harmless } })).to.have.length.greaterThan(0);
  });

  it("do not include what Helm adds when the chart is a dependency", async () => {
    expect(await render("minimal", { global: { anything: true } })).to.deep.equal(await render("minimal"));
  });
});

function refused(what: string, scenario: Scenario, changes: Values, ...message: string[]): Refusal {
  return { what, scenario, changes, message };
}
