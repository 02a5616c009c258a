import * as authorization from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "./scope";

/** Roles that Azure defines: https://learn.microsoft.com/en-us/azure/role-based-access-control/built-in-roles */
const definitions = {
  acrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  clusterAdmin: "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
  networkContributor: "4d97b98b-1d4f-4787-a291-c67834d212e7",
  machineContributor: "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
  blobDelegator: "db58b8e5-c6ad-4a2a-8342-4190687cbf4a",
  blobContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  secretsOfficer: "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
  zoneContributor: "befefa01-2a29-4197-83a8-272ff33ce314",
  reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  diskBackupReader: "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24",
  diskSnapshots: "7efff54f-a5b4-42b5-a1c5-5411624893ce",
  accountBackup: "e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1",
  databaseBackup: "c088a766-074b-43ba-90d4-1fb21feae531",
} as const;

export type RoleName = keyof typeof definitions;

export interface Grant {
  readonly role: RoleName;
  /** The ID of the one thing it is good for. */
  readonly on: pulumi.Input<string>;
  /** Object ID of an identity of the platform's own. */
  readonly to: pulumi.Input<string>;
}

/** Lets an identity do what a role may, on one thing. It takes up to some minutes until all of Azure knows. */
export function grant(scope: Scope, name: string, { role, on, to }: Grant): authorization.RoleAssignment {
  return assign(scope, name, {
    scope: on,
    principalId: to,
    // Said because a new identity is not known everywhere yet, and would not be looked for.
    principalType: "ServicePrincipal",
    roleDefinitionId: definitionId(scope, role),
  });
}

/** The same for somebody of whom the plan says no more than the object ID: a person, a group or a pipeline. */
export function grantToDeployer(scope: Scope, name: string, { role, on, to }: Grant): authorization.RoleAssignment {
  return assign(scope, name, { scope: on, principalId: to, roleDefinitionId: definitionId(scope, role) });
}

function assign(scope: Scope, name: string, args: authorization.RoleAssignmentArgs): authorization.RoleAssignment {
  return new authorization.RoleAssignment(scope.named(name), args, scope.child());
}

function definitionId({ group }: Scope, role: RoleName): pulumi.Output<string> {
  return pulumi.interpolate`/subscriptions/${subscriptionIn(group.id)}/providers/Microsoft.Authorization/roleDefinitions/${definitions[role]}`;
}

/** @returns the subscription an ID is of: all of them begin with it. */
export function subscriptionIn(id: pulumi.Output<string>): pulumi.Output<string> {
  return id.apply((written) => written.split("/")[2] ?? "");
}
