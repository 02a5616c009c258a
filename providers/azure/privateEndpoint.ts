import * as network from "@pulumi/azure-native/network";
import * as privatedns from "@pulumi/azure-native/privatedns";
import type { Input, Resource } from "@pulumi/pulumi";
import type { Network } from "./network";
import type { Scope } from "./scope";

export interface PrivateZone {
  readonly zone: privatedns.PrivateZone;
  /** Without it nobody in the network finds what is in the zone. */
  readonly link: privatedns.VirtualNetworkLink;
}

/** A zone of names that only the network sees. */
export function createPrivateZone(scope: Scope, role: string, privateZoneName: string, { network: whole }: Network): PrivateZone {
  const place = { ...scope.at(role), location: "global" };
  const zone = new privatedns.PrivateZone(scope.named(`${role}-names`), { ...place, privateZoneName }, scope.child());
  const link = new privatedns.VirtualNetworkLink(
    scope.named(`${role}-names`),
    { ...place, privateZoneName: zone.name, virtualNetwork: { id: whole.id }, registrationEnabled: false },
    scope.child(),
  );
  return { zone, link };
}

export interface EndpointArgs {
  /** What is reached, and which of its services. */
  readonly of: Input<string>;
  readonly service: string;
  readonly names: PrivateZone;
}

/**
 * An address in the network for a service that has none of its own there.
 *
 * @returns what must exist before the service's name leads to it.
 */
export function createPrivateEndpoint(scope: Scope, role: string, { endpoints }: Network, { of, service, names }: EndpointArgs): readonly Resource[] {
  const endpoint = new network.PrivateEndpoint(
    scope.named(role),
    {
      ...scope.at(role),
      subnet: { id: endpoints.id },
      privateLinkServiceConnections: [{ name: role, privateLinkServiceId: of, groupIds: [service] }],
    },
    scope.child(),
  );
  const records = new network.PrivateDnsZoneGroup(
    scope.named(role),
    {
      resourceGroupName: scope.group.name,
      privateEndpointName: endpoint.name,
      privateDnsZoneGroupName: "default",
      privateDnsZoneConfigs: [{ name: service.toLowerCase(), privateDnsZoneId: names.zone.id }],
    },
    scope.child(),
  );
  return [records, names.link];
}
