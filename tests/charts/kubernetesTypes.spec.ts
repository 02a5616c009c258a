import * as path from "node:path";
import { expect } from "chai";
import ts from "typescript";
import type { KubernetesObject } from "./objects";
import { render, scenarios } from "./rendering";

// The SDK's types are generated from the API's own specification, of the Kubernetes it was released for. They know every field and which are
// needed, not the range of a value; and nothing of other projects' kinds, which are looked at elsewhere.
const moduleOf: Readonly<Record<string, string>> = {
  "v1": "core.v1",
  "apps/v1": "apps.v1",
  "autoscaling/v2": "autoscaling.v2",
  "batch/v1": "batch.v1",
  "networking.k8s.io/v1": "networking.v1",
  "policy/v1": "policy.v1",
};
const ofOtherProjects = ["gateway.networking.k8s.io/v1", "monitoring.coreos.com/v1"];

describe("the chart's objects, as Kubernetes' own types see them", function () {
  // The compiler reads three megabytes of declarations once.
  this.timeout(120_000);

  it("have no field that the API does not know, none of a wrong type, and all that it needs", async () => {
    const objects = (await Promise.all(scenarios.map((scenario) => render(scenario)))).flat();
    const known = objects.filter(({ apiVersion }) => !ofOtherProjects.includes(apiVersion));

    expect(known.length).to.be.greaterThan(60);
    expect(complaints(known)).to.deep.equal([]);
  });

  it("would be found out: an unknown field, a missing one and a wrong type", async () => {
    const [web] = (await render("minimal")).filter(({ metadata, kind }) => kind === "Deployment" && metadata.name === "moodle-web");
    if (web === undefined) throw new Error("there is no web Deployment");
    const { selector, ...withoutSelector } = web.spec;

    const broken = [
      { ...web, spec: { ...web.spec, replica: 3 } },
      { ...web, spec: withoutSelector },
      { ...web, spec: { ...web.spec, replicas: "three" } },
      JSON.parse(JSON.stringify(web).replace('"livenessProbe"', '"livelinessProbe"')) as KubernetesObject,
    ];

    expect(selector).to.be.an("object");
    const [unknown, missing, wrong, deeper, ...others] = complaints(broken);
    expect(unknown).to.contain(`'"replica"' does not exist`);
    expect(missing).to.contain("'selector' is missing");
    expect(wrong).to.contain("'string' is not assignable to type");
    expect(deeper).to.contain("livelinessProbe");
    expect(others).to.deep.equal([]);
  });
});

function complaints(objects: readonly KubernetesObject[]): string[] {
  const file = path.join(__dirname, "rendered.ts");
  const host = ts.createCompilerHost(options);
  const readFromDisk = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => (name === file ? ts.createSourceFile(name, sourceOf(objects), ts.ScriptTarget.ES2023) : readFromDisk(name, ...rest));
  const program = ts.createProgram([file], options, host);
  const source = program.getSourceFile(file);
  return [...program.getGlobalDiagnostics(), ...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "),
  );
}

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
};

function sourceOf(objects: readonly KubernetesObject[]): string {
  const declarations = objects.map((one, index) => {
    const module = moduleOf[one.apiVersion];
    if (module === undefined) throw new Error(`${one.kind} ${one.metadata.name}: no type is known for ${one.apiVersion}`);
    return `const object${index}: ${module}.${one.kind} = ${JSON.stringify(one)};`;
  });
  return ['import type { apps, autoscaling, batch, core, networking, policy } from "@pulumi/kubernetes/types/input";', ...declarations].join("\n");
}
