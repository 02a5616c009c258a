import { expect } from "chai";
import { environments } from "../../../components/config/environment";
import { aConfig, aStack } from "../../support/builders";
import { asEngine, loadStack, readStack, rehearsed } from "../../support/stackConfig";

describe("the config of a stack", () => {
  it("is the declared keys, completed by defaults that depend on the environment", () => {
    const differing = environments.map((environment) => {
      const { database, cache, network, observability } = aConfig({ "moodle:environment": environment });
      return { ...database, ...cache, natPerZone: network.natPerZone, logRetention: observability.logRetention, version: undefined };
    });

    const small = {
      version: undefined,
      highAvailability: false,
      storage: "20 GiB",
      storageLimit: "100 GiB",
      retention: "7 d",
      separate: false,
      natPerZone: false,
      logRetention: "7 d",
    };
    const production = {
      version: undefined,
      highAvailability: true,
      storage: "100 GiB",
      storageLimit: "1 TiB",
      retention: "14 d",
      separate: true,
      natPerZone: true,
      logRetention: "90 d",
    };
    expect(differing).to.deep.equal([production, small, small]);
  });

  it("prefers what was given to a default, also where it is false, nothing or zero", () => {
    const config = aConfig({
      "moodle:database": { highAvailability: false },
      "moodle:files": { offload: { after: "0 s", redirectDownloads: false } },
      "moodle:maintenance": { hour: 0 },
    });

    expect(config.database.highAvailability).to.equal(false);
    expect(config.files.offload).to.include({ after: "0 s", redirectDownloads: false, keepLocally: "10 min" });
    expect(config.maintenance.hour).to.equal(0);
  });

  it("takes the region from the provider's own key and the cloud's keys from its group", () => {
    const config = aConfig({ "moodle:aws": { databaseInstanceClass: "db.m8g.large" } });

    expect(config).to.include({ region: "eu-central-1", cloud: "aws" });
    expect(config.cloudSettings).to.deep.equal({ databaseInstanceClass: "db.m8g.large" });
    expect(config).not.to.have.property("aws");
  });

  it("cannot be changed, down to its last entry", () => {
    const thawed: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (value === null || typeof value !== "object") return;
      if (!Object.isFrozen(value)) thawed.push(path);
      Object.entries(value).forEach(([name, item]) => visit(item, `${path}.${name}`));
    };

    visit(aConfig({ "moodle:tags": { faculty: "arts" } }), "config");

    expect(thawed).to.deep.equal([]);
  });

  it("names the secrets that are set, and holds none of them", () => {
    const mail = { host: "smtp.example.edu", from: "moodle@example.edu", user: "moodle" };
    const config = aConfig({ "moodle:mail": mail, "moodle:mailPassword": { secure: "Winter-2026-in-Turku" } });

    expect(config.secrets).to.deep.equal(["mailPassword"]);
    expect(JSON.stringify(config)).not.to.include("Winter");
    expect(aConfig().secrets).to.deep.equal([]);
  });

  it("counts a key with nothing behind it as not given", () => {
    const empty = { "moodle:mail": null, "moodle:tags": "", "moodle:database": { storage: null, retention: "3 d" } };

    const config = aConfig(empty);

    expect(config.mail).to.equal(undefined);
    expect(config.tags).to.deep.equal({});
    expect(config.database).to.include({ storage: "100 GiB", retention: "3 d" });
  });

  it("takes versions that YAML reads as numbers", () => {
    const config = aConfig({ "moodle:database": { version: 16 }, "moodle:cluster": { ...(aStack()["moodle:cluster"] as object), version: 1.36 } });

    expect([config.database.version, config.cluster.version]).to.deep.equal(["16", "1.36"]);
  });

  it("takes a day as the engine writes it back into a stack file", () => {
    const consent = { resource: "backups", until: "2026-12-01 00:00:00 +0000 UTC", reason: "moved to the new stack" };

    expect(aConfig({ "moodle:allowDataLoss": [consent] }).allowDataLoss).to.deep.equal([{ ...consent, until: "2026-12-01" }]);
  });

  it("does not depend on whether the engine hands a number or a boolean over as YAML wrote it", () => {
    const texts = { ...asEngine(aStack({ "moodle:concurrentUsers": 500 })).values };

    expect(texts).to.include({ "moodle:concurrentUsers": "500", "moodle:rehearsal": "true" });
    expect(aConfig({ "moodle:concurrentUsers": "500" }).concurrentUsers).to.equal(500);
  });

  for (const stack of ["production", "staging"]) {
    it(`of the committed ${stack} stack is complete in a rehearsal`, () => {
      expect(loadStack(rehearsed(readStack(`Pulumi.${stack}.yaml`))).config.environment).to.equal(stack);
    });

    it(`of the committed ${stack} stack is refused for a real site, by the names of its examples`, () => {
      expect(() => loadStack(readStack(`Pulumi.${stack}.yaml`)))
        .to.throw(/moodle:application\.image: is missing/)
        .with.property("message")
        .that.includes("is an example; a real site needs a name of yours");
    });
  }
});
