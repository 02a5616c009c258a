import { expect } from "chai";
import { type Held, withCluster } from "./apiServer";
import { type KubernetesObject, workload, workloads } from "./objects";
import { render, renderOn, type Scenario, type Values } from "./rendering";

// The cluster is a stand-in that answers what Helm's `lookup` asks; its words for a Job's end are Kubernetes' own.
describe("what the chart asks the cluster", () => {
  for (const [purpose, scenario] of [["release", "objectfs"], ["prepare", "shared"]] as const) {
    it(`follows a ${purpose} Job that failed by another, because Helm would change nothing and fail again`, async () => {
      const name = jobName(await render(scenario), purpose);

      expect(jobName(await rendered(scenario, { [`jobs/${name}`]: job("Failed") }), purpose)).to.equal(`${name}-1`);
    });

    it(`keeps a ${purpose} Job that is done, runs or is not there`, async () => {
      const name = jobName(await render(scenario), purpose);

      for (const held of [{ [`jobs/${name}`]: job("Complete") }, { [`jobs/${name}`]: job() }, {}]) {
        expect(jobName(await rendered(scenario, held), purpose)).to.equal(name);
      }
    });
  }

  it("gives Jobs to what goes with the release, because Helm forgets those of one that failed", async () => {
    const configuration = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "moodle-configuration", namespace: "learn", uid: "7d1b" } };
    const ownersOf = async (held: Held): Promise<unknown[]> => (await rendered("shared", held)).filter(({ kind }) => kind === "Job").map(({ metadata }) => metadata.ownerReferences);

    const owner = { apiVersion: "v1", kind: "ConfigMap", name: "moodle-configuration", uid: "7d1b" };
    expect(await ownersOf({ "configmaps/moodle-configuration": configuration })).to.deep.equal([[owner], [owner]]);
    expect(await ownersOf({})).to.deep.equal([undefined, undefined]);
  });

  it("leaves the number of web pods where the autoscaler has it, which would be 1 for a moment where a release had a number before", async () => {
    const replicas = async (scenario: Scenario, held: Held, changes: Values = {}) => workload(await rendered(scenario, held, changes), "moodle-web").spec["replicas"];

    expect(await replicas("objectfs", { "deployments/moodle-web": deployment(7) })).to.equal(7);
    expect(await replicas("objectfs", { "deployments/moodle-web": deployment(0) })).to.equal(0);
    expect(await replicas("objectfs", {})).to.equal(undefined);
    expect(await replicas("minimal", { "deployments/moodle-web": deployment(7) }, { web: { replicas: 3 } })).to.equal(3);
  });
});

function rendered(scenario: Scenario, held: Held, changes: Values = {}): Promise<KubernetesObject[]> {
  return withCluster(held, (address) => renderOn(address, scenario, changes));
}

function jobName(objects: readonly KubernetesObject[], purpose: string): string {
  return workloads(objects).find(({ name }) => name.includes(`-${purpose}-`))?.name ?? "";
}

function job(...ended: string[]): object {
  const conditions = ["Suspended", ...ended].map((type) => ({ type, status: type === "Suspended" ? "False" : "True" }));
  return { apiVersion: "batch/v1", kind: "Job", metadata: { name: "job", namespace: "learn" }, status: { conditions } };
}

function deployment(replicas: number): object {
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "moodle-web", namespace: "learn" }, spec: { replicas } };
}
