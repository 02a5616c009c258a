import * as ec2 from "@pulumi/aws/ec2";
import { getAvailabilityZonesOutput } from "@pulumi/aws/getAvailabilityZones";
import * as pulumi from "@pulumi/pulumi";
import type { ZonePlan } from "../../components/plan/cloudPlan";
import type { Scope } from "./scope";

/** The network of everything below. */
export interface Network {
  readonly vpcId: pulumi.Output<string>;
  readonly zones: readonly NetworkZone[];
  /** What pods need to reach anything outside. */
  readonly routes: readonly pulumi.Resource[];
}

export interface NetworkZone {
  readonly number: number;
  readonly publicSubnet: ec2.Subnet;
  readonly privateSubnet: ec2.Subnet;
  readonly dataSubnet: ec2.Subnet;
}

/** EKS cannot place its control plane in these: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
const zonesWithoutControlPlanes = ["use1-az3", "usw1-az2", "cac1-az3"];

/** The network over the plan's zones: public subnets for the way in and out, private ones for pods, closed ones for data. */
export function createNetwork(foundation: Scope): Network {
  const scope = foundation.drawer("Network");
  const { range, natPerZone } = scope.plan.network;

  const vpc = new ec2.Vpc(
    scope.named("network"),
    { cidrBlock: range, enableDnsHostnames: true, enableDnsSupport: true, tags: scope.tags("network") },
    inhabited(),
  );
  new ec2.DefaultSecurityGroup(
    scope.named("default-closed"),
    { vpcId: vpc.id, ingress: [], egress: [], tags: scope.tags("default-closed") },
    scope.child(),
  );
  const available = availableZones(scope);
  const zones = scope.plan.network.zones.map(createZone);

  const gateway = new ec2.InternetGateway(
    scope.named("internet"),
    { vpcId: vpc.id, tags: scope.tags("internet") },
    scope.child(),
  );
  const publicRoutes = createRoutes("public", ({ publicSubnet }) => publicSubnet);
  const toInternet = new ec2.Route(
    scope.named("public-internet"),
    { routeTableId: publicRoutes.table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
    scope.child(),
  );
  const nat = natPerZone ? createRegionalNat() : createZonalNat();
  const privateRoutes = createRoutes("private", ({ privateSubnet }) => privateSubnet);
  const outwards = new ec2.Route(
    scope.named("private-nat"),
    { routeTableId: privateRoutes.table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id },
    scope.child(),
  );
  // A table of its own without a way out: the VPC's main table is nobody's decision.
  createRoutes("data", ({ dataSubnet }) => dataSubnet);
  const toObjects = new ec2.VpcEndpoint(
    scope.named("objects"),
    {
      vpcId: vpc.id,
      vpcEndpointType: "Gateway",
      serviceName: `com.amazonaws.${scope.plan.region}.s3`,
      routeTableIds: [privateRoutes.table.id],
      tags: scope.tags("objects"),
    },
    scope.child(),
  );

  return {
    vpcId: vpc.id,
    zones,
    routes: [toInternet, outwards, toObjects, ...publicRoutes.associations, ...privateRoutes.associations],
  };

  function createZone(zone: ZonePlan): NetworkZone {
    return {
      number: zone.number,
      publicSubnet: createSubnet("public", zone, zone.publicRange, { "kubernetes.io/role/elb": "1" }),
      privateSubnet: createSubnet("private", zone, zone.privateRange, { "kubernetes.io/role/internal-elb": "1" }),
      dataSubnet: createSubnet("data", zone, zone.dataRange, {}),
    };
  }

  function createSubnet(kind: string, zone: ZonePlan, cidrBlock: string, roles: Record<string, string>) {
    const role = `${kind}-${zone.number}`;
    return new ec2.Subnet(
      scope.named(role),
      {
        vpcId: vpc.id,
        cidrBlock,
        availabilityZone: available.apply((names) => zoneNumbered(names, zone.number, scope.plan.region)),
        tags: { ...scope.tags(role), ...roles },
      },
      // AWS opens zones: the list the number is looked up in grows, and no subnet may move with it.
      inhabited({ ignoreChanges: ["availabilityZone"] }),
    );
  }

  /**
   * Holds no data itself, but the database cannot move out of it: a new range would be refused half way, with the site cut
   * off. Protected, it is refused by the preview.
   */
  function inhabited(opts: pulumi.CustomResourceOptions = {}) {
    return scope.stateful("network", opts);
  }

  function createRoutes(kind: string, subnetOf: (zone: NetworkZone) => ec2.Subnet) {
    const table = new ec2.RouteTable(scope.named(kind), { vpcId: vpc.id, tags: scope.tags(kind) }, scope.child());
    const associations = zones.map(
      (zone) =>
        new ec2.RouteTableAssociation(
          scope.named(`${kind}-${zone.number}`),
          { subnetId: subnetOf(zone).id, routeTableId: table.id },
          scope.child(),
        ),
    );
    return { table, associations };
  }

  /** One resource that spans the zones pods are in and gets its addresses by itself. */
  function createRegionalNat() {
    return new ec2.NatGateway(
      scope.named("nat"),
      { vpcId: vpc.id, availabilityMode: "regional", connectivityType: "public", tags: scope.tags("nat") },
      scope.child({ dependsOn: [gateway] }),
    );
  }

  function createZonalNat() {
    const [first] = zones;
    const address = new ec2.Eip(scope.named("nat"), { domain: "vpc", tags: scope.tags("nat") }, scope.child());
    return new ec2.NatGateway(
      scope.named("nat"),
      { subnetId: first?.publicSubnet.id, allocationId: address.id, connectivityType: "public", tags: scope.tags("nat") },
      scope.child({ dependsOn: [gateway] }),
    );
  }
}

function availableZones(scope: Scope): pulumi.Output<string[]> {
  return getAvailabilityZonesOutput(
    {
      state: "available",
      // Leaves out local and wavelength zones, which have no managed databases.
      filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
      excludeZoneIds: zonesWithoutControlPlanes,
    },
    { parent: scope.parent },
  ).names;
}

function zoneNumbered(names: readonly string[], number: number, region: string): string {
  const name = names[number - 1];
  if (name !== undefined) return name;
  throw new pulumi.RunError(
    `moodle:network.zones: zone ${number} was asked for; ${region} offers this account ${names.length} ` +
      `(${names.join(", ")}). Use fewer zones or another region.`,
  );
}
