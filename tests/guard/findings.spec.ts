import { expect } from "chai";
import { guardFindings } from "../../guard/findings";
import type { Holding } from "../../providers/contract";
import { aResource, anExport } from "./anExport";

const database: Holding = {
  id: "cloud:database/moodle-database-1a2b3c4",
  what: "Cloud::Database",
  logicalName: "moodle-database",
  names: ["cloud:database/moodle-database-1a2b3c4"],
};

describe("the guard's findings", () => {
  it("are none where state and cloud agree", () => {
    expect(guardFindings(anExport([aResource()]), [database], "test")).to.deep.equal([]);
  });

  it("are none before the first update and after a destroy", () => {
    expect(guardFindings(JSON.stringify({ version: 3, deployment: {} }), [], "test")).to.deep.equal([]);
    expect(guardFindings(JSON.stringify({ version: 3, deployment: { resources: null, pending_operations: null } }), [], "test")).to.deep.equal([]);
  });

  it("name a create that a killed engine left, and refuse", () => {
    const pending = { type: "creating", resource: aResource({ id: undefined, outputs: {} }) };

    expect(guardFindings(anExport([], [pending]), [], "test")).to.deep.equal([
      {
        kind: "pending create",
        refuses: true,
        type: "cloud:store:Database",
        name: "moodle-database",
        meaning: "The engine died while it created this: it may exist without the state knowing. An up creates another one.",
        remedy: ["pulumi refresh --stack test --clear-pending-creates", "npm run guard -- --stack test"],
        runbook: "docs/runbooks/pending-creates.md",
      },
    ]);
  });

  it("refuse whatever else was going on, by its name", () => {
    const kinds = ["updating", "deleting", "reading", "importing", "dancing"].map((type) => {
      const [finding] = guardFindings(anExport([], [{ type, resource: aResource() }]), [], "test");
      return [finding?.kind, finding?.refuses, finding?.remedy];
    });

    expect(kinds).to.deep.equal(
      ["pending update", "pending delete", "pending read", "pending import", "pending operation"].map((kind) => [kind, true, ["pulumi refresh --stack test"]]),
    );
  });

  it("name what the cloud holds and the state does not know, by its logical name where that is written on it", () => {
    const second = { ...database, id: "cloud:database/moodle-database-9z8y7x6", names: ["cloud:database/moodle-database-9z8y7x6"] };
    const nameless = { id: "cloud:disk/1", what: "Cloud::Disk", names: ["cloud:disk/1", "disk-1"] };

    const found = guardFindings(anExport([aResource()]), [database, second, nameless], "test");

    expect(found.map(({ kind, refuses, type, name, id, runbook }) => ({ kind, refuses, type, name, id, runbook }))).to.deep.equal([
      {
        kind: "unknown to the state",
        refuses: true,
        type: "Cloud::Database",
        name: "moodle-database",
        id: "cloud:database/moodle-database-9z8y7x6",
        runbook: "docs/runbooks/provider-died.md",
      },
      { kind: "unknown to the state", refuses: true, type: "Cloud::Disk", name: "cloud:disk/1", id: "cloud:disk/1", runbook: "docs/runbooks/provider-died.md" },
    ]);
  });

  it("know a thing by any of its names: an id, or what the cloud answered", () => {
    const byId = { ...database, names: ["something else", "moodle-database-1a2b3c4"] };

    expect(guardFindings(anExport([aResource()]), [byId, database], "test")).to.deep.equal([]);
  });

  it("do not take a thing for known because another is made with it", () => {
    const role = { id: "role/of-the-database", what: "Cloud::Role", names: ["role/of-the-database"] };

    expect(guardFindings(anExport([aResource()]), [role], "test").map(({ id }) => id)).to.deep.equal(["role/of-the-database"]);
  });

  it("know what a replacement has still to delete, and what is being deleted", () => {
    const old = aResource({ delete: true });

    expect(guardFindings(anExport([old]), [database], "test").map(({ kind }) => kind)).to.deep.equal(["still to be deleted"]);
    expect(guardFindings(anExport([], [{ type: "deleting", resource: aResource() }]), [database], "test").map(({ kind }) => kind)).to.deep.equal(["pending delete"]);
  });

  it("only tell what the next update finishes, after what refuses", () => {
    const replaced = aResource({ pendingReplacement: true });
    const unready = aResource({ initErrors: ["the password is hunter2"] });
    const release = aResource({ type: "kubernetes:helm.sh/v3:Release", initErrors: ["timed out"] });

    const found = guardFindings(anExport([replaced, unready, release], [{ type: "creating", resource: aResource() }]), [], "test");

    expect(found.map(({ kind, refuses, runbook }) => [kind, refuses, runbook])).to.deep.equal([
      ["pending create", true, "docs/runbooks/pending-creates.md"],
      ["still to be replaced", false, "docs/runbooks/half-replaced.md"],
      ["not ready", false, "docs/runbooks/partial-creates.md"],
      ["release not ready", false, "docs/runbooks/release-not-ready.md"],
    ]);
    expect(JSON.stringify(found), "a reason may quote a value").to.not.contain("hunter2");
  });

  it("are refused for a text that is no export, without quoting it", () => {
    expect(() => guardFindings("hunter2", [], "test")).to.throw(/^The text is not what `pulumi stack export` prints: it is not JSON/);
    expect(() => guardFindings('{"password":"hunter2"}', [], "test")).to.throw(/it has no "deployment"/);
    expect(() => guardFindings("null", [], "test")).to.throw(/it has no "deployment"/);
  });
});
