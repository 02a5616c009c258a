import * as authorization from "@pulumi/azure-native/authorization";
import type { Input, Resource } from "@pulumi/pulumi";
import type { StatefulResource } from "../../components/config/groups/dataLoss";
import type { Scope } from "./scope";

/**
 * Makes Azure refuse to delete something, whoever asks: also somebody in the portal. Gone as soon as somebody consented to the
 * loss, so that the update after it finds no lock.
 *
 * @param dependents what lives in the locked thing: a lock holds for all of it, so it goes first.
 */
export function lock(scope: Scope, role: string, resource: StatefulResource, id: Input<string>, dependents: readonly Resource[] = []): void {
  if (!scope.keeps(resource)) return;
  new authorization.ManagementLockByScope(
    scope.named(role),
    { scope: id, level: "CanNotDelete", notes: `moodle:allowDataLoss with the resource ${resource} takes it away` },
    scope.child({ dependsOn: [...dependents] }),
  );
}
