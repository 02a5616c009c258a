import { expect } from "chai";
import { names } from "./objects";
import { chart, helm, render, scenarioFile, scenarios, type Scenario, tryRender } from "./rendering";

const always = [
  "ConfigMap moodle-configuration",
  "ConfigMap moodle-environment",
  "Deployment moodle-web",
  "PodDisruptionBudget moodle-web",
  "Service moodle-web",
  "Service moodle-web-pods",
];
const manyPods = ["Deployment moodle-adhoc", "Deployment moodle-cron", "Job moodle-release-HASH"];
const volume = ["PersistentVolume learn-moodle-files", "PersistentVolumeClaim moodle-files"];
const policies = ["NetworkPolicy moodle-default-deny", "NetworkPolicy moodle-egress"];
const releasePolicies = ["NetworkPolicy moodle-release-egress", "NetworkPolicy moodle-web-release"];
const account = ["ServiceAccount moodle"];

const expected: Record<Scenario, string[]> = {
  minimal: [...always, ...manyPods, ...account],
  standalone: [
    ...[...always, ...manyPods, ...account, ...policies, ...releasePolicies],
    "HTTPRoute moodle-web",
    "HTTPRoute moodle-web-redirect",
    "NetworkPolicy moodle-web-ingress",
  ],
  objectfs: [
    ...[...always, ...manyPods, ...account, ...volume, ...policies, ...releasePolicies],
    "HTTPRoute moodle-web",
    "HTTPRoute moodle-web-redirect",
    "HorizontalPodAutoscaler moodle-web",
    "NetworkPolicy moodle-web-ingress",
  ],
  shared: [
    ...[...always, ...manyPods, ...account, ...volume, ...policies, ...releasePolicies],
    "Job moodle-prepare-HASH",
    "NetworkPolicy moodle-web-ingress",
  ],
  block: [...always, ...account, ...volume, ...policies, "HTTPRoute moodle-web", "NetworkPolicy moodle-web-ingress"],
  everything: [
    ...[...always, ...manyPods, ...volume, ...policies, ...releasePolicies],
    "HTTPRoute moodle-web",
    "HTTPRoute moodle-web-redirect",
    "HorizontalPodAutoscaler moodle-web",
    "NetworkPolicy moodle-web-ingress",
    "NetworkPolicy moodle-web-scrape",
    "PrometheusRule moodle",
    "ServiceAccount teaching",
    "ServiceMonitor moodle-web",
  ],
};

describe("the chart's scenarios", () => {
  for (const scenario of scenarios) {
    it(`${scenario} renders exactly the objects it is known for`, async () => {
      const found = names(await render(scenario)).map((name) => name.replace(/^(Job .*-)[0-9a-f]{10}$/, "$1HASH"));

      expect(found).to.deep.equal([...expected[scenario]].sort());
    });

    it(`${scenario} passes Helm's own lint`, async () => {
      const { succeeded, text } = await helm("lint", chart, "--strict", "--values", scenarioFile(scenario), "--kube-version", "1.31.0");

      expect(succeeded, text).to.equal(true);
      expect(text).to.not.match(/\[(WARNING|ERROR)\]/);
    });

    it(`${scenario} puts every object of a namespace into the release's, under the release's name`, async () => {
      for (const { kind, metadata } of await render(scenario)) {
        expect(metadata.namespace, `${kind} ${metadata.name}`).to.equal(kind === "PersistentVolume" ? undefined : "learn");
        expect(metadata.labels["app.kubernetes.io/instance"], `${kind} ${metadata.name}`).to.equal("moodle");
        expect(metadata.name.length, metadata.name).to.be.at.most(63);
      }
    });
  }

  it("render to the same text every time", async () => {
    const again = await helm("template", "moodle", chart, "--namespace", "learn", "--kube-version", "1.31.0", "--values", scenarioFile("everything"));

    expect(again.text).to.equal((await tryRender("everything")).text);
  });

  it("leave room for suffixes behind the longest release name", async () => {
    const longest = "a".repeat(53);
    const { text } = await helm("template", longest, chart, "--namespace", "learn", "--kube-version", "1.31.0", "--values", scenarioFile("everything"));

    const found = [...text.matchAll(/^ {2}name: (a+\S*)$/gm)].map(([, name]) => name ?? "");
    expect(found).to.not.deep.equal([]);
    expect(found.filter((name) => name.length > 63)).to.deep.equal([]);
  });

  it("are refused by a Kubernetes older than the features the chart needs", async () => {
    const { succeeded, text } = await helm("template", "moodle", chart, "--kube-version", "1.30.9", "--values", scenarioFile("minimal"));

    expect(succeeded).to.equal(false);
    expect(text).to.contain("chart requires kubeVersion: >=1.31.0-0");
  });
});
