import * as compute from "@pulumi/gcp/compute";
import { Connection } from "@pulumi/gcp/servicenetworking";
import type { Output, Resource } from "@pulumi/pulumi";
import { addressAndLength, cutRanges, type Ranges } from "./ranges";
import type { Scope } from "./scope";
import { after } from "./services";

/** The network of everything below. */
export interface Network {
  readonly network: compute.Network;
  /** Nodes, and in its secondary ranges pods and Services. */
  readonly subnet: compute.Subnetwork;
  readonly ranges: Ranges;
  /** The name of the range that Google's services get their addresses from. */
  readonly dataRange: Output<string>;
  /** What must be there before a service of Google's gets an address in it. */
  readonly peering: Resource;
  /** What pods need to reach anything outside. */
  readonly routes: readonly Resource[];
}

/** What the secondary ranges are called within the subnet. */
export const secondary = { pods: "pods", services: "services" } as const;

/** One network in one region. Its subnet spans all zones, so their number changes nothing here. */
export function createNetwork(foundation: Scope): Network {
  const scope = foundation.drawer("Network");
  const { plan, project } = scope;
  const ranges = cutRanges(plan.network.range);

  const network = new compute.Network(
    scope.named("network"),
    { name: scope.cloudName("network"), project, autoCreateSubnetworks: false, routingMode: "REGIONAL" },
    inhabited(after(scope.apis, "compute")),
  );
  const subnet = createSubnet();
  const router = new compute.Router(
    scope.named("nat"),
    { name: scope.cloudName("nat"), project, region: plan.region, network: network.id },
    scope.child(),
  );
  // Spans the region by itself, whatever `natPerZone` says: there is no zonal one to save on.
  const nat = new compute.RouterNat(
    scope.named("nat"),
    {
      name: scope.cloudName("nat"),
      project,
      region: plan.region,
      router: router.name,
      natIpAllocateOption: "AUTO_ONLY",
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      enableDynamicPortAllocation: true,
      enableEndpointIndependentMapping: false,
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    },
    scope.child(),
  );
  const { address, length } = addressAndLength(ranges.data);
  const reserved = new compute.GlobalAddress(
    scope.named("data"),
    {
      name: scope.cloudName("data"),
      project,
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      address,
      prefixLength: length,
      network: network.id,
      labels: scope.labels("data"),
    },
    inhabited(),
  );
  const peering = new Connection(
    scope.named("data"),
    {
      network: network.id,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: [reserved.name],
      // Google keeps its side for hours after the last database is gone, and refuses to end the peering until then.
      deletionPolicy: "ABANDON",
      updateOnCreationFail: true,
    },
    inhabited(after(scope.apis, "servicenetworking")),
  );
  return { network, subnet, ranges, dataRange: reserved.name, peering, routes: [nat] };

  function createSubnet() {
    return new compute.Subnetwork(
      scope.named("nodes"),
      {
        name: scope.cloudName("nodes"),
        project,
        region: plan.region,
        network: network.id,
        ipCidrRange: ranges.nodes,
        secondaryIpRanges: [
          { rangeName: secondary.pods, ipCidrRange: ranges.pods },
          { rangeName: secondary.services, ipCidrRange: ranges.services },
        ],
        // Nodes have no public addresses: this is their way to Google's own services, past the NAT.
        privateIpGoogleAccess: true,
        ...(plan.network.flowLogs && { logConfig: { aggregationInterval: "INTERVAL_1_MIN", flowSampling: 1, metadata: "INCLUDE_ALL_METADATA" } }),
      },
      inhabited(),
    );
  }

  /**
   * Holds no data itself, but the database cannot move out of it: a new range would be refused half way, with the site cut
   * off. Protected, it is refused by the preview.
   */
  function inhabited(dependsOn: readonly Resource[] = []) {
    return scope.stateful("network", { dependsOn: [...dependsOn] });
  }
}
