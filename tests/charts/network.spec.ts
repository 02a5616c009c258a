import { expect } from "chai";
import { type KubernetesObject, object } from "./objects";
import { render } from "./rendering";

describe("the network policies", () => {
  it("shut everything in both directions, for all pods of the release", async () => {
    const { spec } = object(await render("objectfs"), "NetworkPolicy", "moodle-default-deny");

    expect(spec).to.deep.equal({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "moodle", "app.kubernetes.io/instance": "moodle" } },
      policyTypes: ["Ingress", "Egress"],
    });
  });

  it("let pods reach the cluster's DNS and what is required, and nothing else", async () => {
    const { spec, metadata } = object(await render("objectfs"), "NetworkPolicy", "moodle-egress");
    const names = { namespaceSelector: labels({ "kubernetes.io/metadata.name": "kube-system" }), podSelector: labels({ "k8s-app": "kube-dns" }) };

    expect(spec["egress"]).to.deep.equal([
      { to: [names], ports: [{ protocol: "UDP", port: 53 }, { protocol: "TCP", port: 53 }] },
      { to: [{ ipBlock: { cidr: "10.0.32.0/20" } }], ports: [{ protocol: "TCP", port: 5432 }] },
      { to: [{ ipBlock: { cidr: "10.0.32.0/20" } }], ports: [{ protocol: "TCP", port: 6379 }] },
      { to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ protocol: "TCP", port: 443 }] },
    ]);
    expect(metadata.annotations).to.deep.equal({
      "egress-1": "10.0.32.0/20 TCP 5432: database",
      "egress-2": "10.0.32.0/20 TCP 6379: caches",
      "egress-3": "0.0.0.0/0 TCP 443: object store",
    });
  });

  it("find the DNS of clusters that call it otherwise", async () => {
    const other = await render("everything");
    const anyPod = await render("everything", { network: { dns: { podLabels: null } } });

    expect(dnsPeer(other)).to.deep.equal({ namespaceSelector: labels({ "kubernetes.io/metadata.name": "dns" }), podSelector: labels({ app: "dns" }) });
    expect(dnsPeer(anyPod)).to.have.nested.property("podSelector.matchLabels.k8s-app", "kube-dns");
    expect(dnsPeer(await render("objectfs", { network: { dns: { podLabels: {} } } }))).to.not.have.property("podSelector");
  });

  it("let only the gateway's proxies reach the site, and only Prometheus its metrics", async () => {
    const objects = await render("everything");

    expect(object(objects, "NetworkPolicy", "moodle-web-ingress").spec["ingress"]).to.deep.equal([
      {
        from: [{ namespaceSelector: labels({ "kubernetes.io/metadata.name": "ingress" }), podSelector: labels({ role: "proxy" }) }],
        ports: [{ protocol: "TCP", port: "http" }],
      },
    ]);
    expect(object(objects, "NetworkPolicy", "moodle-web-scrape").spec["ingress"]).to.deep.equal([
      { from: [{ namespaceSelector: labels({ "kubernetes.io/metadata.name": "monitoring" }) }], ports: [{ protocol: "TCP", port: "probe" }] },
    ]);
  });

  it("find pods of the cluster by their labels where no address is given, because some clusters match no pod by its address", async () => {
    const { spec, metadata } = object(await render("everything"), "NetworkPolicy", "moodle-egress");

    expect((spec["egress"] as unknown[])[3]).to.deep.equal({
      to: [{ namespaceSelector: labels({ "kubernetes.io/metadata.name": "identity" }), podSelector: labels({ app: "identity" }) }],
      ports: [{ protocol: "TCP", port: 8443 }],
    });
    expect(metadata.annotations?.["egress-3"]).to.equal("identity TCP 8443: identity");
  });

  it("let the release program ask web pods for their release, on both ends", async () => {
    const objects = await render("objectfs");
    const component = (name: string) => labels({ "app.kubernetes.io/name": "moodle", "app.kubernetes.io/instance": "moodle", "app.kubernetes.io/component": name });
    const ports = [{ protocol: "TCP", port: "probe" }];

    expect(object(objects, "NetworkPolicy", "moodle-web-release").spec).to.deep.equal({
      podSelector: component("web"),
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: component("release") }], ports }],
    });
    expect(object(objects, "NetworkPolicy", "moodle-release-egress").spec).to.deep.equal({
      podSelector: component("release"),
      policyTypes: ["Egress"],
      egress: [{ to: [{ podSelector: component("web") }], ports }],
    });
  });
});

describe("the route", () => {
  it("attaches to the Gateway's listener for the site's name, with the one timeout", async () => {
    const { spec } = object(await render("everything"), "HTTPRoute", "moodle-web");

    expect(spec["parentRefs"]).to.deep.equal([
      { group: "gateway.networking.k8s.io", kind: "Gateway", name: "public", namespace: "ingress", sectionName: "https-learn" },
    ]);
    expect(spec["hostnames"]).to.deep.equal(["learn.example.edu"]);
    expect(spec).to.have.nested.property("rules[0].timeouts").that.deep.equals({ request: "1200s", backendRequest: "1200s" });
    expect(spec).to.have.nested.property("rules[0].backendRefs[0].name", "moodle-web");
  });

  it("shares its timeout and upload limit with nginx and PHP", async () => {
    const { data } = object(await render("everything"), "ConfigMap", "moodle-environment");

    expect(data).to.include({ MOODLE_REQUEST_TIMEOUT_SECONDS: "1200", MOODLE_UPLOAD_LIMIT_MIB: "1024", MOODLE_URL: "https://learn.example.edu" });
  });

  it("sends plain HTTP to HTTPS where the HTTP listener is named, and makes no route without a Gateway", async () => {
    const redirect = object(await render("objectfs"), "HTTPRoute", "moodle-web-redirect").spec;

    expect(redirect).to.have.nested.property("rules[0].filters[0].requestRedirect").that.deep.equals({ scheme: "https", statusCode: 301 });
    expect(routes(await render("block"))).to.deep.equal(["moodle-web"]);
    expect(routes(await render("minimal"))).to.deep.equal([]);
  });

  it("keeps no visitor on one pod", async () => {
    expect(object(await render("objectfs"), "Service", "moodle-web").spec).to.not.have.property("sessionAffinity");
    expect(JSON.stringify(object(await render("objectfs"), "HTTPRoute", "moodle-web"))).to.not.contain("sessionPersistence");
  });
});

describe("the alerts", () => {
  it("speak of what exists: no runners in the one pod, none where cron is off", async () => {
    const enabled = { monitoring: { rules: { enabled: true } } };

    expect(alerts(await render("everything"))).to.deep.equal(["MoodleUnavailable", "MoodleCronStopped", "MoodleReleaseFailed", "MoodleWorkersSaturated"]);
    expect(alerts(await render("block", enabled))).to.deep.equal(["MoodleUnavailable", "MoodleWorkersSaturated"]);
    expect(alerts(await render("minimal", { ...enabled, cron: { replicas: 0 } }))).to.deep.equal(["MoodleUnavailable", "MoodleReleaseFailed", "MoodleWorkersSaturated"]);
  });
});

describe("the alert of a failed release", () => {
  it("counts Jobs that failed and no pod of one that worked in the end, and only until another Job has worked", async () => {
    const rule = object(await render("everything"), "PrometheusRule", "moodle").spec["groups"] as { rules: { alert: string; expr: string }[] }[];
    const expression = rule[0]?.rules.find(({ alert }) => alert === "MoodleReleaseFailed")?.expr ?? "";
    const jobs = 'namespace="learn",job_name=~"moodle-release-.*"';

    expect(expression).to.equal(
      `max(kube_job_created{${jobs}} and on (job_name) kube_job_failed{${jobs},condition="true"} == 1) > (max(kube_job_status_completion_time{${jobs}}) or vector(0))`,
    );
  });
});

function labels(matchLabels: Record<string, string>): object {
  return { matchLabels };
}

function dnsPeer(objects: readonly KubernetesObject[]): unknown {
  const [first] = object(objects, "NetworkPolicy", "moodle-egress").spec["egress"] as { to: unknown[] }[];
  return first?.to[0];
}

function routes(objects: readonly KubernetesObject[]): string[] {
  return objects.filter(({ kind }) => kind === "HTTPRoute").map(({ metadata }) => metadata.name);
}

function alerts(objects: readonly KubernetesObject[]): string[] {
  const [rule] = objects.filter(({ kind }) => kind === "PrometheusRule");
  const groups = rule?.spec["groups"] as { rules: { alert: string }[] }[] | undefined;
  return (groups ?? []).flatMap(({ rules }) => rules.map(({ alert }) => alert));
}
