import { expect } from "chai";
import { complaintsOf } from "../support/typedObjects";
import type { KubernetesObject } from "./objects";
import { render, scenarios } from "./rendering";

describe("the chart's objects, as the published types of their kinds see them", function () {
  // The compiler reads three megabytes of declarations once.
  this.timeout(120_000);

  it("have no field that the API does not know, none of a wrong type, and all that it needs", async () => {
    const objects = (await Promise.all(scenarios.map((scenario) => render(scenario)))).flat();

    expect(objects.length).to.be.greaterThan(60);
    expect(objects.map(({ kind }) => kind)).to.include.members(["HTTPRoute", "ServiceMonitor", "PrometheusRule"]);
    expect(complaintsOf(objects)).to.deep.equal([]);
  });

  it("would be found out: an unknown field, a missing one and a wrong type", async () => {
    const [web] = (await render("minimal")).filter(({ metadata, kind }) => kind === "Deployment" && metadata.name === "moodle-web");
    if (web === undefined) throw new Error("there is no web Deployment");
    const { selector, ...withoutSelector } = web.spec;

    const broken = [
      { ...web, spec: { ...web.spec, replica: 3 } },
      { ...web, spec: withoutSelector },
      { ...web, spec: { ...web.spec, replicas: "three" } },
      JSON.parse(JSON.stringify(web).replace('"livenessProbe"', '"livelinessProbe"')) as KubernetesObject,
    ];

    expect(selector).to.be.an("object");
    const [unknown, missing, wrong, deeper, ...others] = complaintsOf(broken);
    expect(unknown).to.contain(`'"replica"' does not exist`);
    expect(missing).to.contain("'selector' is missing");
    expect(wrong).to.contain("'string' is not assignable to type");
    expect(deeper).to.contain("livelinessProbe");
    expect(others).to.deep.equal([]);
  });
});
