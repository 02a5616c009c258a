import * as projects from "@pulumi/gcp/projects";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import type { Input, Resource } from "@pulumi/pulumi";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "./scope";
import { after } from "./services";

/** Somebody in the project. */
export interface Identity {
  readonly account: serviceaccount.Account;
  /** As grants name it. */
  readonly member: pulumi.Output<string>;
}

/** A service account that may do nothing yet. */
export function createIdentity(scope: Scope, role: string, displayName: string): Identity {
  const account = new serviceaccount.Account(
    scope.named(role),
    { accountId: scope.cloudName(role, "account"), project: scope.project, displayName },
    scope.child({ dependsOn: after(scope.apis, "iam") }),
  );
  return { account, member: pulumi.interpolate`serviceAccount:${account.email}` };
}

/** Grants a role on the project, for what can be granted nowhere below it. */
export function grantOnProject(
  scope: Scope,
  name: string,
  role: string,
  member: Input<string>,
  condition?: { readonly title: string; readonly expression: Input<string> },
): projects.IAMMember {
  return new projects.IAMMember(
    scope.named(name),
    { project: scope.project, role, member, ...(condition && { condition }) },
    // Several changes of a project's policy at a time are each other's conflicts: the provider holds them apart by itself.
    scope.child({ dependsOn: after(scope.apis, "cloudresourcemanager") }),
  );
}

/**
 * Makes the pods of one Kubernetes account somebody in the project.
 *
 * @param cluster whose coming makes the pool of identities, once in a project.
 */
export function admitPods(
  scope: Scope,
  role: string,
  { account }: Identity,
  { namespace, serviceAccount }: { readonly namespace: string; readonly serviceAccount: string },
  cluster: Resource,
): serviceaccount.IAMMember {
  return new serviceaccount.IAMMember(
    scope.named(role),
    {
      serviceAccountId: account.name,
      role: "roles/iam.workloadIdentityUser",
      member: `serviceAccount:${scope.project}.svc.id.goog[${namespace}/${serviceAccount}]`,
    },
    scope.child({ dependsOn: [cluster] }),
  );
}
