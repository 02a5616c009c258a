import { expect } from "chai";
import { folders } from "../../components/moodle/environment";
import { container, type KubernetesObject, object, variables, type Workload, workloads } from "../charts/objects";
import { render, type Scenario, scenarios, scenarioValues } from "../charts/rendering";
import type { Variables } from "./environments";
import { aLab } from "./support/lab";
import { mountsOf } from "./volumes";

/** Which container of which workload is started by which reader of the contract. */
const programs = [
  { of: "moodle-web", name: "nginx", reader: "nginx" },
  { of: "moodle-web", name: "php-fpm", reader: "phpFpm" },
  { of: "moodle-cron", name: "cron", reader: "runner" },
  { of: "moodle-adhoc", name: "adhoc", reader: "runner" },
  { of: "moodle-web", name: "await-release", reader: "awaitRelease" },
  { of: "moodle-release", name: "release", reader: "release" },
] as const;

const check = `require '/opt/moodle/lib/autoload.php';
try {
    MoodleImage\\Environment::read($argv[1]);
    echo 'accepted';
} catch (MoodleImage\\EnvironmentError $error) {
    echo $error->getMessage();
}`;

describe("the environment that the chart gives", function () {
  this.timeout("120s");
  const lab = aLab();

  for (const scenario of scenarios.filter((one) => one !== "minimal" && one !== "block")) {
    for (const { of, name, reader } of programs) {
      it(`is all that ${name} needs, in ${scenario}`, async () => {
        const objects = await render(scenario);
        const found = workloads(objects).find((each) => each.name.startsWith(of));
        expect(found, of).to.not.equal(undefined);
        const one = container(found as Workload, name);

        expect(await answer(scenario, objects, { ...shared(objects), ...variables(one) } as Variables, reader)).to.equal("accepted");
      });
    }
  }

  for (const scenario of ["minimal", "block"] as const) {
    it(`is all that config.php needs, in ${scenario}`, async () => {
      const objects = await render(scenario);

      expect(await answer(scenario, objects, { ...shared(objects), MOODLE_RELEASE: "4f1c2e" }, "all")).to.equal("accepted");
    });
  }

  async function answer(scenario: Scenario, objects: readonly KubernetesObject[], environment: Variables, reader: string): Promise<string> {
    const configuration = object(objects, "ConfigMap", "moodle-configuration").data ?? {};
    const secrets = Object.fromEntries(Object.keys(scenarioValues(scenario)["secrets"] as object).map((key) => [key, contents(key)]));
    const minted = environment["MOODLE_OBJECT_STORE_TOKEN_FILE"]?.startsWith(folders.token) === true;
    const pod = await lab.pod({ environment, mounts: mountsOf(lab, { configuration, secrets, ...(minted && { token: "sig=token" }) }) });
    const { stdout, stderr } = await pod.run(["php", "-d", "display_errors=stderr", "-r", check, "--", reader]);
    expect(stderr).to.equal("");
    return stdout;
  }
});

function shared(objects: readonly KubernetesObject[]): Variables {
  return object(objects, "ConfigMap", "moodle-environment").data ?? {};
}

/** Of a secret file by the chart's key; the encryption key lies elsewhere and is there anyway. */
function contents(key: string): string {
  switch (key) {
    case "encryptionKey":
      return "";
    case "passwordPeppers":
    case "forcedSettings":
      return "{}";
    default:
      return `a ${key}`;
  }
}
