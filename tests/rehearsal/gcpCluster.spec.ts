import { expect } from "chai";

import { managed } from "../../rehearsal/clouds/gcp/kubernetes";
import * as tokens from "../../rehearsal/clouds/gcp/tokens";
import { account, type Account, clusterInputs, type Made, network, openProject, PROJECT, refusal, type TestNetwork, unfinishedAccount } from "./gcpProject";

describe("a cluster of the simulated GKE", () => {
  let project: Account;
  let net: TestNetwork;

  beforeEach(async () => {
    project = await openProject();
    net = await network(project);
  });
  afterEach(() => project.close());

  const make = (more = {}): Promise<Made> => project.make(tokens.CLUSTER, "moodle", clusterInputs(net, more));

  it("takes 8:04 with Autopilot and 6:17 without", async () => {
    const start = await project.now();
    await make();
    const autopilot = await project.now();
    await make({ name: "standard", enableAutopilot: undefined });
    expect(autopilot - start).to.be.closeTo(8 + 4 / 60, 0.01);
    expect((await project.now()) - autopilot).to.be.closeTo(6 + 17 / 60, 0.01);
  });

  it("answers at a name of its own, and at no address where that is switched off", async () => {
    const { id, outputs } = await make();
    expect(id).to.equal(`projects/${PROJECT}/locations/europe-west3/clusters/moodle`);
    expect(outputs).to.have.nested.property("controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint").that.matches(/^gke-[0-9a-f]+-123456789012\.europe-west3\.gke\.goog$/);
    expect(outputs).to.have.nested.property("controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic", true);
    expect(outputs.endpoint).to.equal("");
    const open = await make({ name: "open", controlPlaneEndpointsConfig: undefined });
    expect(open.outputs.endpoint).to.match(/^198\.51\.100\.\d+$/);
    expect(outputs.masterVersion).to.match(/^1\.35\.\d+-gke\.\d+$/);
  });

  it("tells a preview that the name is not known yet", async () => {
    const preview = await project.preview(tokens.CLUSTER, "moodle", clusterInputs(net));
    expect(preview).to.have.nested.property("controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint").that.matches(/^04da6b54/);
    const made = await make();
    const changed = project.previewChange(made, { resourceLabels: { stack: "test" } });
    expect(changed).to.have.nested.property("controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint").that.contains(".gke.goog");
  });

  for (const [what, more, message] of [
    ["a version that is not made any more", { minMasterVersion: "1.20" }, 'Master version "1.20" is unsupported.'],
    ["Autopilot in one zone", { location: "europe-west3-a" }, "Autopilot clusters must be regional clusters."],
    ["a range its subnetwork has not", { ipAllocationPolicy: { clusterSecondaryRangeName: "others" } }, 'The secondary range "others" does not exist'],
    ["a name of 41 characters", { name: `m${"a".repeat(40)}` }, "up to 40"],
  ] as const) {
    it(`is refused with ${what}`, async () => {
      expect(await refusal(make(more))).to.contain(message);
    });
  }

  it("is refused with machines that act as an account still being made", async () => {
    const acting = (serviceAccount: unknown) => ({ clusterAutoscaling: { autoProvisioningDefaults: { serviceAccount: String(serviceAccount) } } });
    const unfinished = await unfinishedAccount(project, "unfinished");
    expect(await refusal(make(acting(unfinished)))).to.contain(`Service account ${unfinished} does not exist.`);
    await make(acting((await account(project, "machines")).outputs.email));
  });

  it("stays while it is protected, which it is unless told otherwise", async () => {
    const made = await make({ deletionProtection: undefined });
    expect(await refusal(project.remove(made))).to.equal("Cannot destroy cluster because deletion_protection is set to true. Set it to false to proceed with cluster deletion.");
    await project.remove(await project.change(made, { deletionProtection: false }));
  });

  it("goes up one minor version at a time", async () => {
    const made = await make({ minMasterVersion: "1.34" });
    expect(await refusal(project.change(made, { minMasterVersion: "1.36" }))).to.contain("more than one minor version");
    const upgraded = await project.change(made, { minMasterVersion: "1.35" });
    expect(upgraded.outputs.masterVersion).to.match(/^1\.35\./);
    expect(await refusal(project.change(upgraded, { minMasterVersion: "1.34" }))).to.contain("older");
  });

  it("brings the pool of identities that its pods are in", async () => {
    const { id } = await account(project, "certificates");
    const admit = (): Promise<Made> =>
      project.make(tokens.SERVICE_ACCOUNT_MEMBER, "certificates", {
        ...{ serviceAccountId: id, role: "roles/iam.workloadIdentityUser" },
        member: `serviceAccount:${PROJECT}.svc.id.goog[cert-manager/cert-manager]`,
      });
    expect(await refusal(admit())).to.contain(`Identity Pool does not exist (${PROJECT}.svc.id.goog)`);
    await make();
    await admit();
  });

  it("names its load balancers as what holds the network", () => {
    expect(managed.balancer).to.deep.equal({ type: tokens.FORWARDING_RULE, address: "ipAddress" });
    expect(managed.controllers.flatMap(({ classes }) => classes)).to.include.members([undefined, "networking.gke.io/l4-regional-external"]);
    expect(managed.brings).to.include("cloud.google.com/ComputeClass");
  });
});
