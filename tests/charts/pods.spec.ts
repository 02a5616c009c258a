import { expect } from "chai";
import { type Container, container, containers, object, type SecurityContext, type Workload, workload, workloads } from "./objects";
import { render, scenarios } from "./rendering";

describe("the chart's pods", () => {
  for (const scenario of scenarios) {
    it(`${scenario}: are restricted, as the Pod Security Standard of that name says`, async () => {
      const pods = workloads(await render(scenario)).filter(({ name }) => !name.includes("-prepare-"));

      expect(pods.length).to.be.greaterThan(0);
      expect(pods.flatMap(looseEnds)).to.deep.equal([]);
    });

    it(`${scenario}: write to mounted volumes only, and ask for no more than they are given`, async () => {
      for (const one of workloads(await render(scenario))) {
        for (const each of containers(one)) {
          const where = `${one.name}/${each.name}`;
          expect(each.securityContext.readOnlyRootFilesystem, where).to.equal(true);
          expect(each.resources.limits["memory"], where).to.equal(each.resources.requests["memory"]);
          expect(each.resources.limits["ephemeral-storage"], where).to.equal(each.resources.requests["ephemeral-storage"]);
          expect(each.resources.requests["cpu"], where).to.match(/^\d+m?$/);
        }
      }
    });

    it(`${scenario}: hold no token of the cluster and no variable named after a Service`, async () => {
      for (const { name, pod } of workloads(await render(scenario))) {
        expect(pod.automountServiceAccountToken, name).to.equal(false);
        expect(pod.enableServiceLinks, name).to.equal(false);
      }
    });

    it(`${scenario}: have limits that hold their emptyDirs`, async () => {
      for (const one of workloads(await render(scenario))) {
        const disks = one.pod.volumes.flatMap(({ emptyDir }) => (emptyDir && emptyDir["medium"] !== "Memory" ? [String(emptyDir["sizeLimit"])] : []));
        const limit = sum(one.pod.containers.map((each) => inMiB(each.resources.limits["ephemeral-storage"] ?? "")));
        expect(sum(disks.map(inMiB)), `${one.name}: ${disks.join(" + ")}`).to.be.at.most(limit);
      }
    });

    it(`${scenario}: are selected by labels that no version changes`, async () => {
      const objects = await render(scenario);
      const newer = await render(scenario, { moodle: { version: "5.3.9" }, image: { digest: `sha256:${"a".repeat(64)}` } });
      const selectors = (from: typeof objects) =>
        from.flatMap(({ kind, metadata, spec }) => (kind === "Job" || spec?.["selector"] === undefined ? [] : [[kind, metadata.name, spec["selector"]]]));

      expect(selectors(objects)).to.not.deep.equal([]);
      expect(selectors(newer)).to.deep.equal(selectors(objects));
      for (const [, name, selector] of selectors(objects)) expect(JSON.stringify(selector), String(name)).to.not.match(/version|chart/);
    });

    it(`${scenario}: see secrets as files of the Secrets named in the values, the administrator's in the release program alone`, async () => {
      for (const one of workloads(await render(scenario))) {
        for (const each of containers(one)) {
          const where = `${one.name}/${each.name}`;
          expect(each.envFrom?.filter(({ secretRef }) => secretRef !== undefined) ?? [], where).to.deep.equal([]);
          expect(each.env?.filter(({ valueFrom }) => valueFrom !== undefined) ?? [], where).to.deep.equal([]);
          expect(secretPaths(one, each).includes("adminPassword"), where).to.equal(each.name === "release");
        }
      }
    });
  }

  it("get new ones when the configuration they read changes, and only then", async () => {
    const before = await templatesOf({});

    const site = await templatesOf({ site: { supportEmail: "other@example.edu" } });
    expect(different(before, site)).to.deep.equal(["moodle-adhoc", "moodle-cron", "moodle-release", "moodle-web"]);
    const settings = await templatesOf({ moodle: { settings: { sessiontimeout: 1 } } });
    expect(different(before, settings)).to.deep.equal(["moodle-adhoc", "moodle-cron", "moodle-release", "moodle-web"]);
    const workers = await templatesOf({ web: { php: { workers: 8 } } });
    expect(different(before, workers)).to.deep.equal(["moodle-web"]);
    const cron = await templatesOf({ cron: { keepAliveSeconds: 30 } });
    expect(different(before, cron)).to.deep.equal(["moodle-cron"]);
    const chartDigest = await templatesOf({ chartDigest: "another" });
    expect(different(before, chartDigest)).to.deep.equal([]);
    const routes = await templatesOf({ gateway: null });
    expect(different(before, routes)).to.deep.equal([]);
  });

  it("are probed without asking Moodle", async () => {
    const web = workload(await render("objectfs"), "moodle-web");
    const nginx = container(web, "nginx");
    const phpFpm = container(web, "php-fpm");

    expect(nginx.livenessProbe?.httpGet).to.deep.equal({ path: "/alive", port: "probe" });
    expect(nginx.readinessProbe?.httpGet).to.deep.equal({ path: "/php", port: "probe" });
    expect(phpFpm.livenessProbe?.httpGet).to.deep.equal({ path: "/php", port: 8081 });
    expect(phpFpm.readinessProbe).to.equal(undefined);
    for (const runner of ["cron", "adhoc"]) {
      const only = container(workload(await render("objectfs"), `moodle-${runner}`), runner);
      expect([only.livenessProbe, only.readinessProbe, only.startupProbe], runner).to.deep.equal([undefined, undefined, undefined]);
    }
  });

  it("of the web end after nginx has served what it accepted, and PHP-FPM after nginx", async () => {
    const web = workload(await render("everything"), "moodle-web");

    expect(container(web, "nginx").lifecycle?.preStop).to.deep.equal({ sleep: { seconds: 20 } });
    expect(container(web, "php-fpm").lifecycle?.preStop).to.deep.equal({ exec: { command: ["/opt/moodle/bin/await-nginx-stop"] } });
    expect(web.pod.terminationGracePeriodSeconds).to.equal(300);
  });

  it("of the web have time for the longest request that is allowed, and for PHP-FPM to give up on it, unless somebody says less", async () => {
    const web = workload(await render("objectfs", { web: { requestTimeoutSeconds: 3600, drainSeconds: 30 } }), "moodle-web");
    const mostly = workload(await render("objectfs", { web: { terminationGraceSeconds: 60 } }), "moodle-web");

    expect(web.pod.terminationGracePeriodSeconds).to.equal(3650);
    expect(mostly.pod.terminationGracePeriodSeconds).to.equal(60);
  });

  it("of the web do not sleep where there is nothing to drain, which Kubernetes would refuse", async () => {
    const web = workload(await render("objectfs", { web: { drainSeconds: 0 } }), "moodle-web");

    expect(container(web, "nginx").lifecycle).to.equal(undefined);
  });

  it("of the web get their space from the volume group only where the volume asks for it", async () => {
    expect(workload(await render("objectfs"), "moodle-web").pod.securityContext.fsGroup).to.equal(undefined);
    expect(workload(await render("everything"), "moodle-web").pod.securityContext.fsGroup).to.equal(20034);
  });

  it("that mint a token end after every other container of theirs, so that the Job with one finishes", async () => {
    const objects = await render("everything");
    for (const name of ["moodle-web", "moodle-cron", "moodle-adhoc", releaseJob(objects)]) {
      const [first] = workload(objects, name).pod.initContainers ?? [];
      expect([first?.name, first?.restartPolicy], name).to.deep.equal(["token-minter", "Always"]);
    }
    expect(workloads(await render("objectfs")).flatMap(containers).map(({ name }) => name)).to.not.include("token-minter");
  });

  it("that prepare a volume are the one exception: root for one command, and baseline all the same", async () => {
    const [prepare, ...others] = workloads(await render("shared")).filter(({ name }) => name.includes("-prepare-"));
    if (prepare === undefined || others.length > 0) throw new Error("expected one Job that prepares the volume");
    const [only] = prepare.pod.containers;

    expect(only?.command).to.deep.equal(["/bin/chown", "10033:10033", "/var/lib/moodle"]);
    expect(only?.securityContext.capabilities).to.deep.equal({ drop: ["ALL"], add: ["CHOWN"] });
    expect(only?.securityContext.allowPrivilegeEscalation).to.equal(false);
    expect(prepare.pod.containers.length).to.equal(1);
    for (const scenario of ["minimal", "objectfs", "block", "everything"] as const) {
      expect(workloads(await render(scenario)).filter(({ name }) => name.includes("prepare")), scenario).to.deep.equal([]);
    }
  });

  it("scale on the CPU of PHP alone, and leave their number to the autoscaler", async () => {
    const objects = await render("objectfs");
    const metrics = object(objects, "HorizontalPodAutoscaler", "moodle-web").spec["metrics"];

    expect(metrics).to.have.nested.property("[0].containerResource.container", "php-fpm");
    expect(workload(objects, "moodle-web").spec).to.not.have.property("replicas");
    expect(workload(await render("minimal"), "moodle-web").spec).to.have.property("replicas", 2);
  });
});

function looseEnds(one: Workload): string[] {
  const { pod } = one;
  const problems = [pod.hostNetwork, pod.hostPID, pod.hostIPC].some(Boolean) ? ["uses the host's namespaces"] : [];
  if (pod.volumes.some((volume) => !volume.persistentVolumeClaim && !volume.emptyDir && !volume.configMap && !volume.projected)) problems.push("a volume of another kind");
  return [...problems, ...containers(one).flatMap((each) => looseEndsOf(each, pod.securityContext))].map((problem) => `${one.name}: ${problem}`);
}

function looseEndsOf({ name, securityContext: own, ports }: Container, pod: SecurityContext): string[] {
  const problems: string[] = [];
  if (own.privileged === true) problems.push("privileged");
  if (own.allowPrivilegeEscalation !== false) problems.push("may escalate");
  if ((own.runAsNonRoot ?? pod.runAsNonRoot) !== true) problems.push("may be root");
  if ((own.runAsUser ?? pod.runAsUser ?? 0) < 1000) problems.push("has a user id of the system");
  if ((own.seccompProfile ?? pod.seccompProfile)?.type !== "RuntimeDefault") problems.push("has no seccomp profile");
  if (JSON.stringify(own.capabilities) !== '{"drop":["ALL"]}') problems.push("keeps capabilities");
  if ((ports ?? []).some(({ hostPort }) => hostPort !== undefined)) problems.push("opens a port of the node");
  return problems.map((problem) => `${name} ${problem}`);
}

function secretPaths({ pod }: Workload, { volumeMounts }: Container): string[] {
  const mounted = volumeMounts.map(({ name }) => pod.volumes.find((volume) => volume.name === name));
  return mounted.flatMap((volume) => (volume?.projected?.sources ?? []).flatMap(({ secret }) => secret.items.map(({ path }) => path)));
}

async function templatesOf(changes: Record<string, unknown>): Promise<Record<string, string>> {
  const objects = await render("objectfs", { network: { policies: false }, ...changes });
  return Object.fromEntries(
    workloads(objects).map(({ name, metadata, pod }) => [name.replace(/-release-.*/, "-release"), JSON.stringify([metadata, pod])]),
  );
}

function different(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(before).filter((name) => before[name] !== after[name]).sort();
}

function releaseJob(objects: Parameters<typeof workloads>[0]): string {
  return workloads(objects).find(({ name }) => name.includes("-release-"))?.name ?? "";
}

function inMiB(quantity: string): number {
  const [, figure, unit] = /^(\d+)(Mi|Gi)$/.exec(quantity) ?? [];
  if (figure === undefined) throw new Error(`${quantity} is not in Mi or Gi`);
  return Number(figure) * (unit === "Gi" ? 1024 : 1);
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}
