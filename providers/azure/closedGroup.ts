import * as network from "@pulumi/azure-native/network";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { Scope } from "./scope";

/** Who gets in where. */
export interface Admission {
  readonly name: string;
  readonly from: string;
  readonly ports: readonly string[];
}

/** Azure lets everybody of a network in by a rule of priority 65000; these come before it. */
const first = 100;
const last = 4096;

/** A security group that lets in those it names over TCP, and nobody else. */
export function createClosedGroup(scope: Scope, role: string, admissions: readonly Admission[], opts: CustomResourceOptions = {}): network.NetworkSecurityGroup {
  return new network.NetworkSecurityGroup(
    scope.named(role),
    {
      ...scope.at(role),
      securityRules: [
        ...admissions.map(({ name, from, ports }, index) => ({
          name: `${name}-in`,
          priority: first + index,
          direction: "Inbound",
          access: "Allow",
          protocol: "Tcp",
          sourceAddressPrefix: from,
          sourcePortRange: "*",
          destinationAddressPrefix: "*",
          destinationPortRanges: [...ports],
        })),
        {
          name: "nobody-else-in",
          priority: last,
          direction: "Inbound",
          access: "Deny",
          protocol: "*",
          sourceAddressPrefix: "*",
          sourcePortRange: "*",
          destinationAddressPrefix: "*",
          destinationPortRange: "*",
        },
      ],
    },
    scope.child(opts),
  );
}
