import * as dns from "@pulumi/azure-native/dns";
import * as pulumi from "@pulumi/pulumi";
import { RunError } from "@pulumi/pulumi";
import type { CertificateSolver, Dns, DnsRecord, LoadBalancerAddress } from "../contract";
import { checked } from "./checked";
import type { Cluster } from "./cluster";
import { createPodIdentity, podLabels } from "./identity";
import { zoneIn, type ZoneReference } from "./references";
import type { Scope } from "./scope";

/** Seconds for which others may remember an address. */
const ttl = 300;

/** Load balancers of Azure have an address and no name. */
export function dnsOf(scope: Scope): Dns {
  const zone = managedZone(scope);
  if (zone === undefined) {
    return { managed: false, publish: (name, address) => addressOf(address).apply((value): DnsRecord => ({ name, type: "A", value })) };
  }
  return {
    managed: true,
    publish: (name, address, opts) => {
      const value = addressOf(address);
      const record = new dns.RecordSet(
        scope.named(`dns-${name}`),
        {
          resourceGroupName: zone.group,
          zoneName: zone.zone,
          relativeRecordSetName: relativeName(name, zone.zone),
          recordType: "A",
          ttl,
          aRecords: [{ ipv4Address: value }],
          metadata: scope.tags("dns"),
        },
        { parent: opts.parent ?? scope.parent, dependsOn: opts.dependsOn },
      );
      return pulumi.all([record.id, value]).apply(([, published]): DnsRecord => ({ name, type: "A", value: published }));
    },
  };
}

/** @returns what is left of the zone; the zone itself is `@`. */
export function relativeName(name: string, zone: string): string {
  return name.toLowerCase() === zone.toLowerCase() ? "@" : name.slice(0, -(zone.length + 1));
}

function addressOf(address: pulumi.Output<LoadBalancerAddress>): pulumi.Output<string> {
  return address.apply(({ hostname, ip }) => {
    if (ip !== undefined) return ip;
    throw new RunError(`The load balancer has the name ${hostname} and no address; those of Azure have addresses.`);
  });
}

function managedZone({ plan }: Scope): ZoneReference | undefined {
  const { dnsZone } = plan.ingress;
  return dnsZone === undefined ? undefined : checked(zoneIn(dnsZone), `zone in "${dnsZone}"`);
}

/** Proof by DNS where the zone is ours: certificates need no visitor to reach us first. */
export function createCertificateSolver(foundation: Scope, cluster: Cluster): CertificateSolver | undefined {
  const zone = managedZone(foundation);
  const { ingress, workload } = foundation.plan;
  if (zone === undefined || ingress.dnsZone === undefined) return undefined;
  const identity = createPodIdentity(foundation.drawer("Certificates"), "certificates", cluster, workload.certificates, [
    { name: "zone", role: "zoneContributor", on: ingress.dnsZone },
  ]);
  return {
    // https://cert-manager.io/docs/configuration/acme/dns01/azuredns/
    solver: {
      dns01: {
        azureDNS: {
          subscriptionID: zone.subscription,
          resourceGroupName: zone.group,
          hostedZoneName: zone.zone,
          environment: "AzurePublicCloud",
          managedIdentity: { clientID: identity.clientId },
        },
      },
    },
    serviceAccountAnnotations: identity.annotations,
    podLabels,
    ready: identity.ready,
  };
}
