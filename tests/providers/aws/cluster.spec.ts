import { expect } from "chai";
import { aCloudPlan } from "../../support/plans";
import { built, type Built } from "./built";

describe("AWS cluster", () => {
  let large: Built;
  before(async () => {
    large = await built(aCloudPlan());
  });

  const cluster = "eks/cluster:Cluster";

  it("is in Auto Mode, without access for whoever made it", () => {
    expect(large.inputs(cluster)).to.deep.include({
      version: "1.35",
      bootstrapSelfManagedAddons: false,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      storageConfig: { blockStorage: { enabled: true } },
      kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true }, serviceIpv4Cidr: "172.20.0.0/16" },
      upgradePolicy: { supportType: "STANDARD" },
    });
  });

  it("is reached from the ranges of the plan, or from inside alone", async () => {
    const closed = await built(aCloudPlan({ cluster: { ...aCloudPlan().cluster, endpointRanges: [] } }));
    expect(large.inputs(cluster).vpcConfig).to.include({ endpointPublicAccess: true }).and.deep.include({ publicAccessCidrs: ["192.0.2.0/24"] });
    expect(closed.inputs(cluster).vpcConfig).to.include({ endpointPublicAccess: false }).and.not.to.have.property("publicAccessCidrs");
  });

  it("has its permissions before it and after it", () => {
    const attachments = large.resources.filter(({ type, name }) => type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment" && /-(cluster|nodes)-/.test(name));
    expect(attachments).to.have.length(7);
    expect(large.the(cluster).dependencies).to.include.members(attachments.map(({ urn }) => urn));
  });

  it("is spoken to only while the deployers have access", () => {
    const [access] = large.resources.filter(({ type }) => type === "aws:eks/accessPolicyAssociation:AccessPolicyAssociation");
    expect(access?.name).to.equal("site-deployer-123456789012-role-deploy");
    expect(large.the("pulumi:providers:kubernetes").dependencies).to.include(access?.urn);
  });

  it("keeps its identity for the Kubernetes provider while its address is unknown", () => {
    expect(large.inputs("pulumi:providers:kubernetes")).to.include({
      clusterIdentifier: "arn:aws:test:eu-central-1:123456789012:Cluster/site-cluster",
      deleteUnreachable: "true",
    });
    expect(large.the("pulumi:providers:kubernetes").secretInputs).to.include("kubeconfig");
  });

  it("enforces network policies", () => {
    expect(large.inputs("kubernetes:core/v1:ConfigMap")).to.deep.include({
      metadata: { name: "amazon-vpc-cni", namespace: "kube-system" },
      data: { "enable-network-policy-controller": "true" },
    });
    expect(large.foundation.kubernetes.ready).to.have.length.above(0);
  });

  it("ships logs into groups that forget, made before the shipper", () => {
    const groups = groupsBelow("/aws/containerinsights/site-cluster-");
    expect(groups.map(({ inputs }) => inputs.retentionInDays)).to.deep.equal([90, 90, 90, 90]);
    expect(groups.map(({ inputs }) => String(inputs.name).split("/").at(-1))).to.have.members(["application", "dataplane", "host", "performance"]);
  });

  it("writes its own logs into a group that forgets, made before it under its name", () => {
    const { name } = large.inputs("eks/cluster:Cluster");
    const groups = groupsBelow("/aws/eks/");
    expect(groups.map(({ inputs }) => inputs.name)).to.deep.equal([`/aws/eks/${String(name)}/cluster`]);
    expect(groups.map(({ inputs }) => inputs.retentionInDays)).to.deep.equal([90]);
    expect(large.the("eks/cluster:Cluster").dependencies).to.include(groups[0]?.urn);
  });

  it("gets another name with whatever replaces it", () => {
    expect(large.inputs("random:index/randomId:RandomId", "site-cluster").keepers).to.deep.equal({ role: large.inputs("eks/cluster:Cluster").roleArn });
  });

  function groupsBelow(start: string) {
    return large.resources.filter(({ inputs }) => String(inputs.name).startsWith(start));
  }
});
