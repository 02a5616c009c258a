import type { Dns, DnsRecord, LoadBalancerAddress } from "../contract";

/** Nobody's zone is known here: the record is for the operator to make. */
export const byHand: Dns = {
  managed: false,
  publish: (name, address) => address.apply((found): DnsRecord => recordOf(name, found)),
};

function recordOf(name: string, { hostname, ip = "" }: LoadBalancerAddress): DnsRecord {
  return hostname === undefined ? { name, type: "A", value: ip } : { name, type: "CNAME", value: hostname };
}
