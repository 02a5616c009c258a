import { readFileSync } from "node:fs";
import { expect } from "chai";

import { behaviours, cloud } from "../../rehearsal/clouds/gcp/index";
import { necessities } from "../../rehearsal/clouds/gcp/necessary";
import * as tokens from "../../rehearsal/clouds/gcp/tokens";
import type { Duration } from "../../rehearsal/provider/behaviour";
import type { Properties } from "../../rehearsal/provider/properties";
import { sdkFacts } from "../../rehearsal/provider/sdkFacts";

/** A change that replaces in one direction or under one setting, the change that does not, and the paths at fault. */
const SOMETIMES: readonly (readonly [type: string, olds: Properties, replacing: Properties, inPlace: Properties, paths: readonly string[]])[] = [
  [tokens.SUBNETWORK, { ipCidrRange: "10.0.0.0/20" }, { ipCidrRange: "10.0.0.0/24" }, { ipCidrRange: "10.0.0.0/16" }, ["ipCidrRange"]],
  [tokens.DISK, { size: 100 }, { size: 50 }, { size: 200 }, ["size"]],
  [tokens.REDIS, { redisVersion: "REDIS_7_2" }, { redisVersion: "REDIS_7_0" }, { redisVersion: "REDIS_7_2" }, ["redisVersion"]],
  [tokens.BUCKET, { retentionPolicy: { isLocked: true } }, {}, { retentionPolicy: { isLocked: true } }, ["retentionPolicy.isLocked"]],
  [tokens.SECRET, { replication: { auto: {} } }, { replication: { userManaged: {} } }, { replication: { auto: { customerManagedEncryption: {} } } }, ["replication"]],
  [
    tokens.SQL_INSTANCE,
    { settings: { ipConfiguration: { privateNetwork: "net" } } },
    { settings: { ipConfiguration: {} } },
    { settings: { ipConfiguration: { privateNetwork: "other" } } },
    ["settings.ipConfiguration.privateNetwork"],
  ],
  [
    tokens.SQL_INSTANCE,
    { settings: { diskSize: 100 } },
    { settings: { diskSize: 50, diskAutoresize: false } },
    { settings: { diskSize: 50 } },
    ["settings.diskSize"],
  ],
  [tokens.CLUSTER, { ipAllocationPolicy: {} }, {}, { ipAllocationPolicy: { stackType: "IPV4" } }, ["ipAllocationPolicy"]],
  [tokens.CLUSTER, { enableL4IlbSubsetting: true }, { enableL4IlbSubsetting: false }, {}, ["enableL4IlbSubsetting"]],
];

/** In the simulated cloud alone: no program can ask for them by these tokens. */
const NOT_IN_THE_SDK = [tokens.ENABLED_SERVICE, tokens.SQL_BACKUP, tokens.VAULT_BACKUP];

describe("the tables of the simulated Google Cloud", () => {
  const types = Object.keys(behaviours);

  it("know only types that the installed SDK has", () => {
    const unknown = [...types, ...Object.values(tokens)].filter((type) => sdkFacts(type) === undefined && !NOT_IN_THE_SDK.includes(type));
    expect(unknown).to.deep.equal([]);
    expect(types.length, "there is a table").to.be.greaterThan(45);
  });

  it("name as replacing only inputs of the SDK's type, nested ones included", () => {
    const declarations = readFileSync(require.resolve("@pulumi/gcp/types/input.d.ts"), "utf8");
    const declared = new Set([...declarations.matchAll(/^ {8}(\w+)\??: /gm)].map((match) => match[1]));
    const wrong = types.flatMap((type) =>
      (behaviours[type]?.forceNew.paths ?? [])
        .filter((path) => {
          const [first = "", ...rest] = path.split(".");
          return sdkFacts(type)?.inputs.has(first) !== true || rest.some((step) => !declared.has(step));
        })
        .map((path) => `${type} ${path}`),
    );
    expect(wrong, "each of these is misspelt: a change of the real input would not replace").to.deep.equal([]);
  });

  for (const [type, olds, replacing, inPlace, paths] of SOMETIMES) {
    it(`replace ${type} for ${paths.join(", ")} only as its provider does`, () => {
      const found = (news: Properties) => behaviours[type]?.forceNew.when?.(olds, news, {});
      expect(found(replacing), JSON.stringify(replacing)).to.include.members([...paths]);
      expect(found(inPlace), JSON.stringify(inPlace)).not.to.include.members([...paths]);
    });
  }

  it("say in words what replaces only sometimes", () => {
    const conditional = types.filter((type) => behaviours[type]?.forceNew.when !== undefined);
    expect(conditional).to.have.members([...new Set(SOMETIMES.map(([type]) => type))]);
    for (const type of conditional) expect(behaviours[type]?.forceNew.inWords, type).to.match(/^`\w/);
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
      expect(behaviour?.forceNew.source, type).to.match(/^terraform-provider-google v\d+\.\d+\.\d+, google\/services\/\w+\/\w+\.go$/);
      for (const op of ["create", "update", "delete"] as const) {
        const minutes: Duration = behaviour?.latency[op] ?? -1;
        expect(typeof minutes === "number" ? minutes : minutes({}), `${type} ${op}`).to.be.within(0, 60);
      }
    }
  });

  it("answer only functions with tokens of the SDK's form", () => {
    for (const token of Object.keys(cloud.invokes)) expect(token).to.match(/^gcp:\w+\/(get\w+):\1$/);
  });
});

describe("what Google Cloud demands before something can be made", () => {
  const known = necessities.flatMap(({ type, needs }) => [type, ...needs]).filter((type) => type.startsWith("gcp:") && !type.endsWith("*"));

  it("is said of types that exist", () => {
    expect(known.filter((type) => sdkFacts(type) === undefined)).to.deep.equal([]);
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
