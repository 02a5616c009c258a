import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { chartReadme } from "../../docs/generate/chartReadme";
import { type ChartKey, chartFolder, chartKeys, readChartSchema } from "../../docs/generate/chartSchema";
import { chartValuesType } from "../../docs/generate/chartValues";
import { imageReadme } from "../../docs/generate/imageReadme";
import { type Scenario, scenarioValues, tryRender, type Values } from "./rendering";

/** Renderings that run beside each other; each is a process of a tenth of a second. */
const atOnce = 4;

const repository = path.resolve(__dirname, "../..");

/** Keys that the scenario `everything` cannot show: another value of theirs shuts them off there, or takes only some words. */
const shownElsewhere: Readonly<Record<string, { scenario: Scenario; changes: Values }>> = {
  "image.tag": { scenario: "minimal", changes: { image: { tag: "5.2.3-2" } } },
  "image.digest": { scenario: "objectfs", changes: { image: { digest: `sha256:${"1".repeat(64)}` } } },
  "moodle.version": { scenario: "minimal", changes: { moodle: { version: "5.2.9" } } },
  "files.mode": { scenario: "minimal", changes: { files: { mode: "block" }, web: { replicas: 1 }, cron: { replicas: 1 } } },
  "files.volume.existingClaim": { scenario: "minimal", changes: { files: { volume: { existingClaim: "other" } } } },
  "files.volume.nfs.server": { scenario: "shared", changes: { files: { volume: { nfs: { server: "other.example.edu" } } } } },
  "files.volume.nfs.path": { scenario: "shared", changes: { files: { volume: { nfs: { path: "/other" } } } } },
  "files.volume.local.path": {
    scenario: "minimal",
    changes: { files: { volume: { existingClaim: "", local: { path: "/srv" }, nodeAffinity: { "kubernetes.io/hostname": ["node-1"] } } } },
  },
  "files.objectStore.endpoint": { scenario: "objectfs", changes: { files: { objectStore: { endpoint: "https://other.example.edu" } } } },
  "files.objectStore.protocol": { scenario: "objectfs", changes: mintedBlob() },
  "files.objectStore.credentials.kind": { scenario: "objectfs", changes: mintedBlob() },
  "files.objectStore.presignedDownloads": { scenario: "objectfs", changes: { files: { objectStore: { presignedDownloads: false } } } },
  "secrets.objectStoreAccessKeyId.name": { scenario: "objectfs", changes: accessKey("other", "id") },
  "secrets.objectStoreAccessKeyId.key": { scenario: "objectfs", changes: accessKey("moodle", "id") },
  "secrets.objectStoreSecretAccessKey.name": { scenario: "objectfs", changes: accessKey("other", "secret") },
  "secrets.objectStoreSecretAccessKey.key": { scenario: "objectfs", changes: accessKey("moodle", "secret") },
  "web.replicas": { scenario: "minimal", changes: { web: { replicas: 5 } } },
  "serviceAccount.create": { scenario: "everything", changes: { serviceAccount: { create: false } } },
  "network.policies": { scenario: "everything", changes: { network: { policies: false } } },
};

describe("the chart's values", () => {
  it("have their TypeScript type from the schema", async () => {
    const file = await fs.promises.readFile(path.join(repository, "components/moodle/values.ts"), "utf8");

    expect(file, "components/moodle/values.ts is behind the schema: npm run docs").to.equal(await chartValuesType());
  });

  it("are listed in the chart's README as the schema says", async () => {
    const file = await fs.promises.readFile(path.join(chartFolder, "README.md"), "utf8");

    expect(file, "charts/moodle/README.md is behind the schema: npm run docs").to.equal(await chartReadme());
  });

  it("reach the image under the names its README lists", async () => {
    const file = await fs.promises.readFile(path.join(repository, "images/moodle/README.md"), "utf8");

    expect(file, "images/moodle/README.md is behind components/moodle/environment.ts: npm run docs").to.equal(await imageReadme());
  });

  it("each have a description that says what they are", async () => {
    const keys = chartKeys(await readChartSchema());

    expect(keys.length).to.be.greaterThan(150);
    expect(keys.filter(({ meaning }) => meaning.length < 4).map((key) => key.path)).to.deep.equal([]);
  });

  it("have no default that the schema does not know", async () => {
    const schema = await readChartSchema();
    const known = chartKeys(schema).map((key) => key.path);

    const strangers = leaves(schema.defaults).filter((leaf) => !known.some((key) => leaf === key || leaf.startsWith(`${key}.`)));
    expect(strangers).to.deep.equal([]);
  });

  it("are all declared where a template uses them", async () => {
    const known = chartKeys(await readChartSchema()).map((key) => key.path);
    const used = templateTexts().flatMap((text) => [...text.matchAll(/\.Values\.([A-Za-z][A-Za-z.]*[A-Za-z])/g)].map(([, name]) => name ?? ""));

    expect(used.length).to.be.greaterThan(80);
    expect(used.filter((name) => !known.some((key) => key === name || key.startsWith(`${name}.`) || key.startsWith(`${name}[`)))).to.deep.equal([]);
  });

  it("are all used: each, changed alone, changes what is rendered", async () => {
    const keys = chartKeys(await readChartSchema()).filter((key) => key.path !== "global" && !/\[\]$/.test(key.path));
    const silent: string[] = [];

    for (let index = 0; index < keys.length; index += atOnce) {
      silent.push(...(await Promise.all(keys.slice(index, index + atOnce).map(silence))).filter((one) => one !== ""));
    }

    expect(keys.length).to.be.greaterThan(150);
    expect(silent.join("\n")).to.equal("");
  });
});

/** @returns why a key's change does not show, or nothing where it does */
async function silence(key: ChartKey): Promise<string> {
  const { scenario, changes } = shownElsewhere[key.path] ?? { scenario: "everything" as const, changes: changed(key) };
  const before = await tryRender(scenario, key.path.startsWith("secrets.objectStore") ? accessKey("moodle", "") : {});
  const after = await tryRender(scenario, changes);
  if (!before.succeeded) return `${key.path}: ${scenario} does not render: ${before.text}`;
  if (!after.succeeded) return `${key.path}: ${JSON.stringify(changes)} is refused: ${after.text}`;
  return after.text === before.text ? `${key.path}: ${JSON.stringify(changes)} changes nothing` : "";
}

/** Another value for a key of the scenario `everything`, as changes to be merged over it. */
function changed(key: ChartKey): Values {
  const steps = key.path.split(".");
  const set = (current: unknown, [step, ...rest]: string[]): unknown => {
    if (step === undefined) return otherValue(key, current);
    const name = step.replace("[]", "");
    const inner = (current as Record<string, unknown> | undefined)?.[name];
    if (!step.endsWith("[]")) return { [name]: set(inner, rest) };
    const [first, ...others] = inner as Record<string, unknown>[];
    return { [name]: [{ ...first, ...(set(first, rest) as object) }, ...others] };
  };
  return set(scenarioValues("everything"), steps) as Values;
}

function otherValue({ path: key, schema, default: fallback }: ChartKey, given: unknown): unknown {
  const current = given ?? fallback;
  if (schema.enum !== undefined) return schema.enum.find((allowed) => allowed !== current);
  if (key.endsWith(".tls.ca")) return "public";
  if (key.endsWith("cidr")) return "192.0.2.0/24";
  switch (schema.type) {
    case "boolean":
      return current !== true;
    case "integer":
      return Number(current ?? 0) + 1;
    case "array":
      return key === "web.trustedProxies" ? ["192.0.2.0/24"] : [...((current as unknown[] | undefined) ?? []), otherItem(key)];
    case "object":
      return { added: otherEntry(key) };
    case "string":
      if (key.endsWith("cpuRequest") || key.endsWith("cpuLimit")) return "7";
      if (key.endsWith("prefix") && key.includes("objectStore")) return "other/";
      return `${String(current ?? "")}x`;
    default:
      return Number(current ?? 0) + 1;
  }
}

function otherItem(key: string): unknown {
  if (key === "network.ingressFrom" || key === "monitoring.scrapeFrom") return { namespace: "other" };
  if (key === "network.requiredEgress") return { cidr: "192.0.2.0/24", port: 25, protocol: "TCP", reason: "mail" };
  return key === "scheduling.tolerations" ? { key: "other", operator: "Exists" } : "other";
}

function otherEntry(key: string): unknown {
  if (key === "moodle.pluginSettings") return { name: 1 };
  return key === "files.volume.nodeAffinity" ? ["x"] : "x";
}

function accessKey(name: string, changedKey: "id" | "secret" | ""): Values {
  const reference = (own: "id" | "secret"): object => ({
    name: own === changedKey ? name : "moodle",
    key: own === changedKey && name === "moodle" ? "other" : own,
  });
  return {
    files: { objectStore: { credentials: { kind: "accessKey" } } },
    secrets: { objectStoreAccessKeyId: reference("id"), objectStoreSecretAccessKey: reference("secret") },
  };
}

function mintedBlob(): Values {
  const credentials = { kind: "mintedToken", minter: { command: ["/token-minter"] } };
  return { files: { objectStore: { protocol: "blob", account: "exampleaccount", presignedDownloads: false, credentials } } };
}

function leaves(value: unknown, prefix = ""): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value) || Object.keys(value).length === 0) return [prefix];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, prefix === "" ? key : `${prefix}.${key}`));
}

function templateTexts(): string[] {
  const folder = path.join(chartFolder, "templates");
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), "utf8"));
}
