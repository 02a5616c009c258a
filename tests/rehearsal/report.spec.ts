import { expect } from "chai";
import { creationOrder, criticalPath, deletionOrder, type TimedOperation } from "../../rehearsal/report/criticalPath";
import { reportAsHtml } from "../../rehearsal/report/html/page";
import { reportAsJson } from "../../rehearsal/report/json";
import { lowerBound } from "../../rehearsal/report/lowerBound";
import type { RehearsalReport } from "../../rehearsal/report/report";
import { summary } from "../../rehearsal/report/summary";
import { resourceTree } from "../../rehearsal/report/tree";
import type { StateResource } from "../../rehearsal/engine/state";

const urn = (name: string) => `urn:pulumi:s::p::t::${name}`;

function operation(name: string, start: number, end: number): TimedOperation {
  return { urn: urn(name), type: "t", name, start, end };
}

function resource(name: string, needs: string[] = [], overrides: Partial<StateResource> = {}): StateResource {
  return { urn: urn(name), type: "t", custom: true, id: name, dependencies: needs.map(urn), ...overrides };
}

const names = (operations: readonly TimedOperation[]) => operations.map(({ name }) => name);

describe("the critical path", () => {
  it("leads from the last to end back over what each had to wait for longest", () => {
    const state = [resource("vpc"), resource("key"), resource("cluster", ["vpc", "key"]), resource("bucket"), resource("release", ["cluster", "bucket"])];
    const operations = [
      operation("vpc", 0, 2),
      operation("key", 0, 1),
      operation("bucket", 0, 5),
      operation("cluster", 2, 11),
      operation("release", 11, 14),
    ];

    expect(names(criticalPath(operations, creationOrder(state)))).to.deep.equal(["vpc", "cluster", "release"]);
  });

  it("sees through components and providers, which take no time", () => {
    const provider = resource("provider", ["cluster"], { type: "pulumi:providers:kubernetes" });
    const component = resource("component", [], { custom: false, parent: urn("cluster") });
    const state = [resource("cluster"), provider, component];
    const within = resource("namespace", [], { provider: `${provider.urn}::id` });
    const below = resource("child", [], { parent: component.urn });

    for (const last of [within, below]) {
      const operations = [operation("cluster", 0, 9), operation(last.urn.slice(urn("").length), 9, 10)];
      expect(names(criticalPath(operations, creationOrder([...state, last])))).to.deep.equal([names(operations)[0], names(operations)[1]]);
    }
  });

  it("follows property dependencies too", () => {
    const state = [resource("a"), resource("b", [], { propertyDependencies: { vpcId: [urn("a")], other: null } })];

    expect(names(criticalPath([operation("a", 0, 1), operation("b", 1, 2)], creationOrder(state)))).to.deep.equal(["a", "b"]);
  });

  it("of a destroy leads back over the engine's waves: to whatever ended last before", () => {
    const operations = [operation("service", 0, 2), operation("cluster", 2, 8), operation("flow log", 2, 3), operation("vpc", 8, 9)];

    expect(names(criticalPath(operations, deletionOrder(operations)))).to.deep.equal(["service", "cluster", "vpc"]);
  });

  it("is empty when nothing was done", () => {
    expect(criticalPath([], creationOrder([]))).to.deep.equal([]);
  });
});

describe("the lower bound", () => {
  const necessities = [
    { type: "subnet", needs: ["vpc"] },
    { type: "database", needs: ["subnet"] },
    { type: "release", nameEnds: "-moodle", needs: ["database"] },
    { type: "kubernetes:*", needs: ["cluster"] },
  ];
  const bound = (...resources: [type: string, name: string, minutes: number][]) =>
    lowerBound(resources.map(([type, name, minutes]) => ({ type, name, minutes })), necessities);

  it("is the longest chain that the clouds demand, whatever the program waits for", () => {
    expect(bound(["vpc", "v", 1], ["subnet", "s", 2], ["database", "d", 20], ["other", "o", 22])).to.equal(23);
    expect(bound(["vpc", "v", 1], ["subnet", "s", 2], ["database", "d", 20], ["other", "o", 24])).to.equal(24);
  });

  it("counts the quickest where one of several is enough", () => {
    expect(bound(["subnet", "slow", 9], ["subnet", "quick", 1], ["database", "d", 20])).to.equal(21);
  });

  it("tells things of one type apart by the end of their names", () => {
    expect(bound(["database", "d", 20], ["release", "p-moodle", 3])).to.equal(23);
    expect(bound(["database", "d", 20], ["release", "p-controller", 3])).to.equal(20);
  });

  it("knows rules for a whole family of types, and ignores what was not made", () => {
    expect(bound(["cluster", "c", 9], ["kubernetes:core/v1:Namespace", "n", 0.5])).to.equal(9.5);
    expect(bound(["kubernetes:core/v1:Namespace", "n", 0.5])).to.equal(0.5);
  });

  it("refuses a table that goes in a circle", () => {
    const circle = [{ type: "a", needs: ["b"] }, { type: "b", needs: ["a"] }];
    const one = (type: string) => ({ type, name: type, minutes: 1 });

    expect(() => lowerBound([one("a"), one("b")], circle)).to.throw("a needs itself: a → b");
  });
});

describe("the report", () => {
  function aReport(overrides: Partial<RehearsalReport> = {}): RehearsalReport {
    const database = { urn: urn("db"), type: "aws:rds/instance:Instance", name: "db", start: 1, end: 14 };
    return {
      command: "up",
      stack: "production",
      cloud: "aws",
      engine: { version: "3.259.0", source: "built" },
      resources: { created: 150, updated: 0, replaced: 0, deleted: 0, unchanged: 150 },
      simulatedMinutes: 14.7,
      lowerBoundMinutes: 14,
      engineSeconds: 9.5,
      criticalPath: [database],
      orphans: [],
      retained: [],
      outputs: { url: "https://moodle.example.edu", password: "[secret]", list: [1] },
      timeline: [{ ...database, op: "create", outcome: "ok", critical: true }],
      tree: [{ urn: urn("root"), type: "moodle:index:Platform", name: "root", children: [{ ...database, children: [] }] }],
      assumed: ["aws:x/y:Y"],
      idleFaults: [],
      ...overrides,
    };
  }

  it("for other programs has exactly the agreed fields", () => {
    const result = JSON.parse(reportAsJson(aReport())) as Record<string, unknown>;

    expect(Object.keys(result)).to.deep.equal([
      ...["stack", "cloud", "engine", "resources", "simulatedMinutes", "lowerBoundMinutes", "engineSeconds"],
      ...["criticalPath", "orphans", "retained", "outputs"],
    ]);
    expect(result.engine).to.deep.equal({ version: "3.259.0", source: "built" });
    expect(result.criticalPath).to.deep.equal([{ name: "db", type: "aws:rds/instance:Instance", start: 1, end: 14 }]);
  });

  it("says in its first line that the cloud is simulated, in text and page", () => {
    expect(summary(aReport()).split("\n")[0]).to.equal("Rehearsal of an update of production on a simulated AWS");
    expect(reportAsHtml(aReport({ command: "destroy" }))).to.include("<h1>Rehearsal of a destroy: production on simulated AWS</h1>");
  });

  it("of a real cluster says what its pods answered, that nothing is left or how to go on with it", () => {
    const real = "a real cluster of one node (packages)";
    const answer = { path: "/index.php", host: "moodle.example.edu", status: 200, bytes: 189 };
    const gone = aReport({ real, answer, takenAway: 34 });
    const standing = { kubeconfig: "/cluster/kubeconfig", kubectl: "/programs/kubectl", remove: "npm run cluster -- down --name rehearsal" };
    const kept = aReport({ real, answer, standing });

    expect(summary(gone)).to.include(`Rehearsal of an update of production on ${real}\n`);
    expect(summary(gone)).to.include("answer     HTTP 200 from the pods, GET /index.php of moodle.example.edu (189 bytes)");
    expect(summary(gone)).to.include("taken away 34 resources; nothing is left in the cluster").and.not.to.include("The cluster stays");
    expect(reportAsHtml(gone)).to.include("<dd>HTTP 200</dd>");
    expect(JSON.parse(reportAsJson(gone))).to.deep.include({ real, answer, takenAway: 34 });
    const waysOn = [
      "The cluster stays",
      "  export KUBECONFIG=/cluster/kubeconfig",
      "  /programs/kubectl --namespace moodle port-forward service/moodle-web 8080:80",
      "  curl -H 'Host: moodle.example.edu' -H 'X-Forwarded-Proto: https' http://127.0.0.1:8080/index.php",
      "  npm run cluster -- down --name rehearsal  # takes the cluster away",
    ];
    expect(summary(kept)).to.include(waysOn.join("\n")).and.not.to.include("taken away");
    expect((JSON.parse(reportAsJson(kept)) as RehearsalReport).standing).to.deep.equal(standing);
  });

  it("as text compares the simulated time with the bound, and lists what needs attention", () => {
    const orphan = { knownTo: "cloud" as const, provider: "aws", type: "aws:s3/bucket:Bucket", name: "b", id: "b-1" };
    const text = summary(aReport({ orphans: [orphan] }));

    expect(text).to.include("simulated  14.7 min; at least 14.0 min (1.05 times that)");
    expect(text).to.include("Orphans\n  aws:s3/bucket:Bucket b (b-1): only the cloud knows it");
    expect(text).to.include('password: "[secret]"');
    expect(summary(aReport({ idleFaults: ["fail at create 1 of aws:x/*"] }))).to.include("Faults that hit nothing\n  fail at create 1 of aws:x/*");
    expect(summary(aReport()), "none").to.include("orphans    none");
    expect(summary(aReport()), "an empty list has no heading").not.to.include("Orphans");
  });

  it("says of everything retained what it costs and how it is removed, and what all of it costs", () => {
    const snapshot = { provider: "aws", type: "aws:rds/snapshot:Snapshot", name: "db", id: "db-final", reason: "final snapshot" };
    const retained = [
      { ...snapshot, monthly: { usd: 19, why: "at most: 200 GiB x 0.095" }, remove: "aws rds delete-db-snapshot --db-snapshot-identifier db-final" },
      { ...snapshot, type: "aws:cloudwatch/logGroup:LogGroup", name: "logs", reason: "kept", monthly: { why: "0.03 for each GiB stored" }, remove: "aws logs delete-log-group" },
      { ...snapshot, type: "aws:kms/key:Key", name: "key", reason: "pending deletion", monthly: { usd: 0, why: "not billed" }, remove: "aws kms cancel-key-deletion" },
    ];
    const report = aReport({ command: "destroy", retained });
    const lines = [
      "Retained by design: 19.00 USD a month, and what is billed by the amount, by list prices",
      "  aws:rds/snapshot:Snapshot db: final snapshot",
      "    19.00 USD a month at most: 200 GiB x 0.095",
      "    aws rds delete-db-snapshot --db-snapshot-identifier db-final",
      "  aws:cloudwatch/logGroup:LogGroup logs: kept",
      "    USD a month by the amount: 0.03 for each GiB stored",
    ];

    expect(summary(report)).to.include(lines.join("\n"));
    expect(reportAsHtml(report)).to.include("<code>aws rds delete-db-snapshot --db-snapshot-identifier db-final</code>");
    expect((JSON.parse(reportAsJson(report)) as RehearsalReport).retained).to.deep.equal(retained);
  });

  it("as a page is complete in itself and lets nothing it shows become markup", () => {
    const nasty = '"><script>alert(1)</script>';
    const page = reportAsHtml(aReport({ stack: nasty, outputs: { [nasty]: nasty }, failure: nasty }));

    expect(page).not.to.include("<script");
    expect(page.match(/(src|href)=|url\(|@import/g), "references to anything outside").to.equal(null);
    expect(page).to.include("&#34;&#62;&#60;script&#62;alert(1)");
  });

  it("as a page draws each operation on the simulated clock", () => {
    const page = reportAsHtml(aReport());

    expect(page).to.match(/<tr class="critical"><th scope="row">db \(critical path\)<span class="type">aws:rds/);
    expect(page).to.include("left:7.14%;width:92.86%");
    const timeline = aReport().timeline.map((entry) => ({ ...entry, outcome: "retried" as const, critical: false }));
    expect(reportAsHtml(aReport({ timeline }))).to.include("db (refused, tried again)");
  });
});

describe("the resource tree", () => {
  it("hangs resources under their parents and leaves the engine's own out", () => {
    const state = [
      resource("stack", [], { type: "pulumi:pulumi:Stack", custom: false }),
      resource("provider", [], { type: "pulumi:providers:aws", parent: urn("stack") }),
      resource("platform", [], { custom: false, parent: urn("stack") }),
      resource("vpc", [], { parent: urn("platform") }),
    ];

    const shape = (nodes: ReturnType<typeof resourceTree>): unknown[] => nodes.map(({ name, children }) => [name, shape(children)]);
    expect(shape(resourceTree(state))).to.deep.equal([["platform", [["vpc", []]]]]);
  });
});
