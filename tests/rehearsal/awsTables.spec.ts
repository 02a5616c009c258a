import { readFileSync } from "node:fs";
import { expect } from "chai";

import { behaviours, cloud } from "../../rehearsal/clouds/aws/index";
import { necessities } from "../../rehearsal/clouds/aws/necessary";
import * as tokens from "../../rehearsal/clouds/aws/tokens";
import type { Duration } from "../../rehearsal/provider/behaviour";
import type { Properties } from "../../rehearsal/provider/properties";
import { sdkFacts } from "../../rehearsal/provider/sdkFacts";
import { replacingInputs } from "./support/sdkDocumentation";

/** A change that replaces in one direction or under one setting, the change that does not, and the paths at fault. */
const SOMETIMES: readonly (readonly [type: string, olds: Properties, replacing: Properties, inPlace: Properties, paths: readonly string[]])[] = [
  [tokens.VPC, { instanceTenancy: "dedicated" }, { instanceTenancy: "host" }, { instanceTenancy: "default" }, ["instanceTenancy"]],
  [tokens.VPC, {}, { instanceTenancy: "dedicated" }, { instanceTenancy: "default" }, ["instanceTenancy"]],
  [tokens.VPC_ENDPOINT, {}, { privateDnsEnabled: true }, { vpcEndpointType: "Interface", privateDnsEnabled: true }, ["privateDnsEnabled"]],
  [tokens.NAT_GATEWAY, {}, { connectivityType: "private", secondaryPrivateIpAddressCount: 2 }, { connectivityType: "private" }, ["secondaryPrivateIpAddressCount"]],
  [tokens.INGRESS_RULE, { cidrIpv4: "10.0.0.0/16" }, { prefixListId: "pl-1" }, { cidrIpv4: "10.0.0.0/8" }, ["cidrIpv4", "prefixListId"]],
  [tokens.SECRET_VERSION, { secretString: "a" }, { secretString: "b" }, { secretStringWo: "a", secretStringWoVersion: 1 }, ["secretString"]],
  [tokens.SECRET_VERSION, { secretStringWoVersion: 1 }, { secretStringWoVersion: 2 }, {}, ["secretStringWoVersion"]],
  [tokens.EKS_CLUSTER, { encryptionConfig: { provider: {} } }, {}, { encryptionConfig: { provider: {}, resources: [] } }, ["encryptionConfig"]],
  [
    tokens.EKS_CLUSTER,
    { computeConfig: { enabled: true, nodePools: ["system"], nodeRoleArn: "one" } },
    { computeConfig: { enabled: true, nodePools: ["system"], nodeRoleArn: "two" } },
    { computeConfig: { enabled: false, nodePools: ["system"] } },
    ["computeConfig.nodeRoleArn"],
  ],
  [
    tokens.EKS_CLUSTER,
    { vpcConfig: { controlPlaneEgressMode: "CUSTOMER_ROUTED" } },
    { vpcConfig: { controlPlaneEgressMode: "AWS_MANAGED" } },
    { vpcConfig: { controlPlaneEgressMode: "CUSTOMER_ROUTED" } },
    ["vpcConfig.controlPlaneEgressMode"],
  ],
  [tokens.REPLICATION_GROUP, { engine: "valkey" }, { engine: "redis" }, { engine: "valkey" }, ["engine"]],
  [tokens.REPLICATION_GROUP, { engineVersion: "8.1" }, { engineVersion: "8.0" }, { engineVersion: "9.0" }, ["engineVersion"]],
  ["aws:s3/bucketVersioning:BucketVersioning", {}, { expectedBucketOwner: "210987654321" }, { expectedBucketOwner: "123456789012" }, ["expectedBucketOwner"]],
];

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

  it("name every input that the SDK's documentation says replaces", () => {
    const documented = types.flatMap((type) => replacingInputs(type).map((input) => ({ type, input })));
    const missing = documented.filter(({ type, input }) => {
      const { paths = [], inWords = "" } = behaviours[type]?.forceNew ?? {};
      return !paths.some((path) => input === path || input.startsWith(`${path}.`)) && !inWords.includes(`\`${input}\``);
    });
    expect(missing.map(({ type, input }) => `${type} ${input}`), "a change replaces in the cloud, and not in the rehearsal").to.deep.equal([]);
    // The generator of the SDK drops most of such remarks; what it leaves is of conditional ones above all.
    expect(documented.map(({ type }) => type)).to.include.members([tokens.SUBNET, tokens.VPC_ENDPOINT, tokens.EKS_CLUSTER, tokens.REPLICATION_GROUP]);
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
    expect(conditional).to.include.members(SOMETIMES.map(([type]) => type));
    for (const type of conditional) expect(behaviours[type]?.forceNew.inWords, type).to.match(/^(`\w|one of)/);
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
