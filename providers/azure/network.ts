import * as network from "@pulumi/azure-native/network";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import type { CloudPlan, ZonePlan } from "../../components/plan/cloudPlan";
import { checked } from "./checked";
import { createClosedGroup } from "./closedGroup";
import type { Scope } from "./scope";

/** The network of everything below. Azure's subnets span all zones. */
export interface Network {
  readonly network: network.VirtualNetwork;
  /** Nodes and load balancers; pods have addresses of their own. */
  readonly nodes: network.Subnet;
  /** Where the cluster's API reaches into the network. */
  readonly api: network.Subnet;
  /** The database alone: Azure's service moves in and takes all of it. */
  readonly database: network.Subnet;
  /** Where caches and files are reached. */
  readonly endpoints: network.Subnet;
}

/**
 * A deleted database holds its subnet for some minutes, and Azure refuses to delete that, and what it is part of, one by one. The
 * deletion of the resource group takes them too, and goes on trying: https://github.com/hashicorp/terraform-provider-azurerm/issues/15032
 */
const goesWithTheGroup = { retainOnDelete: true } as const;

/** Which of the plan's ranges is whose. Zones are no matter of subnets here: what the other numbers have stays free. */
export function rangesOf({ network: { zones } }: CloudPlan) {
  return {
    nodes: zone(zones, 1).privateRange,
    api: zone(zones, 1).publicRange,
    database: zone(zones, 1).dataRange,
    endpoints: zone(zones, 2).dataRange,
  } as const;
}

function zone(zones: readonly ZonePlan[], wanted: number): ZonePlan {
  return checked(
    zones.find(({ number }) => number === wanted),
    `zone ${wanted}`,
  );
}

/** The network: nodes go out by a gateway with one address, data lets in nobody but nodes. */
export function createNetwork(foundation: Scope): Network {
  const scope = foundation.drawer("Network");
  const ranges = rangesOf(scope.plan);
  const whole = new network.VirtualNetwork(
    scope.named("network"),
    { ...scope.at("network"), addressSpace: { addressPrefixes: [scope.plan.network.range] } },
    // Subnets are resources of their own; the network lists them as well.
    inhabited({ ignoreChanges: ["subnets"], ...goesWithTheGroup }),
  );
  const nat = createNat();

  // Azure refuses two changes of one network at the same time: each subnet waits for the one before. What takes longest to
  // build comes first.
  const database = createSubnet(
    "database",
    ranges.database,
    [],
    {
      delegations: [{ name: "database", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }],
      networkSecurityGroup: { id: createDatabaseGroup().id },
    },
    goesWithTheGroup,
  );
  const endpoints = createSubnet("endpoints", ranges.endpoints, [database], {
    // Else the group's rules would not hold for private endpoints.
    privateEndpointNetworkPolicies: "NetworkSecurityGroupEnabled",
    networkSecurityGroup: { id: createEndpointsGroup().id },
  });
  const api = createSubnet("api", ranges.api, [endpoints], {
    delegations: [{ name: "api", serviceName: "Microsoft.ContainerService/managedClusters" }],
  });
  const nodes = createSubnet("nodes", ranges.nodes, [api], { natGateway: { id: nat.id } });
  return { network: whole, nodes, api, database, endpoints };

  /**
   * Holds no data itself, but the database cannot move out of it: a new range would be refused half way, with the site cut
   * off. Protected, it is refused by the preview.
   */
  function inhabited(opts: CustomResourceOptions = {}) {
    return scope.stateful("network", opts);
  }

  function createNat() {
    const address = new network.PublicIPAddress(
      scope.named("nat"),
      { ...scope.at("nat"), sku: { name: "Standard" }, publicIPAllocationMethod: "Static", publicIPAddressVersion: "IPv4", zones: ["1", "2", "3"] },
      scope.child(),
    );
    return new network.NatGateway(
      scope.named("nat"),
      { ...scope.at("nat"), sku: { name: "Standard" }, publicIpAddresses: [{ id: address.id }] },
      scope.child(),
    );
  }

  /** A standby and its primary speak to each other in the same subnet. */
  function createDatabaseGroup() {
    return createClosedGroup(
      scope,
      "database",
      [
        { name: "nodes", from: ranges.nodes, ports: ["5432"] },
        { name: "standby", from: ranges.database, ports: ["5432", "6432"] },
      ],
      goesWithTheGroup,
    );
  }

  function createEndpointsGroup() {
    return createClosedGroup(scope, "endpoints", [{ name: "nodes", from: ranges.nodes, ports: ["443", "2049", "10000"] }]);
  }

  function createSubnet(role: string, addressPrefix: string, after: readonly Resource[], args: Partial<network.SubnetArgs>, opts: CustomResourceOptions = {}) {
    return new network.Subnet(
      scope.named(role),
      {
        resourceGroupName: scope.group.name,
        virtualNetworkName: whole.name,
        addressPrefix,
        // Out by the gateway or not at all.
        defaultOutboundAccess: false,
        ...args,
      },
      inhabited({ dependsOn: [...after], ...opts }),
    );
  }
}
