import * as path from "node:path";
import ts from "typescript";

/** What every Kubernetes object has. */
export interface TypedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

// The SDK's types are generated from the API's own specification, those of other projects' kinds from what these publish.
// They know every field and which are needed, not the range of a value.
const kubernetes = (module: string) => (kind: string) => `import("@pulumi/kubernetes/types/input").${module}.${kind}`;
const published = (module: string) => (kind: string) =>
  `import("@kubernetes-models/${module}", { with: { "resolution-mode": "import" } }).I${kind}`;

const typeOf: Readonly<Record<string, (kind: string) => string>> = {
  "v1": kubernetes("core.v1"),
  "apps/v1": kubernetes("apps.v1"),
  "autoscaling/v2": kubernetes("autoscaling.v2"),
  "batch/v1": kubernetes("batch.v1"),
  "networking.k8s.io/v1": kubernetes("networking.v1"),
  "policy/v1": kubernetes("policy.v1"),
  "gateway.networking.k8s.io/v1": published("gateway-api/gateway.networking.k8s.io/v1"),
  "gateway.envoyproxy.io/v1alpha1": published("envoy-gateway/gateway.envoyproxy.io/v1alpha1"),
  "cert-manager.io/v1": published("cert-manager/cert-manager.io/v1"),
  "monitoring.coreos.com/v1": published("prometheus-operator/monitoring.coreos.com/v1"),
};

/**
 * What the published types of objects say against them: a field they do not know, one of a wrong type, one that is missing.
 *
 * @throws when an object's kind is of a group nobody's types are known of
 */
export function complaintsOf(objects: readonly TypedObject[]): string[] {
  const file = path.join(__dirname, "objects.generated.ts");
  const host = ts.createCompilerHost(options);
  const readFromDisk = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, sourceOf(objects), ts.ScriptTarget.ES2023) : readFromDisk(name, ...rest);
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

function sourceOf(objects: readonly TypedObject[]): string {
  const declarations = objects.map((one, index) => {
    const type = typeOf[one.apiVersion];
    if (type === undefined) throw new Error(`${one.kind} ${one.metadata.name}: no type is known for ${one.apiVersion}`);
    return `const object${index}: ${type(one.kind)} = ${JSON.stringify(one)};`;
  });
  return ["export {};", ...declarations].join("\n");
}
