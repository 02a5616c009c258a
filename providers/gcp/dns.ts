import * as dns from "@pulumi/gcp/dns";
import * as pulumi from "@pulumi/pulumi";
import type { CertificateSolver, Dns, DnsRecord, LoadBalancerAddress } from "../contract";
import type { Cluster } from "./cluster";
import { admitPods, createIdentity } from "./identity";
import type { Scope } from "./scope";
import { after } from "./services";

const ttl = 300;

/** Load balancers of Google have an address and no name. */
export function dnsOf(scope: Scope): Dns {
  const zone = scope.plan.ingress.dnsZone;
  if (zone === undefined) return { managed: false, publish: (name, address) => recordOf(name, address) };
  return { managed: true, publish: (name, address, opts) => publishIn(scope, zone, name, address, opts) };
}

function publishIn(
  scope: Scope,
  managedZone: string,
  hostname: string,
  address: pulumi.Output<LoadBalancerAddress>,
  opts: pulumi.ComponentResourceOptions,
): pulumi.Output<DnsRecord> {
  const wanted = recordOf(hostname, address);
  const record = new dns.RecordSet(
    scope.named(`dns-${hostname}`),
    {
      project: scope.project,
      managedZone,
      name: `${hostname}.`,
      type: wanted.type,
      ttl,
      rrdatas: [wanted.apply(({ type, value }) => (type === "CNAME" ? `${value}.` : value))],
    },
    { parent: opts.parent ?? scope.parent, dependsOn: opts.dependsOn },
  );
  return pulumi.all([wanted, record.id]).apply(([published]): DnsRecord => published);
}

function recordOf(name: string, address: pulumi.Output<LoadBalancerAddress>): pulumi.Output<DnsRecord> {
  return address.apply(({ hostname, ip = "" }): DnsRecord =>
    hostname === undefined ? { name, type: "A", value: ip } : { name, type: "CNAME", value: hostname },
  );
}

/** Proof by DNS where the zone is ours: certificates need no visitor to reach us first. */
export function createCertificateSolver(foundation: Scope, { cluster }: Cluster): CertificateSolver | undefined {
  const { plan, project } = foundation;
  const zone = plan.ingress.dnsZone;
  if (zone === undefined) return undefined;
  const scope = foundation.drawer("Certificates");
  const identity = createIdentity(scope, "certificates", "Proves ownership of the DNS zone");
  const admitted = admitPods(scope, "certificates", identity, plan.workload.certificates, cluster);
  const allowed = new dns.DnsManagedZoneIamMember(
    scope.named("certificates"),
    { project, managedZone: zone, role: "roles/dns.admin", member: identity.member },
    scope.child({ dependsOn: after(scope.apis, "dns") }),
  );
  return {
    // With the zone's name nothing is looked for in the project, which the account could not see.
    solver: { dns01: { cloudDNS: { project, hostedZoneName: zone } } },
    serviceAccountAnnotations: { "iam.gke.io/gcp-service-account": identity.account.email },
    podLabels: {},
    ready: [admitted, allowed],
  };
}
