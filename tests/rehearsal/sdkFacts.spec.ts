import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

import { sdkFacts, SdkFormatError, sdkVersion } from "../../rehearsal/provider/sdkFacts";

const packages = path.join(__dirname, "..", "..", "node_modules", "@pulumi");

/** Every resource type of an installed SDK, found by its own marker. */
function typesOf(provider: string): readonly string[] {
  const files = readdirSync(path.join(packages, provider), { recursive: true, encoding: "utf8" });
  const code = files.filter((file) => file.endsWith(".js")).map((file) => readFileSync(path.join(packages, provider, file), "utf8"));
  const found = code.flatMap((text) => [...text.matchAll(/static __pulumiType = '([^':]+:[^']+)'/g)].map((match) => match[1] ?? ""));
  return [...new Set(found)];
}

describe("facts from the installed SDKs", () => {
  // helm.sh/v3:Chart is an old component written by hand, not a resource of the provider.
  const written = ["kubernetes:helm.sh/v3:Chart"];

  for (const [provider, least] of [
    ["aws", 1700],
    ["gcp", 1300],
    ["random", 10],
    ["kubernetes", 500],
  ] as const) {
    it(`can be read for every type of ${provider}`, () => {
      const types = typesOf(provider).filter((type) => !written.includes(type));
      expect(types.length).to.be.at.least(least);
      for (const type of types) {
        const facts = sdkFacts(type);
        expect(facts, `${type} is not found`).to.not.equal(undefined);
        const named = (facts?.inputs.size ?? 0) + (facts?.outputOnly.length ?? 0);
        expect(facts?.outputs.size === 0, `${type}: outputs are declared exactly where the constructor fills any in`).to.equal(named === 0);
        for (const name of facts?.required ?? []) expect(facts?.inputs.has(name), `${type} requires ${name}, which must be an input`).to.equal(true);
        for (const name of facts?.outputOnly ?? []) expect(facts?.outputs.has(name), `${type}.${name} must be declared`).to.equal(true);
      }
    });
  }

  it("tell required inputs, outputs, secrets and their forms", () => {
    const facts = sdkFacts("aws:rds/instance:Instance");
    expect(facts?.required).to.deep.equal(["instanceClass"]);
    expect(facts?.outputOnly).to.include.members(["arn", "endpoint", "address", "resourceId"]);
    expect(facts?.secretOutputs).to.deep.equal(["password", "passwordWo"]);
    expect(facts?.secretInputs).to.deep.equal(["password", "passwordWo"]);
    expect(facts?.outputs.get("port")).to.deep.equal({ kind: "number", optional: false });
    expect(facts?.outputs.get("tags")).to.deep.equal({ kind: "map", optional: true });
    expect(facts?.outputs.get("multiAz")).to.deep.equal({ kind: "boolean", optional: false });
    expect(facts?.outputs.get("enabledCloudwatchLogsExports")).to.deep.equal({ kind: "list", optional: true });
    expect(sdkFacts("kubernetes:networking.k8s.io/v1:NetworkPolicy")?.inputs).to.include.members(["metadata", "spec"]);
    expect(sdkFacts("aws:s3/bucket:Bucket")?.aliases).to.include("aws:s3/bucketV2:BucketV2");
  });

  it("know nothing of types that do not exist", () => {
    for (const type of ["aws:rds/instance:Instanze", "aws:rds/nothing:Nothing", "nonsense", "kubernetes:example.org/v1:Thing"]) {
      expect(sdkFacts(type), type).to.equal(undefined);
    }
  });

  it("give the version the engine will ask for", () => {
    expect(sdkVersion("aws")).to.equal("7.48.0");
  });

  it("have an error that says what the reader expected", () => {
    expect(new SdkFormatError("x.js", "a constructor that fills resourceInputs").message).to.equal(
      "x.js: expected a constructor that fills resourceInputs. The generated SDK has another form than the rehearsal can read.",
    );
  });
});
