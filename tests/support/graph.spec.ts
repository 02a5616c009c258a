import { expect } from "chai";
import { aGraph, aResource } from "./graph/aGraph";
import { inAmbientCluster, notEndingWithCluster, withoutClusterIdentity } from "./graph/cluster";
import { onlyInOne, withLists } from "./graph/comparison";
import { duplicateUrns, notDescendingFrom, unfinishedComponents } from "./graph/parentage";
import { broadPrivileges } from "./graph/privilege";
import { expectKept } from "./graph/promise";
import { unprotectedState } from "./graph/protection";
import { withoutReplacementTable } from "./graph/replacement";
import { secretsInClear, secretsInReadablePlaces, unmarkedSecrets } from "./graph/secrets";
import { couplingsOfDataAndCluster } from "./graph/separation";
import { Secret } from "./monitor/value";

const text = "correct horse/battery staple?";

describe("assertions over a graph", () => {
  it("report every offender in one message, and nothing when the promise is kept", () => {
    expect(() => expectKept("All is well.", ["one", "two"])).to.throw("All is well.\nbroken by:\n  - one\n  - two");
    expect(() => expectKept("All is well.", [])).not.to.throw();
  });

  describe("parentage", () => {
    const platform = aResource("moodle:index:MoodlePlatform", "m", { custom: false });
    const child = aResource("aws:ec2/vpc:Vpc", "vpc", { parent: platform.urn });
    const grandchild = aResource("aws:ec2/subnet:Subnet", "a", { parent: child.urn });

    it("finds what does not descend from the platform", () => {
      const stray = aResource("aws:ec2/vpc:Vpc", "stray", { source: { file: "index.ts", line: 3, column: 1 } });

      expect(notDescendingFrom(aGraph([platform, child, grandchild]), platform.type)).to.deep.equal([]);
      expect(notDescendingFrom(aGraph([platform, child, stray]), platform.type)).to.deep.equal(["aws:ec2/vpc:Vpc stray (index.ts:3)"]);
    });

    it("fails when there is no platform at all", () => {
      expect(notDescendingFrom(aGraph([]), platform.type)).to.deep.equal(["the program created no moodle:index:MoodlePlatform"]);
    });

    it("finds a URN that occurs twice", () => {
      expect(duplicateUrns(aGraph([platform, child]))).to.deep.equal([]);
      expect(duplicateUrns(aGraph([platform, child, child]))).to.deep.equal([child.urn]);
    });

    it("finds components that never registered outputs", () => {
      expect(unfinishedComponents(aGraph([platform, child]))).to.deep.equal([]);
      expect(unfinishedComponents(aGraph([{ ...platform, outputsRegistered: false }]))).to.deep.equal(["moodle:index:MoodlePlatform m"]);
    });

  });

  describe("the cluster", () => {
    const cluster = aResource("aws:eks/cluster:Cluster", "eks");
    const provider = aResource("pulumi:providers:kubernetes", "k8s", { inputs: { clusterIdentifier: "one" } });
    const namespace = aResource("kubernetes:core/v1:Namespace", "moodle", { provider: provider.urn, deletedWith: cluster.urn });
    const balancer = aResource("kubernetes:core/v1:Service", "lb", { provider: provider.urn, inputs: { spec: { type: "LoadBalancer" } } });
    const good = aGraph([cluster, provider, namespace, balancer]);

    it("is the one that every Kubernetes resource names", () => {
      expect(inAmbientCluster(good)).to.deep.equal([]);
      expect(inAmbientCluster(aGraph([{ ...namespace, provider: undefined }]))).to.deep.equal(["kubernetes:core/v1:Namespace moodle"]);
    });

    it("has an identity of its own in its provider", () => {
      expect(withoutClusterIdentity(good)).to.deep.equal([]);
      expect(withoutClusterIdentity(aGraph([{ ...provider, inputs: {} }]))).to.deep.equal(["pulumi:providers:kubernetes k8s"]);
    });

    it("takes along what lives in it, but not a load balancer of the cloud", () => {
      expect(notEndingWithCluster(good)).to.deep.equal([]);
      expect(notEndingWithCluster(aGraph([{ ...namespace, deletedWith: undefined }, { ...balancer, deletedWith: cluster.urn }]))).to.deep.equal([
        "kubernetes:core/v1:Namespace moodle has no deletedWith",
        "kubernetes:core/v1:Service lb owns a load balancer and must be deleted itself",
      ]);
    });
  });

  describe("secrets", () => {
    const planted = [{ origin: "result of the password", text }];
    const leakOf = (inputs: string) => secretsInClear(aGraph([aResource("a:b:C", "leak", { inputs: { note: inputs } })], { planted }));

    it("may stand where they are marked", () => {
      const marked = aResource("a:b:C", "good", { inputs: { deep: [{ password: new Secret(text) }] }, outputs: { all: new Secret({ text }) } });

      expect(secretsInClear(aGraph([marked], { planted, outputs: { password: new Secret(text) } }))).to.deep.equal([]);
    });

    for (const [form, leaked] of Object.entries({
      "as they are": `postgres://moodle:${text}@host`,
      "in base64": Buffer.from(text).toString("base64"),
      "in base64, one character in": Buffer.from(`:${text}`).toString("base64"),
      "in base64, two characters in and with more behind": Buffer.from(`a:${text} and more`).toString("base64"),
      "in base64 for URLs": Buffer.from(text).toString("base64url"),
      "in hexadecimal": Buffer.from(text).toString("hex"),
      "in a URL": `https://example.edu/?p=${encodeURIComponent(text)}`,
    })) {
      it(`are found ${form}`, () => {
        expect(leakOf(leaked)).to.deep.equal(["result of the password is readable in note in the inputs of a:b:C leak"]);
      });
    }

    it("are found in ids, names, function arguments, stack outputs and the log", () => {
      const graph = aGraph([aResource("a:b:C", "by-id", { id: text }), aResource("a:b:C", text, { id: undefined })], {
        planted,
        outputs: { url: `x${text}` },
        invokes: [{ token: "a:b:f", args: { key: text }, result: {} }],
        diagnostics: [{ severity: "info", message: `connecting with ${text}`, urn: undefined }],
      });

      expect(secretsInClear(graph)).to.have.length(5);
    });

    it("must have been planted, or the search proves nothing", () => {
      expect(secretsInClear(aGraph([]))).to.have.length(1);
    });

    it("are expected behind properties that are named like one", () => {
      const bad = { masterPassword: "x", nested: [{ authToken: "x" }], kubeconfig: "clusters: []" };
      const good = { masterPassword: new Secret("x"), passwordLength: 3, manageMasterUserPassword: true, password: "", secretName: "x" };

      expect(unmarkedSecrets(aGraph([aResource("a:b:C", "good", { inputs: good })]))).to.deep.equal([]);
      expect(unmarkedSecrets(aGraph([aResource("a:b:C", "bad", { inputs: bad })], { outputs: { adminPassword: "x" } }))).to.deep.equal([
        "inputs.masterPassword of a:b:C bad",
        "inputs.nested[0].authToken of a:b:C bad",
        "inputs.kubeconfig of a:b:C bad",
        "stack outputs.adminPassword",
      ]);
    });

    it("may not stand in release values or ConfigMaps, marked or not", () => {
      const release = aResource("kubernetes:helm.sh/v3:Release", "moodle", { inputs: { values: { db: { pass: new Secret("x") } } } });
      const map = aResource("kubernetes:core/v1:ConfigMap", "env", { inputs: { data: new Secret({ A: "b" }) } });
      const secret = aResource("kubernetes:core/v1:Secret", "env", { inputs: { stringData: new Secret({ A: "b" }) } });

      expect(secretsInReadablePlaces(aGraph([secret]))).to.deep.equal([]);
      expect(secretsInReadablePlaces(aGraph([release, map, secret]))).to.deep.equal([
        "values.db.pass of kubernetes:helm.sh/v3:Release moodle",
        "data of kubernetes:core/v1:ConfigMap env",
      ]);
    });
  });

  it("find unprotected state, and a program without any", () => {
    const database = aResource("aws:rds/instance:Instance", "db");
    const applicationCache = aResource("aws:elasticache/replicationGroup:ReplicationGroup", "m-application-cache");
    const sessionCache = aResource("aws:elasticache/replicationGroup:ReplicationGroup", "m-session-cache");

    expect(unprotectedState(aGraph([{ ...database, protect: true }, applicationCache]))).to.deep.equal([]);
    expect(unprotectedState(aGraph([database, applicationCache, sessionCache]))).to.deep.equal([
      "aws:rds/instance:Instance db: the database",
      "aws:elasticache/replicationGroup:ReplicationGroup m-session-cache: a cache that holds sessions",
    ]);
    expect(unprotectedState(aGraph([]))).to.deep.equal(["the program created nothing stateful, so nothing was checked"]);
  });

  it("find what holds state without a table of what replaces it", () => {
    const key = aResource("aws:kms/key:Key", "data");
    const strange = aResource("aws:qldb/ledger:Ledger", "ledger", { protect: true });

    expect(withoutReplacementTable(aGraph([key]))).to.deep.equal([]);
    expect(withoutReplacementTable(aGraph([key, strange, { ...strange, protect: false }]))).to.deep.equal(["aws:qldb/ledger:Ledger: no table in rehearsal/clouds"]);
    expect(withoutReplacementTable(aGraph([]))).to.deep.equal(["the program created nothing stateful, so nothing was checked"]);
  });

  describe("privileges", () => {
    const found = (...resources: Parameters<typeof aGraph>[0][number][]) => broadPrivileges(aGraph(resources)).map(({ what }) => what);

    it("are broad in a policy by a wildcard, and by a bucket that is another's", () => {
      const bucket = aResource("aws:s3/bucket:Bucket", "objects", { outputs: { arn: "arn:aws:s3:::objects" } });
      const policy = (name: string, Action: string, Resource: string, Effect = "Allow") =>
        aResource("aws:iam/rolePolicy:RolePolicy", name, { inputs: { policy: JSON.stringify({ Statement: [{ Effect, Action, Resource }] }) } });

      expect(found(bucket, policy("m-workload", "s3:GetObject", "arn:aws:s3:::objects/*"))).to.deep.equal([]);
      expect(found(bucket, policy("m-other", "s3:*", "arn:aws:s3:::objects"))).to.deep.equal(["s3:* of any kind"]);
      expect(found(bucket, policy("m-other", "s3:GetObject", "*"))).to.deep.equal(["s3:GetObject on *"]);
      expect(found(bucket, policy("m-other", "s3:GetObject", "arn:aws:s3:::*"))).to.deep.equal(["s3:GetObject on arn:aws:s3:::*"]);
      expect(found(bucket, policy("m-other", "s3:*", "*", "Deny"))).to.deep.equal([]);
      expect(found(bucket, policy("m-workload", "s3:GetObject", "arn:aws:s3:::another/1"))).to.deep.equal(["the workload on arn:aws:s3:::another/1"]);
      expect(found(aResource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "admin", { inputs: { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" } }))).to.deep.equal([
        "the policy AdministratorAccess",
      ]);
    });

    it("are broad in an assignment by its role, by its scope, and by what is not the container of the files", () => {
      const group = "/subscriptions/s/resourceGroups/g";
      const account = `${group}/providers/Microsoft.Storage/storageAccounts/a`;
      const workload = aResource("azure-native:managedidentity:UserAssignedIdentity", "m-workload", { outputs: { principalId: "pods" } });
      const assigned = (role: string, scope: string, principalId = "somebody") =>
        found(workload, aResource("azure-native:authorization:RoleAssignment", "a", { inputs: { roleDefinitionId: `/roleDefinitions/${role}`, scope, principalId } }));

      expect(assigned("reader", group)).to.deep.equal([]);
      expect(assigned("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", group)).to.deep.equal([`Owner on ${group}`]);
      expect(assigned("reader", "/subscriptions/s")).to.deep.equal(["the role reader on a whole subscription"]);
      expect(assigned("writer", `${account}/blobServices/default/containers/c`, "pods")).to.deep.equal([]);
      expect(assigned("writer", account, "pods")).to.deep.equal([`the role writer of the workload on ${account}`]);
      expect(assigned("db58b8e5-c6ad-4a2a-8342-4190687cbf4a", account, "pods")).to.deep.equal(["Storage Blob Delegator of the workload on a storage account"]);
    });

    it("are broad in a binding by its role, by everybody, and by what is not the bucket of the files", () => {
      const workload = aResource("gcp:serviceaccount/account:Account", "m-objects", { outputs: { email: "pods@example" } });
      const bound = (type: string, role: string, member: string) => found(workload, aResource(`gcp:${type}`, "b", { inputs: { role, member } }));

      expect(bound("storage/bucketIAMMember:BucketIAMMember", "roles/storage.objectUser", "serviceAccount:pods@example")).to.deep.equal([]);
      expect(bound("projects/iAMMember:IAMMember", "roles/editor", "user:a@example")).to.deep.equal(["roles/editor on a whole project"]);
      expect(bound("storage/bucketIAMMember:BucketIAMMember", "roles/storage.objectUser", "allUsers")).to.deep.equal(["roles/storage.objectUser to allUsers"]);
      expect(bound("projects/iAMMember:IAMMember", "roles/storage.objectUser", "serviceAccount:pods@example")).to.deep.equal([
        "roles/storage.objectUser of the workload by gcp:projects/iAMMember:IAMMember",
      ]);
    });
  });

  it("find the way by which data waits for the cluster, or the cluster for data", () => {
    const vpc = aResource("aws:ec2/vpc:Vpc", "vpc");
    const cluster = aResource("aws:eks/cluster:Cluster", "eks", { dependencies: [vpc.urn] });
    const role = aResource("aws:iam/role:Role", "pods", { propertyDependencies: { assumeRolePolicy: [cluster.urn] } });
    const bucket = aResource("aws:s3/bucket:Bucket", "files", { dependencies: [vpc.urn] });
    const rule = aResource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "r", { dependencies: [cluster.urn, bucket.urn] });

    expect(couplingsOfDataAndCluster(aGraph([vpc, cluster, role, bucket, rule]))).to.deep.equal([]);
    expect(couplingsOfDataAndCluster(aGraph([vpc, cluster, role, { ...bucket, dependencies: [role.urn] }]))).to.deep.equal([
      "aws:s3/bucket:Bucket files waits for aws:iam/role:Role pods waits for aws:eks/cluster:Cluster eks",
    ]);
    expect(couplingsOfDataAndCluster(aGraph([vpc, { ...cluster, parent: bucket.urn }, bucket]))).to.deep.equal([
      "aws:eks/cluster:Cluster eks waits for aws:s3/bucket:Bucket files",
    ]);
    expect(couplingsOfDataAndCluster(aGraph([vpc]))).to.have.length(1);
  });

  it("tell two runs apart by their URNs", () => {
    const [one, two] = [aResource("a:b:C", "one"), aResource("a:b:C", "two")];

    expect(onlyInOne({ name: "here", graph: aGraph([one, two]) }, { name: "there", graph: aGraph([two, one]) })).to.deep.equal([]);
    expect(onlyInOne({ name: "here", graph: aGraph([one]) }, { name: "there", graph: aGraph([two]) })).to.deep.equal([
      `only here: ${one.urn}`,
      `only there: ${two.urn}`,
    ]);
  });

  it("change every list of a config", () => {
    const config = { list: [1, 2], deep: { lists: [["a", "b"], ["c"]] }, text: "x" };

    expect(withLists(config, (list) => list.reverse())).to.deep.equal({ list: [2, 1], deep: { lists: [["c"], ["b", "a"]] }, text: "x" });
  });
});
