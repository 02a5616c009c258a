import * as iam from "@pulumi/aws/iam";
import type { Output } from "@pulumi/pulumi";
import { managedPolicy, policyOf, type Statement } from "./policy";
import type { Scope } from "./scope";

export interface RoleArgs {
  readonly trust: Statement;
  /** Names of policies AWS maintains. */
  readonly managed?: readonly string[];
  readonly allow?: readonly Statement[];
}

/** A role and what it may do. Whoever uses the role must depend on its permissions too. */
export interface Role {
  readonly arn: iam.Role["arn"];
  readonly name: iam.Role["name"];
  readonly permissions: readonly (iam.RolePolicyAttachment | iam.RolePolicy)[];
}

export function createRole(scope: Scope, role: string, { trust, managed = [], allow = [] }: RoleArgs): Role {
  const made = new iam.Role(
    scope.named(role),
    {
      assumeRolePolicy: policyOf(trust),
      permissionsBoundary: scope.settings.permissionsBoundary,
      tags: scope.tags(role),
    },
    scope.child(),
  );
  const attached = managed.map(
    (policy) =>
      new iam.RolePolicyAttachment(
        scope.named(`${role}-${policy.slice(policy.lastIndexOf("/") + 1)}`),
        { role: made.name, policyArn: managedPolicy(policy) },
        scope.child(),
      ),
  );
  const own = allow.length === 0 ? [] : [createRolePolicy(scope, role, made, allow)];
  return { arn: made.arn, name: made.name, permissions: [...attached, ...own] };
}

/** The account everything is built in. Every ARN names it; a role's is known soonest. */
export function accountOf({ arn }: Pick<Role, "arn">): Output<string> {
  return arn.apply((written) => written.split(":")[4] ?? "");
}

/** Named by us: made a second time after an interruption it overwrites itself, where an automatic name would leave two. */
function createRolePolicy(scope: Scope, role: string, of: Pick<Role, "name">, allow: readonly Statement[]): iam.RolePolicy {
  return new iam.RolePolicy(scope.named(role), { role: of.name, name: role, policy: policyOf(...allow) }, scope.child());
}
