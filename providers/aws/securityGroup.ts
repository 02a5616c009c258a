import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type { Input } from "@pulumi/pulumi";
import type { Network } from "./network";
import type { Scope } from "./scope";

/** Something in the data subnets that listens on one port, and the group that guards it. */
export interface Guarded {
  readonly role: string;
  readonly group: ec2.SecurityGroup;
  readonly port: number;
}

/** A group that lets nobody in. Rules are resources of their own, so that no data service depends on the cluster. */
export function createClosedGroup(scope: Scope, role: string, { vpcId }: Network, description: string): ec2.SecurityGroup {
  return new ec2.SecurityGroup(scope.named(role), { vpcId, description, tags: scope.tags(role) }, scope.child());
}

/** Lets members of one group reach what another guards: the only place where cluster and data services meet. */
export function admit(scope: Scope, source: Input<string>, guarded: readonly Guarded[]): vpc.SecurityGroupIngressRule[] {
  return guarded.map(
    ({ role, group, port }) =>
      new vpc.SecurityGroupIngressRule(
        scope.named(`${role}-from-cluster`),
        {
          securityGroupId: group.id,
          referencedSecurityGroupId: source,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          description: "Nodes and pods of the cluster",
          tags: scope.tags(`${role}-from-cluster`),
        },
        scope.child(),
      ),
  );
}
