import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { CloudPlan } from "../../../components/plan/cloudPlan";
import { awsProvider } from "../../../providers/aws";
import { egressOf } from "../../../providers/aws/egress";
import { ingressOf } from "../../../providers/aws/ingress";
import { aCloudPlan, aSmallCloudPlan } from "../../support/plans";
import { record, resolved } from "../../support/recording";
import { awsAnswers } from "./answers";

describe("AWS ways in", () => {
  it("are a load balancer of Auto Mode that states the visitor's address", () => {
    const prefix = "service.beta.kubernetes.io/aws-load-balancer-";
    expect(ingressOf(aSmallCloudPlan())).to.deep.equal({
      loadBalancerClass: "eks.amazonaws.com/nlb",
      annotations: {
        [`${prefix}scheme`]: "internet-facing",
        [`${prefix}nlb-target-type`]: "ip",
        [`${prefix}attributes`]: "load_balancing.cross_zone.enabled=true",
        [`${prefix}target-group-attributes`]: "proxy_protocol_v2.enabled=true,preserve_client_ip.enabled=false",
      },
      clientAddress: "proxy protocol",
      trustedRanges: ["10.64.105.0/24", "10.64.106.0/24"],
    });
  });
});

describe("AWS ways out", () => {
  const lines = (plan: CloudPlan) => egressOf(plan).map(({ cidr, port, protocol }) => `${String(cidr)} ${protocol} ${port}`);

  it("are names, identity, database and caches, and for an object store the web", () => {
    expect(lines(aSmallCloudPlan())).to.deep.equal([
      "172.20.0.10/32 UDP 53",
      "172.20.0.10/32 TCP 53",
      "169.254.170.23/32 TCP 80",
      "10.64.97.0/24 TCP 5432",
      "10.64.97.0/24 TCP 6379",
      "10.64.98.0/24 TCP 5432",
      "10.64.98.0/24 TCP 6379",
    ]);
    expect(lines(aCloudPlan())).to.include("0.0.0.0/0 TCP 443");
  });
});

describe("AWS names", () => {
  const { ingress } = aCloudPlan();
  const withZone = aCloudPlan({ ingress: { ...ingress, dnsZone: "Z0123456789" } });

  async function publish(plan: CloudPlan) {
    const { value, resources } = await record(() => {
      const { dns, certificates } = awsProvider.provision("site", plan, {}, {});
      const address = pulumi.output({ hostname: "k8s-public.elb.eu-central-1.amazonaws.com" });
      return { managed: dns.managed, certificates, published: dns.publish("moodle.example.edu", address, {}) };
    }, awsAnswers);
    return { ...value, published: await resolved(value.published), record: resources.find(({ type }) => type === "aws:route53/record:Record") };
  }

  it("in a managed zone are an alias, which an apex can have too", async () => {
    const { managed, published, record: made } = await publish(withZone);
    expect(managed).to.equal(true);
    expect(made?.inputs).to.deep.equal({
      zoneId: "Z0123456789",
      name: "moodle.example.edu",
      type: "A",
      aliases: [{ name: "k8s-public.elb.eu-central-1.amazonaws.com", zoneId: "Z3F0SRJ5LGBH90", evaluateTargetHealth: true }],
    });
    expect(published).to.deep.equal({ name: "moodle.example.edu", type: "A", value: "k8s-public.elb.eu-central-1.amazonaws.com" });
  });

  it("without a zone are a record somebody makes by hand", async () => {
    const { managed, published, record: made, certificates } = await publish(aCloudPlan());
    expect([managed, made, certificates]).to.deep.equal([false, undefined, undefined]);
    expect(published).to.deep.equal({ name: "moodle.example.edu", type: "CNAME", value: "k8s-public.elb.eu-central-1.amazonaws.com" });
  });

  it("are proved by DNS in a managed zone, without a key in the cluster", async () => {
    const { certificates } = await publish(withZone);
    expect(certificates?.solver).to.deep.equal({ dns01: { route53: { region: "eu-central-1", hostedZoneID: "Z0123456789" } } });
    expect(certificates?.serviceAccountAnnotations).to.deep.equal({});
    expect(certificates?.ready, "the controller would start before its identity and never get it").to.have.length(1);
  });
});
