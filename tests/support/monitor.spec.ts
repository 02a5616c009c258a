import { expect } from "chai";
import * as path from "node:path";
import { ofType, type ProgramGraph, theResource } from "./monitor/graph";
import { ProgramError, type ProgramRun, runProgram } from "./monitor/program";
import { type InvokeAnswer, SdkSimulation } from "./monitor/sdkSimulation";
import { Secret, unknown } from "./monitor/value";

const root = path.join(__dirname, "fixtures", "platform");
const platformUrn = "urn:pulumi:dev::fixture::fixture:index:Platform::p";
const identity: Record<string, InvokeAnswer> = {
  "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012", arn: "arn:simulated", userId: "me", id: "me" },
};

function run(overrides: Partial<ProgramRun> = {}, config: Record<string, unknown> = {}): Promise<ProgramGraph> {
  return runProgram({
    root,
    stack: "dev",
    mode: "update",
    config: { "fixture:zones": ["a", "b"], ...config },
    simulation: new SdkSimulation({ "aws:rds/instance:Instance": { address: "database.example.edu" } }, identity),
    ...overrides,
  });
}

async function failureOf(fault: string, overrides: Partial<ProgramRun> = {}): Promise<ProgramError> {
  try {
    await run(overrides, { "fixture:fault": fault });
  } catch (error) {
    if (error instanceof ProgramError) return error;
    throw error;
  }
  throw new Error(`the program with the fault "${fault}" did not fail`);
}

describe("the in-process monitor", () => {
  let updated: ProgramGraph;
  let previewed: ProgramGraph;
  before(async () => {
    [updated, previewed] = await Promise.all([run({ secretConfig: { "fixture:token": "a-token-in-config" } }), run({ mode: "preview" })]);
  });

  it("receives a secret as a secret: without feature number 0 the SDK would send it in clear", () => {
    const keepers = theResource(updated, "random:index/randomPassword:RandomPassword", "with-token").inputs["keepers"];

    expect(keepers).to.deep.equal({ token: new Secret("a-token-in-config") });
  });

  it("gives URNs with the types of all ancestors", () => {
    expect(theResource(updated, "aws:s3/bucket:Bucket").urn).to.equal(
      "urn:pulumi:dev::fixture::fixture:index:Platform$fixture:index:Storage$aws:s3/bucket:Bucket::p-storage-files",
    );
  });

  it("records every option of a resource", () => {
    const database = theResource(updated, "aws:rds/instance:Instance");
    const [vpc, provider] = [theResource(updated, "aws:ec2/vpc:Vpc"), theResource(updated, "pulumi:providers:aws")];

    expect(database).to.deep.include({
      parent: platformUrn,
      custom: true,
      provider: provider.urn,
      protect: true,
      retainOnDelete: true,
      deleteBeforeReplace: false,
      ignoreChanges: ["engineVersion"],
      replaceOnChanges: ["dbName"],
      customTimeouts: { create: "40m" },
      aliases: [{ name: "old-database", parent: platformUrn }],
      hooks: { beforeCreate: ["announce"] },
    });
    expect(database.dependencies).to.include(vpc.urn);
    expect(database.propertyDependencies["password"]).to.deep.equal([
      theResource(updated, "random:index/randomPassword:RandomPassword", "p-password").urn,
    ]);
    expect(theResource(updated, "aws:ec2/subnet:Subnet", "p-a").deletedWith).to.equal(vpc.urn);
    expect(theResource(updated, "aws:ec2/subnet:Subnet", "p-a").deleteBeforeReplace, "an option that was not set").to.equal(undefined);
    expect(theResource(updated, "fixture:index:Storage").providers).to.deep.equal({ aws: provider.urn });
  });

  it("says in which file and line a resource was created", () => {
    const source = theResource(updated, "aws:rds/instance:Instance").source;

    expect(source?.file).to.equal("index.ts");
    expect(source?.line).to.be.greaterThan(1);
  });

  it("runs the transforms that the program registered", () => {
    expect(theResource(updated, "aws:ec2/vpc:Vpc").inputs["tags"]).to.deep.equal({ stamped: "yes" });
  });

  it("runs hooks, and takes their failure for the resource's", async () => {
    const failure = await failureOf("hook");

    expect(failure.message).to.include('beforeCreate hook "refuse" failed');
  });

  it("leaves outputs and ids unknown in a preview", () => {
    const database = theResource(previewed, "aws:rds/instance:Instance");

    expect(database.inputs["password"]).to.deep.equal(unknown);
    expect(previewed.outputs["address"]).to.deep.equal(unknown);
    expect(previewed.resources.map(({ id }) => id).filter((id) => id !== undefined)).to.deep.equal([]);
  });

  it("answers every output in an update, and keeps what is secret", () => {
    const password = updated.outputs["password"];

    expect(password).to.be.instanceOf(Secret);
    expect(updated.outputs).to.deep.include({ greeting: "host database.example.edu", unset: "nothing" });
    expect(theResource(updated, "aws:rds/instance:Instance").inputs["password"]).to.deep.equal(password);
    expect(updated.planted.map(({ origin }) => origin)).to.include.members([
      "config fixture:token",
      "result of random:index/randomPassword:RandomPassword p-password",
    ]);
  });

  it("records function calls", () => {
    expect(updated.invokes.map(({ token }) => token)).to.deep.equal(Object.keys(identity));
  });

  it("records what a component registers as its outputs", () => {
    expect(ofType(updated, "fixture:index:Platform").map(({ outputs, outputsRegistered }) => [outputs, outputsRegistered])).to.deep.equal([
      [{ address: "database.example.edu" }, true],
    ]);
  });

  it("gives the same answers in every run", async () => {
    const again = await run({ secretConfig: { "fixture:token": "a-token-in-config" } });

    const sorted = (graph: ProgramGraph) => [...graph.resources].sort((one, other) => one.urn.localeCompare(other.urn));
    expect(sorted(again)).to.deep.equal(sorted(updated));
  });

  const faults = {
    duplicate: "Duplicate resource URN 'urn:pulumi:dev::fixture::random:index/randomPassword:RandomPassword::twin'",
    parent: "could not find parent resource urn:pulumi:dev::fixture::a:b:C::nobody",
    provider: "unknown provider 'urn:pulumi:dev::fixture::pulumi:providers:random::nobody'",
    dependency: "could not find dependency resource urn:pulumi:dev::fixture::a:b:C::nobody",
    function: "the function aws:index/getRegion:getRegion was called and has no canned answer",
    remote: "is a remote component",
    exception: "the program threw this",
  };
  it("fails the run of a program that does what an engine refuses, and says what", async () => {
    const failures = await Promise.all(Object.keys(faults).map(async (fault) => [fault, (await failureOf(fault)).message] as const));

    for (const [fault, message] of failures) expect(message, fault).to.include(faults[fault as keyof typeof faults]);
    expect(Object.fromEntries(failures)["exception"], "file and line of the program's error").to.match(/fixtures\/platform\/faults\.ts:\d+/);
  });

  it("ends a program that does not end", async () => {
    expect((await failureOf("endless", { timeoutSeconds: 6 })).message).to.include("still running after 6 s");
  });
});
