import { readFileSync } from "node:fs";
import { expect } from "chai";

import { apiVersionOf } from "../../rehearsal/clouds/azure-native/apiVersion";
import { forms, idOf } from "../../rehearsal/clouds/azure-native/arm";
import { behaviours, cloud } from "../../rehearsal/clouds/azure-native/index";
import { necessities } from "../../rehearsal/clouds/azure-native/necessary";
import * as tokens from "../../rehearsal/clouds/azure-native/tokens";
import type { Duration } from "../../rehearsal/provider/behaviour";
import { sdkFacts } from "../../rehearsal/provider/sdkFacts";

describe("the tables of the simulated Azure", () => {
  const types = Object.keys(behaviours);

  it("know only types that the installed SDK has", () => {
    expect([...types, ...Object.values(tokens)].filter((type) => sdkFacts(type) === undefined)).to.deep.equal([]);
    expect(types.length, "there is a table").to.be.greaterThan(40);
  });

  it("make ids of inputs that the SDK's type has", () => {
    const wrong = Object.entries(forms).flatMap(([type, { names, on }]) => {
      const wanted = [...names.filter((name) => !name.startsWith("=")), on ?? "resourceGroupName"];
      return wanted.filter((name) => !sdkFacts(type)?.inputs.has(name)).map((name) => `${type} ${name}`);
    });
    expect(wrong).to.deep.equal([]);
  });

  it("name each type in the tree as its id does", () => {
    for (const [type, { kind, names, on }] of Object.entries(forms)) {
      if (type === tokens.RESOURCE_GROUP) continue;
      const inputs = { resourceGroupName: "g", recordType: "A", ...Object.fromEntries(names.map((name) => [name, name])), ...(on !== undefined && { [on]: "/subscriptions/s" }) };
      const id = idOf(type, inputs, { config: {} });
      const kinds = id.split("/providers/")[1]?.split("/").filter((_part, index) => index % 2 === 1) ?? [];
      expect(kinds.slice(0, kind.split("/").length - 1), type).to.deep.equal(kind.split("/").slice(1));
      expect(id, type).not.to.match(/\/\/|\/$/);
    }
  });

  it("name as replacing only inputs of the SDK's type, nested ones included", () => {
    const declarations = readFileSync(require.resolve("@pulumi/azure-native/types/input.d.ts"), "utf8");
    const wrong = types.flatMap((type) =>
      (behaviours[type]?.forceNew.paths ?? []).filter((path) => {
        const [first = "", ...rest] = path.split(".");
        return sdkFacts(type)?.inputs.has(first) !== true || rest.some((step) => !new RegExp(`^ +${step}\\??: `, "m").test(declarations));
      }).map((path) => `${type} ${path}`),
    );
    expect(wrong, "each of these is misspelt: a change of the real input would not replace").to.deep.equal([]);
  });

  it("replace a type for every part of its id", () => {
    for (const [type, { names, on }] of Object.entries(forms)) {
      const parts = [...names.filter((name) => !name.startsWith("=")), on ?? "resourceGroupName"];
      expect(behaviours[type]?.forceNew.paths, type).to.include.members(parts);
    }
  });

  it("give each time and each replacing property a source", () => {
    for (const type of types) {
      const behaviour = behaviours[type];
      expect(behaviour?.latency.source.from, type).to.match(/\w{4}/);
      expect(behaviour?.forceNew.source, type).to.match(/^(pulumi-azure-native [0-9a-f]{7}, provider\/pkg\/(gen|provider)\/\w+\.go|azure-rest-api-specs [0-9a-f]{7}, specification\/\S+\.json)$/);
      for (const op of ["create", "update", "delete"] as const) {
        const minutes: Duration = behaviour?.latency[op] ?? -1;
        expect(typeof minutes === "number" ? minutes : minutes({}), `${type} ${op}`).to.be.within(0, 60);
      }
    }
  });

  it("answer only functions with tokens of the SDK's form", () => {
    for (const token of Object.keys(cloud.invokes)) expect(token).to.match(/^azure-native:\w+:(get|list)\w+$/);
  });

  it("say which version of the REST API a class speaks", () => {
    expect(apiVersionOf(tokens.SERVER)).to.equal("2025-08-01");
    expect(apiVersionOf(tokens.PUBLIC_ADDRESS)).to.equal("2024-05-01");
    expect(types.filter((type) => apiVersionOf(type) === undefined)).to.deep.equal([]);
  });
});

describe("what Azure demands before something can be made", () => {
  it("is said of types that exist", () => {
    const named = necessities.flatMap(({ type, needs }) => [type, ...needs]).filter((type) => type.startsWith("azure-native:"));
    expect(named.filter((type) => sdkFacts(type) === undefined)).to.deep.equal([]);
  });

  it("never makes a type wait for itself", () => {
    const needsOf = (type: string): readonly string[] => necessities.filter((necessity) => necessity.type === type && necessity.nameEnds === undefined).flatMap(({ needs }) => needs);
    for (const { type } of necessities) {
      const reached = new Set<string>();
      const queue = [...needsOf(type)];
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        if (!reached.has(next)) queue.push(...needsOf(next));
        reached.add(next);
      }
      expect([...reached], `${type} needs itself`).not.to.include(type);
    }
  });
});
