import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { statefulResources, type StatefulResource } from "../../components/config/groups/dataLoss";
import { alarmNames, type CloudPlan } from "../../components/plan/cloudPlan";
import type { CloudFoundation, CloudProvider, DnsRecord } from "../../providers/contract";
import { cloudNames, cloudProvider } from "../../providers/registry";
import { aCloudPlan, aSmallCloudPlan } from "../support/plans";
import { record, resolved, type Recorded } from "../support/recording";
import { balancerOf, planAt, places, type Place } from "./places";

const secret = "a secret of the platform's own";

interface Answer {
  readonly foundation: CloudFoundation;
  readonly published: pulumi.Output<DnsRecord>;
  readonly resources: readonly Recorded[];
}

async function ask(provider: CloudProvider, place: Place, plan: CloudPlan): Promise<Answer> {
  const { value, resources } = await record(() => {
    const foundation = provider.provision("site", plan, { cronPassword: pulumi.secret(secret) }, {}, place.brought?.());
    const address = pulumi.output(balancerOf(place));
    return { foundation, published: foundation.dns.publish(plan.ingress.hostname, address, {}) };
  }, place.answers);
  return { ...value, resources };
}

function plansAt(place: Place): Readonly<Record<string, CloudPlan>> {
  const blockDisk = { size: "200 GiB", iops: 3000, throughput: 125, zone: 1, owner: { user: 33, group: 33 } } as const;
  const { ingress, database } = aCloudPlan();
  const plans = {
    "a highly available one": aCloudPlan(),
    ...(place.dnsZone && { "one with a managed zone": aCloudPlan({ ingress: { ...ingress, dnsZone: place.dnsZone } }) }),
    ...(place.snapshot && { "one restored from a snapshot": aCloudPlan({ database: { ...database, restoreFrom: place.snapshot } }) }),
    "a small one": aSmallCloudPlan(),
    "one on a disk": aSmallCloudPlan({ blockDisk, sharedFiles: undefined }),
  };
  return Object.fromEntries(Object.entries(plans).map(([title, plan]) => [title, planAt(place, plan)]));
}

describe("every cloud", () => {
  it("is asked", () => {
    expect(cloudNames).to.have.length.above(0);
    const asked = new Set(Object.entries(places).map(([name, { cloud = name }]) => cloud));
    expect([...asked], "tests/providers/places.ts has what this suite needs of each cloud").to.have.members([...cloudNames]);
  });

  for (const [name, place] of Object.entries(places)) {
    describe(name, () => {
      const { cloud = name } = place;
      const found = cloudProvider(cloud);
      if (found === undefined) throw new Error(`the registry has no ${cloud}`);
      const provider = found;
      before(() => pulumi.runtime.setAllConfig({ ...place.config }));
      it("goes by its name", () => expect(provider.name).to.equal(cloud));

      for (const [title, plan] of Object.entries(plansAt(place))) {
        describe(`for ${title}`, () => {
          let answer: Answer;
          const liftedBy = async (consents: readonly StatefulResource[]) =>
            without(protectedIn(answer), protectedIn(await ask(provider, place, { ...plan, unprotected: consents })));
          before(async () => {
            expect(provider.check(plan), "the plan itself is refused").to.deep.equal([]);
            answer = await ask(provider, place, plan);
          });

          it("answers every question with something", async () => {
            const empty = (await leaves(answer.foundation)).filter(({ value }) => value === undefined || value === "" || value === null);
            expect(empty.map(({ path }) => path)).to.deep.equal([]);
          });

          it("answers what the plan asks for, and nothing it does not", () => {
            const { foundation } = answer;
            expect(foundation.objectStore !== undefined, "objectStore").to.equal(plan.objectStore !== undefined);
            expect(foundation.sharedFiles !== undefined, "sharedFiles").to.equal(plan.sharedFiles !== undefined);
            expect(foundation.blockDisk !== undefined, "blockDisk").to.equal(plan.blockDisk !== undefined);
            if (foundation.blockDisk?.claimed === undefined) expect(foundation.blockDisk?.zone !== undefined, "blockDisk.zone").to.equal(plan.blockDisk !== undefined);
            expect(foundation.certificates !== undefined, "certificates").to.equal(plan.ingress.dnsZone !== undefined);
            expect(foundation.dns.managed, "dns.managed").to.equal(plan.ingress.dnsZone !== undefined);
            expect(foundation.applicationCache !== foundation.sessionCache, "a cache apart").to.equal(plan.applicationCache !== undefined);
          });

          it("publishes the site's name", async () => {
            const address = balancerOf(place);
            expect(await resolved(answer.published)).to.include({ name: plan.ingress.hostname, value: address.ip ?? address.hostname });
          });

          it("marks passwords and the kubeconfig as secrets", async () => {
            const { database, sessionCache, applicationCache, kubernetes } = answer.foundation;
            for (const [what, output] of Object.entries({
              database: database.password,
              sessionCache: sessionCache.password,
              applicationCache: applicationCache.password,
              kubeconfig: kubernetes.kubeconfig,
            })) {
              expect(await pulumi.isSecret(output), what).to.equal(true);
            }
          });

          it("shows no secret where it could be read", async () => {
            const { database, sessionCache, applicationCache } = answer.foundation;
            const passwords = await Promise.all([database.password, sessionCache.password, applicationCache.password].map((each) => resolved(each)));
            for (const hidden of [secret, ...passwords]) {
              const seen = answer.resources.flatMap(({ urn, inputs, secretInputs }) =>
                Object.entries(inputs).flatMap(([key, value]) => (!secretInputs.includes(key) && JSON.stringify(value).includes(hidden) ? [`${urn} ${key}`] : [])),
              );
              expect(seen).to.deep.equal([]);
            }
          });

          it("keeps a copy of each secret", async () => {
            const { database, sessionCache } = answer.foundation;
            const held = answer.resources.flatMap(({ inputs, secretInputs }) => secretInputs.flatMap((key) => textsIn(inputs[key])));
            for (const copy of [secret, await resolved(database.password), await resolved(sessionCache.password)]) {
              expect(held.filter((value) => value === copy)).to.have.length.above(0);
            }
          });

          it("hangs everything below its component", async () => {
            const root = await resolved(answer.foundation.component.urn);
            const parents = new Map(answer.resources.map(({ urn, parent }) => [urn, parent]));
            const strays = answer.resources.filter(({ urn }) => {
              for (let at: string | undefined = urn; at; at = parents.get(at)) if (at === root) return false;
              return true;
            });
            expect(strays.map(({ urn }) => urn)).to.deep.equal([]);
          });

          it("names nothing twice", () => {
            const identities = answer.resources.map(({ type, name, parent }) => `${type} ${name} below ${parent}`);
            expect(identities.filter((each, index) => identities.indexOf(each) !== index)).to.deep.equal([]);
          });

          it("builds data services and cluster independently of each other", async () => {
            const data = await liftedBy(["database", "sessionCache", "applicationCache", "objectStore", "sharedFiles", "blockDisk"]);
            const { cluster: own } = answer.foundation.kubernetes;
            if (own === undefined) return;
            const cluster = await resolved(own.urn);
            const graph = new Map(answer.resources.map(({ urn, dependencies }) => [urn, dependencies]));
            expect([...data].filter((urn) => ancestors(graph, urn).has(cluster)), "data that waits for the cluster").to.deep.equal([]);
            expect([...ancestors(graph, cluster)].filter((urn) => data.has(urn)), "data the cluster waits for").to.deep.equal([]);
          });

          it("opens the way to the database and the caches", () => {
            const { requiredEgress, database, sessionCache, applicationCache } = answer.foundation;
            const ports = requiredEgress.filter(({ protocol }) => protocol === "TCP").map(({ port }) => port);
            expect(ports).to.include.members([database.port, sessionCache.port, applicationCache.port]);
            expect(requiredEgress.filter(({ reason }) => reason === "")).to.deep.equal([]);
          });

          it("has all alarms", () => {
            expect(Object.keys(answer.foundation.observability.alarms)).to.have.members([...alarmNames]);
          });

          it("estimates its price with the arithmetic", () => {
            const { lines } = provider.estimate(plan);
            expect(lines).not.to.deep.equal([]);
            const priced = lines.filter(({ monthly }) => monthly !== undefined);
            if (place.notPriced === undefined) expect(priced).to.have.length.above(3);
            else expect(priced, place.notPriced).to.deep.equal([]);
            expect(lines.filter(({ what, arithmetic }) => what === "" || arithmetic === "")).to.deep.equal([]);
          });
        });
      }

      it("protects what holds data, and lifts it for what somebody consented to lose and nothing else", async () => {
        const blockDisk = { size: "200 GiB", iops: 3000, throughput: 125, zone: 1, owner: { user: 33, group: 33 } } as const;
        const plan = planAt(place, aCloudPlan({ blockDisk }));
        const everything = protectedIn(await ask(provider, place, plan));
        const lifted = new Map<StatefulResource, ReadonlySet<string>>();
        for (const resource of statefulResources) {
          const consented = await ask(provider, place, { ...plan, unprotected: [resource] });
          lifted.set(resource, without(everything, protectedIn(consented)));
        }
        const { holds = statefulResources } = place;
        const unprotected = [...lifted].filter(([, urns]) => urns.size === 0).map(([resource]) => resource);
        expect(unprotected, "nothing is protected for it").to.have.members(statefulResources.filter((resource) => !holds.includes(resource)));
        const all = [...lifted.values()].flatMap((urns) => [...urns]);
        expect(all, "something is lifted by two consents").to.have.length(new Set(all).size);
        expect(all, "something is protected that no consent lifts").to.have.members([...everything]);
      });

      it("names things the same whatever the order of a list", async () => {
        const plan = planAt(place, aCloudPlan());
        const { cluster, observability } = plan;
        const turned: CloudPlan = {
          ...plan,
          cluster: { ...cluster, deployers: [...cluster.deployers].reverse() },
          observability: {
            ...observability,
            alarmEmails: [...observability.alarmEmails].reverse(),
            logAlarms: [...observability.logAlarms].reverse(),
          },
          network: { ...plan.network, zones: [...plan.network.zones].reverse() },
        };
        const inputsByName = ({ resources }: Answer) =>
          Object.fromEntries(resources.map(({ urn, inputs }) => [urn, { principal: inputs.principalArn, email: inputs.endpoint, range: inputs.cidrBlock }]));
        expect(inputsByName(await ask(provider, place, turned))).to.deep.equal(inputsByName(await ask(provider, place, plan)));
      });

      it("refuses what it cannot do by the key that asks for it", () => {
        const plan = planAt(place, aCloudPlan());
        const problems = provider.check(provider.regionKey ? { ...plan, region: "nowhere" } : { ...plan, ingress: { ...plan.ingress, dnsZone: "a-zone" } });
        expect(problems.map(({ key }) => key)).to.include(provider.regionKey ?? "moodle:ingress.dnsZone");
        for (const { key, message, remedy } of problems) expect([key, message, remedy].every((text) => text.length > 0)).to.equal(true);
      });
    });
  }
});

function protectedIn({ resources }: Answer): Set<string> {
  return new Set(resources.filter(({ protect }) => protect).map(({ urn }) => urn));
}

function without(all: ReadonlySet<string>, some: ReadonlySet<string>): Set<string> {
  return new Set([...all].filter((each) => !some.has(each)));
}

function ancestors(graph: ReadonlyMap<string, readonly string[]>, of: string): Set<string> {
  const seen = new Set<string>();
  const open = [...(graph.get(of) ?? [])];
  for (let urn = open.pop(); urn !== undefined; urn = open.pop()) {
    if (seen.has(urn)) continue;
    seen.add(urn);
    open.push(...(graph.get(urn) ?? []));
  }
  return seen;
}

/** Every text inside a value. */
function textsIn(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [value];
}

/** Every value of a foundation, with the way to it; resources are left out. */
async function leaves(value: unknown, path = "foundation"): Promise<readonly { readonly path: string; readonly value: unknown }[]> {
  if (pulumi.Output.isInstance(value)) return leaves(await resolved(value as pulumi.Output<unknown>), path);
  if (value instanceof pulumi.Resource || typeof value === "function") return [];
  if (typeof value !== "object" || value === null) return optional(path) && value === undefined ? [] : [{ path, value }];
  const nested = await Promise.all(Object.entries(value).map(([key, each]) => leaves(each, `${path}.${key}`)));
  return nested.flat();
}

/** Fields the contract gives a meaning when they are undefined. */
function optional(path: string): boolean {
  return /\.(objectStore|sharedFiles|blockDisk|certificates|zone|user|endpoint|account|loadBalancerClass|dockerConfig|fsType|volumeAttributes)$/.test(path);
}
