import { expect } from "chai";
import { ConfigError } from "../../../components/config/configError";
import { statefulResources, type StatefulResource } from "../../../components/config/groups/dataLoss";
import type { Problem } from "../../../components/config/problem";
import { settledFrom, type Settled } from "../../../components/config/settled";
import { aStack } from "../../support/builders";
import { loadStack, type StackConfig } from "../../support/stackConfig";

/** A snapshot is only taken with what it was written with. */
const snapshot = {
  "moodle:database": { restoreFrom: "a-snapshot" },
  "moodle:encryptionKey": { secure: "k".repeat(32) },
  "moodle:passwordPeppers": { secure: JSON.stringify({ 1: "p".repeat(32) }) },
};
const { "moodle:database": _, ...writtenWith } = snapshot;

/** What a stack holds on to that was built with some keys. */
function built(overrides: StackConfig = {}, resources: readonly StatefulResource[] = statefulResources): Settled {
  return { values: loadStack(aStack(overrides)).settled, resources };
}

/** What is said when a stack that was built with some keys is given others. */
function said(settled: Settled, overrides: StackConfig): readonly Problem[] {
  try {
    loadStack(aStack(overrides), settled);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const keys = (problems: readonly Problem[]) => problems.map(({ key }) => key);

function consents(...resources: readonly StatefulResource[]): StackConfig {
  return { "moodle:allowDataLoss": resources.map((resource) => ({ resource, until: "2026-12-01", reason: "moved to another stack" })) };
}

describe("a live stack", () => {
  it("is content with what it was built with", () => {
    const config = { ...snapshot, "moodle:network": { zones: 2 } };

    expect(said(built(config), config)).to.deep.equal([]);
  });

  it("refuses by name what would cost it its data, and says what it has, why, and the ways out", () => {
    expect(said(built(), { "moodle:network": { range: "10.128.0.0/16" } })).to.deep.equal([
      {
        key: "moodle:network.range",
        message: 'is now "10.128.0.0/16"; this stack has "10.64.0.0/16" and keeps it: the network and all that lives in it would be replaced',
        remedy:
          "pulumi config set --path 'moodle:network.range' '10.64.0.0/16', or restore into a new stack; if all of it may be lost, " +
          `moodle:allowDataLoss needs ${statefulResources.join(", ")}`,
      },
    ]);
  });

  it("refuses another region", () => {
    const [problem, ...others] = said(built(), { "aws:region": "eu-west-1" });

    expect(others).to.deep.equal([]);
    expect(problem?.message).to.equal('is now "eu-west-1"; this stack has "eu-central-1" and keeps it: everything would be built anew elsewhere');
    expect(problem?.remedy).to.match(/^pulumi config set aws:region 'eu-central-1', or /);
  });

  it("refuses another account where one was named, and lets one be named", () => {
    const onGcp = { "moodle:cloud": "gcp", "gcp:region": "europe-west3" };
    const named = (project: string) => ({ ...onGcp, "gcp:project": project });

    expect(said(built(named("one")), named("other")).map(({ key, message }) => `${key} ${message}`)).to.deep.equal([
      'gcp:project is now "other"; this stack has "one" and keeps it: everything would be built anew elsewhere',
    ]);
    expect(keys(said(built(named("one")), onGcp))).to.deep.equal(["gcp:project"]);
    expect(said(built(onGcp), named("one"))).to.deep.equal([]);
  });

  it("refuses on one cloud what another does in place", () => {
    const without = { "moodle:environment": "staging", "moodle:cache": { highAvailability: false } };
    const withReplica = { "moodle:environment": "staging", "moodle:cache": { highAvailability: true } };
    const onGcp = { "moodle:cloud": "gcp", "gcp:region": "europe-west3" };

    expect(said(built(without), withReplica)).to.deep.equal([]);
    expect(keys(said(built({ ...onGcp, ...without }), { ...onGcp, ...withReplica }))).to.deep.equal(["moodle:cache.highAvailability"]);
    expect(said(built({ ...onGcp, ...without }), { ...onGcp, ...withReplica, ...consents("sessionCache", "applicationCache") })).to.deep.equal([]);
  });

  it("lets an address of a server change, and does not give up a server of its own for one", () => {
    const onCluster = (host?: string) => ({ "moodle:cloud": "existing", "moodle:existing": { database: { host } } });
    const brought = statefulResources.filter((resource) => resource !== "database");

    expect(said(built(onCluster("one.example.edu"), brought), onCluster("other.example.edu"))).to.deep.equal([]);
    expect(keys(said(built(onCluster()), onCluster("one.example.edu")))).to.deep.equal(["moodle:existing.database.host"]);
  });

  it("refuses a snapshot that it did not come from, and to forget the one it came from", () => {
    expect(said(built(writtenWith), snapshot).map(({ message }) => message)).to.deep.equal([
      'is now "a-snapshot"; this stack has none and keeps it: a live database is never replaced by a snapshot; use a new stack',
    ]);
    expect(said(built(snapshot), writtenWith).map(({ message }) => message)).to.deep.equal([
      'is now none; this stack has "a-snapshot" and keeps it: a live database is never replaced by a snapshot; use a new stack',
    ]);
  });

  it("does not shrink what cannot shrink, and lets it grow", () => {
    const settled = built({ "moodle:database": { storage: "200 GiB" } });

    expect(said(settled, { "moodle:database": { storage: "0.25 TiB" } })).to.deep.equal([]);
    expect(said(settled, { "moodle:database": { storage: "199 GiB" } })).to.deep.equal([
      {
        key: "moodle:database.storage",
        message: 'is now "199 GiB"; this stack has "200 GiB", which can only grow',
        remedy: "pulumi config set --path 'moodle:database.storage' '200 GiB'",
      },
    ]);
  });

  it("takes no version back", () => {
    const settled = built({ "moodle:cluster": { version: "1.35", deployers: ["one"] }, "moodle:database": { version: "17" } });

    const problems = said(settled, { "moodle:cluster": { version: "1.34", deployers: ["one"] }, "moodle:database": { version: "16" } });

    expect(problems.map(({ key, message }) => `${key} ${message}`)).to.deep.equal([
      'moodle:database.version is now "16"; this stack has "17", and there is no way back',
      'moodle:cluster.version is now "1.34"; this stack has "1.35", and there is no way back',
    ]);
  });

  it("compares versions by their numbers", () => {
    const version = (text: string) => ({ "moodle:application": { version: text } });

    expect(keys(said(built(version("5.1.9")), version("5.1.10")))).to.deep.equal([]);
    expect(keys(said(built(version("5.1.10")), version("5.1.9")))).to.deep.equal(["moodle:application.version"]);
  });

  it("takes one minor version of Kubernetes at a time", () => {
    const version = (text: string) => ({ "moodle:cluster": { version: text, deployers: ["one"] } });

    expect(keys(said(built(version("1.34")), version("1.35")))).to.deep.equal([]);
    expect(said(built(version("1.34")), version("1.36"))).to.deep.equal([
      {
        key: "moodle:cluster.version",
        message: 'is now "1.36"; this stack has "1.34", and goes up one minor version at a time',
        remedy: "pulumi config set --path 'moodle:cluster.version' '1.35'",
      },
    ]);
  });

  it("lets go of a value once somebody consented to lose all that it would cost, and not before", () => {
    const settled = built({}, ["database", "sessionCache", "backups", "keys", "network"]);
    const elsewhere = { "moodle:network": { range: "10.128.0.0/16" } };

    expect(said(settled, { ...elsewhere, ...consents(...settled.resources) })).to.deep.equal([]);
    const [problem] = said(settled, { ...elsewhere, ...consents("database", "sessionCache", "keys") });
    expect(problem?.remedy).to.match(/moodle:allowDataLoss needs backups, network$/);
  });

  it("has no way back by consent where there is none", () => {
    expect(keys(said(built(), { ...consents("database"), "moodle:database": { version: "16" } }))).to.deep.equal(["moodle:database.version"]);
  });

  it("holds on to nothing of what it does not have", () => {
    const disk = (size: string) => ({ "moodle:files": { mode: "objectfs", disk: { size } } });

    expect(keys(said(built(disk("100 GiB"), ["database", "objectStore"]), disk("50 GiB")))).to.deep.equal([]);
    expect(keys(said(built(disk("100 GiB"), ["database", "blockDisk"]), disk("50 GiB")))).to.deep.equal(["moodle:files.disk.size"]);
  });

  it("does not give up a cache of its own, and takes one", () => {
    const cache = (separate: boolean) => ({ "moodle:environment": "staging", "moodle:cache": { separate } });

    expect(keys(said(built(cache(false), ["database", "sessionCache"]), cache(true)))).to.deep.equal([]);
    expect(keys(said(built(cache(true)), cache(false)))).to.deep.equal(["moodle:cache.separate"]);
    expect(keys(said(built(cache(true)), { ...cache(false), ...consents("applicationCache") }))).to.deep.equal([]);
  });

  it("refuses another key than its data was written with, and shows neither", () => {
    const secrets = (key: string) => ({ "moodle:encryptionKey": { secure: key } });
    const settled = built(secrets("a".repeat(32)));

    const [problem, ...others] = said(settled, secrets("b".repeat(32)));

    expect(others).to.deep.equal([]);
    expect(problem?.key).to.equal("moodle:encryptionKey");
    expect(problem?.message).to.match(/^is now "fingerprint [0-9a-f]{12}"; this stack has "fingerprint [0-9a-f]{12}" and keeps it: what was written with it could not be read any more$/);
    expect(keys(said(settled, {})), "without it").to.deep.equal(["moodle:encryptionKey"]);
    expect(JSON.stringify(settled)).not.to.contain("a".repeat(32));
  });

  it("names the environment, and not the defaults that follow it", () => {
    expect(keys(said(built(), { "moodle:environment": "staging" }))).to.deep.equal(["moodle:environment"]);
  });

  it("that does not remember a key holds on to the others", () => {
    const { "moodle:network.range": _range, ...values } = built().values;

    const problems = said({ values, resources: statefulResources }, { "moodle:network": { range: "10.128.0.0/16", zones: 2 } });

    expect(keys(problems)).to.deep.equal(["moodle:network.zones"]);
  });

  it("names what it refuses together with every other mistake", () => {
    const problems = said(built(), { "moodle:network": { range: "10.128.0.0/16" }, "moodle:concurrentUsers": 1 });

    expect(keys(problems)).to.have.members(["moodle:network.range", "moodle:concurrentUsers"]);
  });

  it("refuses to go on when what it holds on to cannot be read: nothing would then be refused", () => {
    expect(settledFrom(undefined)).to.equal(undefined);
    expect(settledFrom(built())).to.deep.equal(built());
    expect(() => settledFrom({ values: { "moodle:cloud": ["aws"] }, resources: ["student work"] }))
      .to.throw(ConfigError)
      .with.property("message")
      .that.matches(/the stack's output settled: cannot be read, so what this stack holds on to is not known: values\.moodle:cloud: .+; resources\.0: .+\n +use the version of this program that last updated the stack/);
  });

  it("refuses what it cannot compare with what it has", () => {
    const { values, resources } = built();

    expect(said({ values: { ...values, "moodle:database.storage": "plenty", "moodle:cluster.version": true }, resources }, {}).map(({ message }) => message)).to.deep.equal([
      'is now "100 GiB"; this stack has "plenty", with which it cannot be compared',
      'is now "1.35"; this stack has true, with which it cannot be compared',
    ]);
  });
});
