import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { generatedFiles, isCurrent } from "../../docs/generate";
import { configSchema } from "../../docs/generate/configSchema";
import { configurationPage } from "../../docs/generate/configurationPage";
import { cloudNames, cloudProvider } from "../../providers/registry";
import { declarations } from "../../components/config/declarations";
import type { CloudKeys } from "../../components/config/load";
import { platformConfig, secretKeys } from "../../components/config/schema";
import { marksOfEditor } from "../support/editor";
import { cloudKeys } from "../support/stackConfig";

const repository = path.resolve(__dirname, "../..");

describe("generated files", () => {
  for (const file of generatedFiles) {
    it(`${file.path} says what its source says`, async () => {
      expect(await isCurrent(file), "it lags behind: npm run docs").to.equal(true);
    });
  }

  it("that are missing are not current", async () => {
    expect(await isCurrent({ path: "docs/no-such-page.md", text: () => Promise.resolve("") })).to.equal(false);
  });
});

describe("the reference page of the config", () => {
  it("has a row for every key, every secret and every cloud's region", async () => {
    const page = await configurationPage(cloudKeys);
    const sections = new Map(page.split(/^## /m).map((part) => [part.split("\n")[0] ?? "", part]));

    const keys = [...declarations(platformConfig("production", ["aws"])), ...cloudKeys.flatMap(({ name, configKeys }) => declarations(configKeys, [name]))];
    for (const { key, group } of keys.filter((one) => !one.group)) {
      expect(group).to.equal(false);
      const [name = "", ...above] = key.split(".").reverse();
      const title = above.length === 0 ? "General" : `\`${above.reverse().join(".").replace("[]", "")}\``;
      expect(sections.get(title), `${key} in its section`).to.include(`| \`${name}\` |`);
    }
    for (const name of Object.keys(secretKeys)) expect(page).to.include(`| \`moodle:${name}\` |`);
    for (const { regionKey, placeKeys = [] } of cloudKeys) for (const key of [regionKey ?? [], placeKeys].flat()) expect(page).to.include(`| \`${key}\` |`);
  });

  it("says on which cloud a change does something else", async () => {
    expect(await configurationPage(cloudKeys)).to.match(/while the replica fills; on gcp refused: Memorystore would replace the instances/);
  });

  it("shows where a default depends on the environment", async () => {
    expect(await configurationPage(cloudKeys)).to.include("| 100 GiB (production), 20 GiB (staging, development) |");
  });
});

describe("the editor's schema", () => {
  const stacks = fs.readdirSync(repository).filter((name) => /^Pulumi\..+\.yaml$/.test(name));

  it("is named by every committed stack file", () => {
    expect(stacks).to.include.members(["Pulumi.production.yaml", "Pulumi.staging.yaml"]);
    for (const stack of stacks) {
      expect(fs.readFileSync(path.join(repository, stack), "utf8"), stack).to.match(/^# yaml-language-server: \$schema=\.\/config\.schema\.json\n/);
    }
  });

  for (const stack of stacks) {
    it(`finds nothing to mark in ${stack}`, () => {
      expect(marksOfEditor(stack)).to.deep.equal([]);
    });
  }

  it("shows a default only where every environment has the same", () => {
    const { properties } = (JSON.parse(configSchema(cloudKeys)) as Schema).properties.config;
    const database = properties["moodle:database"]?.properties ?? {};

    expect(database.version).to.deep.include({ default: "17" });
    expect(database.storage).not.to.have.property("default");
    expect(database.storage?.description).to.include("Default: 100 GiB (production), 20 GiB (staging, development).");
  });

  it("takes secrets encrypted and in no other way", () => {
    const { properties } = (JSON.parse(configSchema(cloudKeys)) as Schema).properties.config;

    for (const name of Object.keys(secretKeys)) {
      expect(properties[`moodle:${name}`]).to.deep.include({ type: "object", required: ["secure"], additionalProperties: false });
    }
  });
});

describe("the clouds that tests of the config know", () => {
  it("are those of the registry, with the same keys", () => {
    const registered = cloudNames.flatMap((name) => cloudProvider(name) ?? []);

    const plain = (clouds: readonly CloudKeys[]) => clouds.map(({ name, regionKey, placeKeys = [] }) => ({ name, regionKey, placeKeys: [...placeKeys] }));
    expect(plain(registered)).to.deep.equal(plain(cloudKeys));
    registered.forEach(({ configKeys, changes }, index) => {
      expect(configKeys).to.equal(cloudKeys[index]?.configKeys);
      expect(changes).to.equal(cloudKeys[index]?.changes);
    });
  });
});

interface Schema {
  readonly properties: { readonly config: { readonly properties: Readonly<Record<string, Property>> } };
}

interface Property {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Property>>;
}
