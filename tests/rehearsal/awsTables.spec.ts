import { readFileSync } from "node:fs";
import { expect } from "chai";

import { behaviours, cloud } from "../../rehearsal/clouds/aws/index";
import { necessities } from "../../rehearsal/clouds/aws/necessary";
import * as tokens from "../../rehearsal/clouds/aws/tokens";
import type { Duration } from "../../rehearsal/provider/behaviour";
import { sdkFacts } from "../../rehearsal/provider/sdkFacts";

/** In the simulated cloud alone: no program can ask for them by these tokens. */
const NOT_IN_THE_SDK = [tokens.RECOVERY_POINT];

describe("the tables of the simulated AWS", () => {
  const types = Object.keys(behaviours);

  it("know only types that the installed SDK has", () => {
    const unknown = [...types, ...Object.values(tokens)].filter((type) => sdkFacts(type) === undefined && !NOT_IN_THE_SDK.includes(type));
    expect(unknown).to.deep.equal([]);
    expect(types.length, "there is a table").to.be.greaterThan(50);
  });

  it("name as replacing only inputs of the SDK's type", () => {
    const wrong = types.flatMap((type) =>
      (behaviours[type]?.forceNew.paths ?? []).filter((path) => !sdkFacts(type)?.inputs.has(path.split(".")[0] ?? "")).map((path) => `${type} ${path}`),
    );
    expect(wrong, "each of these is misspelt: a change of the real input would not replace").to.deep.equal([]);
  });

  it("name as replacing only nested inputs that the SDK declares", () => {
    const declarations = readFileSync(require.resolve("@pulumi/aws/types/input.d.ts"), "utf8");
    const wrong = types.flatMap((type) =>
      (behaviours[type]?.forceNew.paths ?? []).filter((path) => path.split(".").slice(1).some((step) => !new RegExp(`^ {8}${step}\\??: `, "m").test(declarations))),
    );
    expect(wrong).to.deep.equal([]);
    expect(types.some((type) => behaviours[type]?.forceNew.paths.some((path) => path.includes("."))), "some path is nested").to.equal(true);
  });

  it("name automatically only by inputs of the SDK's type", () => {
    const wrong = types.filter((type) => {
      const rule = behaviours[type]?.autoName;
      return rule !== undefined && rule !== false && !sdkFacts(type)?.inputs.has(rule.property);
    });
    expect(wrong).to.deep.equal([]);
  });

  it("give each time and each replacing property a source", () => {
    for (const type of types) {
      const behaviour = behaviours[type];
      expect(behaviour?.latency.source.from, type).to.match(/\w{4}/);
      expect(behaviour?.forceNew.source, type).to.match(/^terraform-provider-aws v\d+\.\d+\.\d+, internal\/service\/\w+\/\w+\.go$/);
      for (const op of ["create", "update", "delete"] as const) {
        const minutes: Duration = behaviour?.latency[op] ?? -1;
        expect(typeof minutes === "number" ? minutes : minutes({}), `${type} ${op}`).to.be.within(0, 60);
      }
    }
  });

  it("answer only functions with tokens of the SDK's form", () => {
    for (const token of Object.keys(cloud.invokes)) expect(token).to.match(/^aws:\w+\/(get\w+):\1$/);
  });
});

describe("what AWS demands before something can be made", () => {
  it("is said of types that exist", () => {
    const named = necessities.flatMap(({ type, needs }) => [type, ...needs]).filter((type) => type.startsWith("aws:"));
    expect(named.filter((type) => sdkFacts(type) === undefined)).to.deep.equal([]);
  });

  it("never makes a type wait for itself", () => {
    const needsOf = (type: string): readonly string[] => necessities.filter((necessity) => necessity.type === type).flatMap(({ needs }) => needs);
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
