import { expect } from "chai";
import { container, containers, object, variables, workload, type Workload, workloads } from "./objects";
import { render, scenarios, type Values } from "./rendering";

/** What Karpenter and the Cluster Autoscaler ask before they empty a node. */
const undisturbed = { "karpenter.sh/do-not-disrupt": "true", "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" };

describe("the mode block", () => {
  it("lets one pod use the disk: web server, cron, ad-hoc tasks and the upgrade are containers of it", async () => {
    const using = workloads(await render("block")).filter(usesVolume);

    expect(using.map(({ kind, name }) => `${kind} ${name}`)).to.deep.equal(["Deployment moodle-web"]);
    expect(using.flatMap(containers).map(({ name }) => name)).to.deep.equal(["release", "nginx", "php-fpm", "cron", "adhoc"]);
  });

  it("never has two pods at once", async () => {
    const { spec } = workload(await render("block"), "moodle-web");

    expect(spec["replicas"]).to.equal(1);
    expect(spec["strategy"]).to.deep.equal({ type: "Recreate" });
    expect(object(await render("block"), "PersistentVolumeClaim", "moodle-files").spec["accessModes"]).to.deep.equal(["ReadWriteOncePod"]);
  });

  it("holds a volume that no CSI driver serves to one node, for want of more", async () => {
    const local = { csi: null, local: { path: "/srv/moodle" }, nodeAffinity: { "kubernetes.io/hostname": ["node-1"] } };
    const claim = object(await render("block", { files: { volume: local } }), "PersistentVolumeClaim", "moodle-files");

    expect(claim.spec["accessModes"]).to.deep.equal(["ReadWriteOnce"]);
  });

  it("is not disturbed by node maintenance, unless somebody opens a window", async () => {
    const budget = async (changes: Values) => object(await render("block", changes), "PodDisruptionBudget", "moodle-web").spec["maxUnavailable"];

    expect(await budget({})).to.equal(0);
    expect(await budget({ web: { disruptionBudget: { maxUnavailable: 1 } } })).to.equal(1);
  });

  it("is not moved to another node by an autoscaler, whose budgets do not cover a pod in the middle of an upgrade", async () => {
    const annotations = async (changes: Values) => workload(await render("block", changes), "moodle-web").metadata.annotations;

    expect(await annotations({})).to.include(undisturbed);
    expect(await annotations({ web: { disruptionBudget: { maxUnavailable: 1 } } })).to.not.have.any.keys(...Object.keys(undisturbed));
  });

  it("goes without runners where there shall be none", async () => {
    const { pod } = workload(await render("block", { cron: { replicas: 0 }, adhoc: { replicas: 0 } }), "moodle-web");

    expect(pod.containers.map(({ name }) => name)).to.deep.equal(["nginx", "php-fpm"]);
    expect(pod.terminationGracePeriodSeconds).to.equal(635);
  });

  it("gives the pod as long to end as its slowest part needs, and room for all of them", async () => {
    const { pod } = workload(await render("block"), "moodle-web");

    expect(pod.terminationGracePeriodSeconds).to.equal(900);
    expect(pod.volumes.find(({ name }) => name === "temporary")?.emptyDir).to.deep.equal({ sizeLimit: "12Gi" });
  });

  it("asks no other pod for its release, because there is none", async () => {
    const release = container(workload(await render("block"), "moodle-web"), "release");

    expect(variables(release)).to.not.have.property("MOODLE_WEB_PODS_HOST");
  });
});

describe("the modes with many pods", () => {
  for (const scenario of ["minimal", "objectfs", "shared", "everything"] as const) {
    it(`${scenario}: web, cron and ad-hoc pods wait until the database belongs to their code`, async () => {
      const objects = await render(scenario);
      for (const name of ["moodle-web", "moodle-cron", "moodle-adhoc"]) {
        expect(workload(objects, name).pod.initContainers?.at(-1)?.name, name).to.equal("await-release");
      }
    });
  }

  it("keep every old web pod until a new one is ready, and stop old runners at once", async () => {
    const objects = await render("objectfs");

    expect(workload(objects, "moodle-web").spec["strategy"]).to.have.nested.property("rollingUpdate.maxUnavailable", 0);
    for (const name of ["moodle-cron", "moodle-adhoc"]) {
      expect(workload(objects, name).spec["strategy"], name).to.deep.equal({
        type: "RollingUpdate",
        rollingUpdate: { maxUnavailable: "100%", maxSurge: 0 },
      });
    }
  });

  it("evict one web pod at a time", async () => {
    expect(object(await render("minimal"), "PodDisruptionBudget", "moodle-web").spec["maxUnavailable"]).to.equal(1);
    const closed = await render("minimal", { web: { disruptionBudget: { maxUnavailable: 0 } } });
    expect(object(closed, "PodDisruptionBudget", "moodle-web").spec["maxUnavailable"]).to.equal(0);
  });

  it("spread web pods over zones: should, or must", async () => {
    const zones = async (changes: Values) => workload(await render("minimal", changes), "moodle-web").spec;

    expect(await zones({})).to.have.nested.property("template.spec.topologySpreadConstraints[0].whenUnsatisfiable", "ScheduleAnyway");
    expect(await zones({ web: { zoneSpread: "required" } })).to.have.nested.property(
      "template.spec.topologySpreadConstraints[0].whenUnsatisfiable",
      "DoNotSchedule",
    );
  });

  it("have as many cron processes at a time as runners, and ad-hoc ones likewise", async () => {
    const cron = container(workload(await render("everything"), "moodle-cron"), "cron");

    expect(variables(cron)).to.include({ MOODLE_TASK_SCHEDULED_LIMIT: "3", MOODLE_TASK_ADHOC_LIMIT: "5" });
  });
});

describe("the install and upgrade Job", () => {
  it("is an ordinary object, because a hook would wait for what waits for it", async () => {
    for (const scenario of scenarios) {
      for (const { kind, metadata } of await render(scenario)) {
        expect(Object.keys(metadata.annotations ?? {}).filter((name) => name.startsWith("helm.sh/")), `${kind} ${metadata.name}`).to.deep.equal([]);
      }
    }
  });

  it("has the same name for the same image and configuration, and another for any other", async () => {
    const name = await jobName({});
    const others = [
      await jobName({ image: { digest: `sha256:${"1".repeat(64)}` } }),
      await jobName({ site: { supportEmail: "help@example.edu" } }),
      await jobName({ moodle: { settings: { sessiontimeout: 1 } } }),
      await jobName({ database: { host: "other.example.edu" } }),
      await jobName({ secrets: { databasePassword: { name: "rotated" } } }),
      await jobName({ job: { resources: { memoryMiB: 4096 } } }),
    ];

    expect(name).to.match(/^moodle-release-[0-9a-f]{10}$/);
    expect(new Set([name, ...others]).size).to.equal(7);
    expect(await jobName({ web: { php: { workers: 8 } } })).to.equal(name);
    expect(await jobName({ chartDigest: "another" })).to.equal(name);
  });

  it("never runs twice at once", async () => {
    const { spec, pod } = await job({});

    expect(spec).to.include({ parallelism: 1, completions: 1, podReplacementPolicy: "Failed" });
    expect((pod as { restartPolicy?: string }).restartPolicy).to.equal("Never");
  });

  it("is not moved to another node while it runs, and is alone in that", async () => {
    for (const { kind, name, metadata } of workloads(await render("everything"))) {
      const upgrades = kind === "Job" && name.includes("-release-");
      const annotations = Object.keys(metadata.annotations ?? {});
      expect(Object.keys(undisturbed).filter((each) => annotations.includes(each)), name).to.have.length(upgrades ? 2 : 0);
    }
  });

  it("gives up in its own time, before the web pods that wait for it are given up", async () => {
    const objects = await render("everything");

    expect((await job({}, "everything")).spec).to.include({ backoffLimit: 2, activeDeadlineSeconds: 10800 });
    expect(workload(objects, "moodle-web").spec["progressDeadlineSeconds"]).to.equal(11400);
  });

  it("tries once where no retry is wanted", async () => {
    expect((await job({ job: { retries: 0 } })).spec["backoffLimit"]).to.equal(0);
  });

  it("is told the pods whose release it must ask", async () => {
    const release = container(await job({}), "release");

    expect(variables(release)["MOODLE_WEB_PODS_HOST"]).to.equal("moodle-web-pods");
    expect(object(await render("objectfs"), "Service", "moodle-web-pods").spec).to.include({ clusterIP: "None" });
  });
});

function usesVolume({ pod }: Workload): boolean {
  return pod.volumes.some(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined);
}

async function job(changes: Values, scenario: "objectfs" | "everything" = "objectfs"): Promise<Workload> {
  const [found] = workloads(await render(scenario, changes)).filter(({ name }) => name.includes("-release-"));
  if (found === undefined) throw new Error("there is no Job");
  return found;
}

async function jobName(changes: Values): Promise<string> {
  return (await job(changes)).name;
}
