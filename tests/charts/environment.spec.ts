import { expect } from "chai";
import { environmentVariables, folders, ports, probePaths, programs, publicCertificates, type Reader, secretFiles } from "../../components/moodle/environment";
import { type Container, container, containers, type KubernetesObject, object, variables, type Workload, workload, workloads } from "./objects";
import { render, scenarios, scenarioValues } from "./rendering";

/** Which containers are which readers of the contract. */
const readers: Readonly<Record<string, Reader>> = {
  "nginx": "nginx",
  "php-fpm": "phpFpm",
  "cron": "runner",
  "adhoc": "runner",
  "release": "release",
  "await-release": "awaitRelease",
};

const commands: Readonly<Record<string, readonly string[]>> = {
  "nginx": programs.nginx,
  "php-fpm": programs.phpFpm,
  "cron": programs.scheduledRunner,
  "adhoc": programs.adhocRunner,
  "release": programs.release,
  "await-release": programs.awaitRelease,
};

describe("what the chart tells the image", () => {
  for (const scenario of scenarios) {
    it(`${scenario}: each container has exactly the variables that its program reads, and those it needs`, async () => {
      const objects = await render(scenario);
      const problems: string[] = [];

      for (const one of moodleWorkloads(objects)) {
        for (const each of moodleContainers(one)) {
          const given = environmentOf(objects, each);
          problems.push(...missing(given, readerOf(each)).map((name) => `${one.name}/${each.name} lacks ${name}`));
          problems.push(...strangers(objects, each).map((name) => `${one.name}/${each.name} has ${name}, which its program does not read`));
        }
      }
      expect(problems).to.deep.equal([]);
    });

    it(`${scenario}: each container finds the secret files that its program reads, and those it needs`, async () => {
      const objects = await render(scenario);
      const given = Object.keys(scenarioValues(scenario)["secrets"] as object);

      for (const one of moodleWorkloads(objects)) {
        for (const each of moodleContainers(one).filter(({ name }) => name !== "nginx")) {
          const reader = readerOf(each);
          const expected = secretFiles.filter(({ key, readBy }) => given.includes(key) && readBy.some((who) => who === "all" || who === reader));
          expect(secretPaths(one, each), `${one.name}/${each.name}`).to.deep.equal(expected.map(({ path }) => path).sort());
        }
      }
      const needed = secretFiles.filter(({ required }) => required === "always").map(({ key }) => key);
      expect(given).to.include.members(needed);
    });

    it(`${scenario}: each container starts a program of the contract`, async () => {
      for (const one of moodleWorkloads(await render(scenario))) {
        for (const each of moodleContainers(one)) {
          expect([...each.command, ...(each.args ?? [])], `${one.name}/${each.name}`).to.deep.equal([...(commands[each.name] ?? [])]);
        }
      }
    });

    it(`${scenario}: folders are mounted where the contract says, and public certificates are named as in the image`, async () => {
      const objects = await render(scenario);
      const { data } = object(objects, "ConfigMap", "moodle-environment");

      expect(data).to.include({
        MOODLE_DATAROOT: folders.dataroot,
        MOODLE_LOCAL_CACHE_DIR: folders.localCache,
        MOODLE_TEMPORARY_DIR: folders.temporary,
        MOODLE_SECRETS_DIR: folders.secrets,
        MOODLE_SETTINGS_FILE: `${folders.configuration}/settings.json`,
      });
      for (const one of moodleWorkloads(objects)) {
        for (const each of moodleContainers(one)) {
          const mounted = each.volumeMounts.map(({ mountPath }) => mountPath);
          expect(Object.values(folders), `${one.name}/${each.name}`).to.include.members(mounted);
          expect(mounted, `${one.name}/${each.name}`).to.include.members([folders.dataroot, folders.localCache, folders.temporary, folders.run]);
        }
      }
      const authorities = Object.entries(data ?? {}).filter(([name]) => name.endsWith("_CA_FILE"));
      const files = Object.keys(object(objects, "ConfigMap", "moodle-configuration").data ?? {}).map((file) => `${folders.configuration}/${file}`);
      for (const [name, file] of authorities) expect([publicCertificates, ...files], name).to.include(file);
    });
  }

  it("has a certificate file wherever TLS is on, without which Moodle's cache client would verify nothing", async () => {
    for (const scenario of ["objectfs", "shared", "block", "everything"] as const) {
      const { data } = object(await render(scenario), "ConfigMap", "moodle-environment");
      const encrypted = Object.keys(data ?? {}).filter((name) => name.endsWith("_TLS"));

      expect(encrypted.length, scenario).to.equal(3);
      for (const name of encrypted) {
        expect(data?.[name], name).to.match(/^verify-(full|ca)$/);
        expect(data?.[name.replace(/_TLS$/, "_CA_FILE")], name).to.match(/^\//);
      }
    }
  });

  it("says off where TLS is off, and names no certificate", async () => {
    const { data } = object(await render("minimal"), "ConfigMap", "moodle-environment");

    expect(data).to.include({ MOODLE_DATABASE_TLS: "off", MOODLE_SESSION_CACHE_TLS: "off", MOODLE_APPLICATION_CACHE_TLS: "off" });
    expect(Object.keys(data ?? {}).filter((name) => name.endsWith("_CA_FILE"))).to.deep.equal([]);
  });

  it("holds every authority of a list, in its order", async () => {
    const { data } = object(await render("shared"), "ConfigMap", "moodle-configuration");

    expect(data?.["database-ca.pem"]?.match(/^-----BEGIN CERTIFICATE-----$/gm)).to.have.length(2);
    expect(data?.["database-ca.pem"]?.indexOf("Zmlyc3Q")).to.be.lessThan(data?.["database-ca.pem"]?.indexOf("c2Vjb25k") ?? 0);
    expect(data).to.include.keys("session-cache-ca.pem", "application-cache-ca.pem");
  });

  it("never repeats a name, and has no secret file in a ConfigMap", async () => {
    const all = environmentVariables.map(({ name }) => name);
    expect(all).to.deep.equal([...new Set(all)]);

    for (const scenario of scenarios) {
      for (const { kind, metadata, data } of await render(scenario)) {
        expect(kind, metadata.name).to.not.equal("Secret");
        expect(Object.keys(data ?? {}).filter((name) => /password|secret_|_key|token$/i.test(name)), metadata.name).to.deep.equal([]);
      }
    }
  });

  it("uses the same ports and paths for probes, scraping and the release program", async () => {
    const objects = await render("everything");
    const web = workload(objects, "moodle-web");
    const nginx = container(web, "nginx");

    expect(variables(nginx)).to.include({ MOODLE_HTTP_PORT: String(ports.http), MOODLE_PROBE_PORT: String(ports.probe) });
    expect(nginx.ports).to.deep.equal([
      { name: "http", containerPort: ports.http },
      { name: "probe", containerPort: ports.probe },
    ]);
    const probes = containers(web).flatMap(({ startupProbe, livenessProbe, readinessProbe }) => [startupProbe, livenessProbe, readinessProbe]);
    for (const probe of probes.filter((one) => one !== undefined)) {
      expect([probePaths.nginx, probePaths.phpFpm]).to.include(probe.httpGet.path);
      expect(["probe", ports.probe]).to.include(probe.httpGet.port);
    }
    expect(object(objects, "ServiceMonitor", "moodle-web").spec["endpoints"]).to.deep.equal([{ port: "probe", path: probePaths.metrics, interval: "60s" }]);
    expect(container(web, "php-fpm").lifecycle?.preStop).to.deep.equal({ exec: { command: [...programs.awaitNginxStop] } });
  });
});

function moodleWorkloads(objects: readonly KubernetesObject[]): Workload[] {
  return workloads(objects).filter(({ name }) => !name.includes("-prepare-"));
}

function moodleContainers(one: Workload): Container[] {
  return containers(one).filter(({ name }) => name !== "token-minter");
}

function readerOf({ name }: Container): Reader {
  const reader = readers[name];
  if (reader === undefined) throw new Error(`the contract knows no container ${name}`);
  return reader;
}

function environmentOf(objects: readonly KubernetesObject[], one: Container): Record<string, string> {
  const shared = (one.envFrom ?? []).map(({ configMapRef }) => object(objects, "ConfigMap", configMapRef?.name ?? "").data ?? {});
  return { ...Object.assign({}, ...shared), ...variables(one) } as Record<string, string>;
}

function missing(given: Record<string, string>, reader: Reader): string[] {
  return environmentVariables
    .filter(({ readBy }) => readBy.includes(reader) || (readBy.includes("all") && reader !== "nginx"))
    .filter(({ required }) => required === "always" || (required !== "never" && required.is.includes(given[required.variable] ?? "")))
    .filter(({ name }) => (given[name] ?? "") === "")
    .map(({ name }) => name);
}

/** A container's own variables are for its program alone; the shared ones are for every program. */
function strangers(objects: readonly KubernetesObject[], one: Container): string[] {
  const shared = Object.keys(object(objects, "ConfigMap", "moodle-environment").data ?? {});
  const own = Object.keys(variables(one));
  const known = (names: string[], readable: (readBy: readonly Reader[]) => boolean) =>
    names.filter((name) => !environmentVariables.some((variable) => variable.name === name && readable(variable.readBy)));
  return [...known(shared, (readBy) => readBy.includes("all")), ...known(own, (readBy) => readBy.includes(readerOf(one)) || readBy.includes("all"))];
}

function secretPaths({ pod }: Workload, { volumeMounts }: Container): string[] {
  const mounted = volumeMounts.filter(({ mountPath }) => mountPath === folders.secrets).map(({ name }) => pod.volumes.find((volume) => volume.name === name));
  return mounted.flatMap((volume) => (volume?.projected?.sources ?? []).flatMap(({ secret }) => secret.items.map(({ path }) => path))).sort();
}
