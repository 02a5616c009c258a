import { expect } from "chai";
import { resolved } from "../../support/recording";
import { aGcpPlan, built, type Built } from "./built";

const { ingress } = aGcpPlan();
const withZone = aGcpPlan({ ingress: { ...ingress, dnsZone: "example-edu" } });

/** Every grant: what is given, to whom, on what. */
function grants({ resources }: Built): string[] {
  return resources
    .filter(({ inputs }) => "role" in inputs && "member" in inputs)
    .map(({ type, inputs }) => {
      const on = inputs.bucket ?? inputs.repository ?? inputs.managedZone ?? inputs.serviceAccountId ?? inputs.project;
      const condition = (inputs.condition as { expression: string } | undefined)?.expression;
      return [`${String(inputs.role)} to ${String(inputs.member)} on ${type.split(":")[1]?.split("/")[0]} ${String(on)}`, ...(condition ? [condition] : [])].join(" if ");
    })
    .sort();
}

describe("who may do what on Google Cloud", () => {
  it("is this list, each role on the smallest thing it can be granted on", async () => {
    const of = (name: string) => `serviceAccount:site-${name}-c0ffee00@example-project.iam.gserviceaccount.com`;
    expect(grants(await built(withZone))).to.deep.equal(
      [
        `roles/artifactregistry.reader to ${of("nodes")} on artifactregistry site-images-name`,
        "roles/container.admin to serviceAccount:deploy@example-project.iam.gserviceaccount.com on projects example-project" +
          ' if resource.name.startsWith("projects/example-project/locations/europe-west3/clusters/site-cluster-c0ffee00")',
        `roles/container.defaultNodeServiceAccount to ${of("nodes")} on projects example-project`,
        `roles/dns.admin to ${of("certificates")} on dns example-edu`,
        "roles/iam.workloadIdentityUser to serviceAccount:example-project.svc.id.goog[cert-manager/cert-manager] on serviceaccount" +
          " projects/example-project/serviceAccounts/site-certificates-c0ffee00@example-project.iam.gserviceaccount.com",
        `roles/storage.objectUser to ${of("objects")} on storage site-objects-c0ffee00`,
      ].sort(),
    );
  });

  it("is nobody's by a role of the project as a whole, and everybody's never", async () => {
    for (const grant of grants(await built(withZone))) {
      expect(grant).not.to.match(/roles\/(owner|editor|viewer)\b|allUsers|allAuthenticatedUsers|\*/);
    }
  });

  it("leaves the pods without an identity: the object store takes a key of an account that may use the bucket alone", async () => {
    const { foundation, inputs } = await built(aGcpPlan());
    expect(foundation.workloadIdentity).to.deep.equal({ serviceAccountAnnotations: {}, podLabels: {} });
    expect(foundation.objectStore).to.deep.include({ protocol: "s3", endpoint: "https://storage.googleapis.com", aclHeader: "none" });
    const credentials = foundation.objectStore?.credentials;
    if (credentials?.kind !== "access key") throw new Error("the object store is not opened by a key");
    expect(await resolved(credentials.id)).to.equal("GOOG1EXAMPLE");
    expect(inputs("storage/hmacKey:HmacKey").serviceAccountEmail).to.equal("site-objects-c0ffee00@example-project.iam.gserviceaccount.com");
  });

  it("lets only the certificate manager's account prove ownership of the zone, and only where there is one", async () => {
    const { foundation } = await built(withZone);
    expect(foundation.certificates?.solver).to.deep.equal({ dns01: { cloudDNS: { project: "example-project", hostedZoneName: "example-edu" } } });
    expect((await built(aGcpPlan())).names("serviceaccount/account:Account")).to.deep.equal(["site-nodes", "site-objects"]);
  });

  for (const [title, endpointRanges, expected] of [
    ["nobody from outside", [], { external: false, byAddress: false, server: "https://gke-c0ffee.europe-west3.gke.goog" }],
    ["everybody who is somebody", ["0.0.0.0/0"], { external: true, byAddress: false, server: "https://gke-c0ffee.europe-west3.gke.goog" }],
    ["those in a range alone", ["192.0.2.0/24"], { external: false, byAddress: true, server: "https://192.0.2.10" }],
  ] as const) {
    it(`opens the cluster's API to ${title}, where the plan says so`, async () => {
      const { cluster } = aGcpPlan();
      const { inputs, foundation } = await built(aGcpPlan({ cluster: { ...cluster, endpointRanges } }));
      const { controlPlaneEndpointsConfig, masterAuthorizedNetworksConfig } = inputs("container/cluster:Cluster");
      const kubeconfig = JSON.parse(await resolved(foundation.kubernetes.kubeconfig)) as { clusters: { cluster: { server: string } }[] };

      expect(controlPlaneEndpointsConfig).to.deep.equal({
        dnsEndpointConfig: { allowExternalTraffic: expected.external },
        ipEndpointsConfig: { enabled: expected.byAddress },
      });
      expect(masterAuthorizedNetworksConfig !== undefined, "a list of ranges").to.equal(expected.byAddress);
      expect(kubeconfig.clusters[0]?.cluster.server).to.equal(expected.server);
    });
  }
});
