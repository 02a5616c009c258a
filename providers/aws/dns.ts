import { getHostedZoneIdOutput } from "@pulumi/aws/lb";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { RunError } from "@pulumi/pulumi";
import type { CertificateSolver, Dns, DnsRecord, LoadBalancerAddress } from "../contract";
import type { Cluster } from "./cluster";
import { createPodIdentity } from "./identity";
import type { Statement } from "./policy";
import type { Scope } from "./scope";

/** Load balancers of AWS have a name and no fixed address: by hand that is a CNAME, which a zone's apex cannot have. */
export function dnsOf(scope: Scope): Dns {
  const zoneId = scope.plan.ingress.dnsZone;
  if (zoneId === undefined) {
    return { managed: false, publish: (name, address) => nameOf(address).apply((value): DnsRecord => ({ name, type: "CNAME", value })) };
  }
  return { managed: true, publish: (name, address, opts) => publishAlias(scope, zoneId, name, nameOf(address), opts) };
}

/** Route 53's alias: answers with the load balancer's addresses, at the apex too, and leaves out zones that are down. */
function publishAlias(
  scope: Scope,
  zoneId: string,
  name: string,
  target: pulumi.Output<string>,
  opts: pulumi.ComponentResourceOptions,
): pulumi.Output<DnsRecord> {
  const record = new route53.Record(
    scope.named(`dns-${name}`),
    {
      zoneId,
      name,
      type: "A",
      aliases: [{ name: target, zoneId: loadBalancerZone(scope), evaluateTargetHealth: true }],
    },
    { parent: opts.parent ?? scope.parent, dependsOn: opts.dependsOn },
  );
  return pulumi.all([record.name, target]).apply(([published, value]): DnsRecord => ({ name: published, type: "A", value }));
}

/** The zone all network load balancers of the region are in. A table inside the provider: nothing is asked. */
function loadBalancerZone({ plan, parent }: Scope): pulumi.Output<string> {
  return getHostedZoneIdOutput({ loadBalancerType: "network", region: plan.region }, { parent }).id;
}

function nameOf(address: pulumi.Output<LoadBalancerAddress>): pulumi.Output<string> {
  return address.apply(({ hostname, ip }) => {
    if (hostname !== undefined) return hostname;
    throw new RunError(`The load balancer has the address ${ip} and no name; those of AWS have names.`);
  });
}

/** Proof by DNS where the zone is ours: certificates need no visitor to reach us first. */
export function createCertificateSolver(foundation: Scope, cluster: Cluster): CertificateSolver | undefined {
  const { ingress, region, workload } = foundation.plan;
  const zoneId = ingress.dnsZone;
  if (zoneId === undefined) return undefined;
  const identity = createPodIdentity(
    foundation.drawer("Certificates"),
    "certificates",
    cluster,
    workload.certificates,
    proveOwnership(zoneId),
  );
  return { solver: { dns01: { route53: { region, hostedZoneID: zoneId } } }, serviceAccountAnnotations: {}, podLabels: {}, ready: [identity] };
}

/** https://cert-manager.io/docs/configuration/acme/dns01/route53/, for one zone and only the records proofs are made of. */
function proveOwnership(zoneId: string): Statement[] {
  return [
    { Effect: "Allow", Action: "route53:GetChange", Resource: "arn:aws:route53:::change/*" },
    {
      Effect: "Allow",
      Action: "route53:ChangeResourceRecordSets",
      Resource: `arn:aws:route53:::hostedzone/${zoneId}`,
      Condition: {
        "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": "TXT" },
        "ForAllValues:StringLike": { "route53:ChangeResourceRecordSetsNormalizedRecordNames": "_acme-challenge.*" },
      },
    },
    { Effect: "Allow", Action: "route53:ListResourceRecordSets", Resource: `arn:aws:route53:::hostedzone/${zoneId}` },
  ];
}
