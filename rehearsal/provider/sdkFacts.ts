import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

/** The form of one output, as the SDK declares it. */
export interface OutputFact {
  readonly kind: "string" | "number" | "boolean" | "list" | "map" | "any";
  /** True when the SDK declares that it may be absent. An optional input without this is filled in by the cloud. */
  readonly optional: boolean;
}

/** What the installed SDK says of one resource type. */
export interface TypeFacts {
  readonly type: string;
  readonly inputs: ReadonlySet<string>;
  readonly required: readonly string[];
  /** Properties that can't be given, only read. */
  readonly outputOnly: readonly string[];
  /** Every output, the inputs among them. */
  readonly outputs: ReadonlyMap<string, OutputFact>;
  readonly secretInputs: readonly string[];
  readonly secretOutputs: readonly string[];
  /** Earlier tokens of this type. */
  readonly aliases: readonly string[];
  /** True for types that take any input name (custom resources of Kubernetes). Default false. */
  readonly open?: boolean;
}

/** The generated file does not have the form this reader knows: the SDK changed. */
export class SdkFormatError extends Error {
  constructor(file: string, expected: string) {
    super(`${file}: expected ${expected}. The generated SDK has another form than the rehearsal can read.`);
    this.name = "SdkFormatError";
  }
}

const known = new Map<string, TypeFacts | undefined>();

/**
 * Facts of a type token such as `aws:ec2/subnet:Subnet`, read from the two generated files of that one class;
 * `undefined` when the installed SDK has no such type.
 *
 * @throws SdkFormatError when the file is there and can't be understood.
 */
export function sdkFacts(type: string): TypeFacts | undefined {
  if (!known.has(type)) known.set(type, read(type));
  return known.get(type);
}

/** The version of the installed SDK of a provider, `7.48.0`. */
export function sdkVersion(provider: string): string {
  const file = path.join(sdkFolder(provider), "package.json");
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return version.replace(/^v/, "");
}

function read(type: string): TypeFacts | undefined {
  const file = moduleFile(type);
  if (file === undefined) return undefined;
  const code = readIfThere(`${file}.js`);
  if (code === undefined || !code.includes(`static __pulumiType = '${type}';`)) return undefined;
  return { type, ...readCode(code, `${file}.js`), outputs: readDeclarations(`${file}.d.ts`) };
}

function readCode(code: string, file: string): Omit<TypeFacts, "type" | "outputs"> {
  const assignments = inputAssignments(code, file);
  const outputOnly = assignments.filter(([, value]) => value === "undefined /*out*/").map(([name]) => name);
  const given = assignments.filter(([, value]) => value !== "undefined /*out*/");
  return {
    inputs: new Set(given.map(([name]) => name)),
    outputOnly,
    required: [...code.matchAll(/Missing required property '([^']+)'/g)].map((match) => match[1] ?? ""),
    secretInputs: given.filter(([, value]) => value.includes("pulumi.secret(")).map(([name]) => name),
    secretOutputs: quoted(/additionalSecretOutputs: \[([^\]]*)\]/.exec(code)?.[1] ?? ""),
    aliases: [...(/const aliasOpts = \{ aliases: \[(.*)\] \};/.exec(code)?.[1] ?? "").matchAll(/type: "([^"]+)"/g)].map(
      (match) => match[1] ?? "",
    ),
  };
}

// A class either takes state or arguments in one parameter (`else` holds the arguments), or arguments alone.
function inputAssignments(code: string, file: string): readonly (readonly [name: string, value: string])[] {
  const body = code.slice(code.lastIndexOf("    constructor("));
  const block =
    /const args = argsOrState;\n([\s\S]*?)^ {8}\}/m.exec(body)?.[1] ??
    /\n {8}if \(!opts\.id\) \{\n([\s\S]*?)\n {8}\}/.exec(body)?.[1] ??
    /\n {8}\{\n([\s\S]*?)\n {8}\}/.exec(body)?.[1];
  if (block === undefined) throw new SdkFormatError(file, "a constructor that fills resourceInputs");
  const assignments = [...block.matchAll(/^ {12}resourceInputs\["([^"]+)"\] = (.*);$/gm)];
  const mentions = block.split('resourceInputs["').length - 1;
  if (assignments.length !== mentions) throw new SdkFormatError(file, "one line for each entry of resourceInputs");
  return assignments.map((match) => [match[1] ?? "", match[2] ?? ""] as const);
}

function readDeclarations(file: string): ReadonlyMap<string, OutputFact> {
  const declarations = readIfThere(file);
  if (declarations === undefined) throw new SdkFormatError(file, "declarations beside the generated code");
  const found = [...declarations.matchAll(/^ {4}readonly (\w+): pulumi\.Output<([\s\S]*?)>;$/gm)];
  return new Map(found.map((match) => [match[1] ?? "", outputFact((match[2] ?? "").trim())]));
}

function outputFact(declared: string): OutputFact {
  const optional = declared.endsWith("| undefined");
  const bare = optional ? declared.slice(0, declared.lastIndexOf("|")).trim() : declared;
  return { optional, kind: kindOf(bare) };
}

function kindOf(declared: string): OutputFact["kind"] {
  if (declared.endsWith("[]")) return "list";
  if (declared.startsWith("{") || declared.startsWith("outputs.")) return "map";
  if (declared === "number" || declared === "boolean") return declared;
  return declared === "any" ? "any" : "string";
}

// `aws:ec2/subnet:Subnet` is ec2/subnet.js; `azure-native:storage:StorageAccount` is storage/storageAccount.js;
// `kubernetes:networking.k8s.io/v1:Ingress` is networking/v1/ingress.js.
function moduleFile(type: string): string | undefined {
  const [provider = "", module = "", name = ""] = type.split(":");
  if (name === "" || !/^[a-z][a-z-]*$/.test(provider)) return undefined;
  const className = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  const parts = module.split("/");
  if (provider === "kubernetes") parts[0] = (parts[0] ?? "").replace(/\..*$/, "");
  const namesFile = parts.length > 1 && parts.at(-1)?.toLowerCase() === className.toLowerCase();
  const folders = (namesFile ? parts.slice(0, -1) : parts).filter((part) => part !== "index");
  const file = className === "index" ? "index_" : namesFile ? (parts.at(-1) ?? "") : className;
  return spelled(path.join(sdkFolder(provider), ...folders), file);
}

// Class names with several capitals in a row (CSINode, MLTransform) have files in another spelling.
function spelled(folder: string, file: string): string {
  const exact = path.join(folder, file);
  if (existsSync(`${exact}.js`) || !existsSync(folder)) return exact;
  const wanted = `${file}.js`.toLowerCase();
  const found = readdirSync(folder).find((name) => name.toLowerCase() === wanted);
  return found === undefined ? exact : path.join(folder, found.slice(0, -".js".length));
}

const folders = new Map<string, string>();

function sdkFolder(provider: string): string {
  const found = folders.get(provider);
  if (found !== undefined) return found;
  const folder = path.dirname(createRequire(__filename).resolve(`@pulumi/${provider}/package.json`));
  folders.set(provider, folder);
  return folder;
}

function quoted(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? "");
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
