import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import type { StatefulResource } from "../../components/config/groups/dataLoss";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { AzureSettings } from "./config";

/** One drawer of the foundation, so that a tree of resources can be read. */
class Drawer extends pulumi.ComponentResource {
  constructor(kind: string, name: string, parent: pulumi.Resource) {
    super(`moodle:azure:${kind}`, name, {}, { parent });
    this.registerOutputs({});
  }
}

/** Where a resource is: what nearly all of them ask for. */
export interface Place {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly location: string;
  readonly tags: Record<string, string>;
}

/**
 * What every part of the foundation is built with: the plan, the resource group, and the one way to a child's name, parent,
 * protection and tags.
 *
 * Resources use the stack's default provider. One made here would not inherit `azure-native:subscriptionId`,
 * `azure-native:useOidc` and the other keys an operator sets, and would have to repeat each of them.
 */
export class Scope {
  constructor(
    readonly name: string,
    readonly plan: CloudPlan,
    readonly settings: AzureSettings,
    readonly group: resources.ResourceGroup,
    readonly parent: pulumi.Resource,
  ) {}

  /** @returns the same scope with a drawer of its own as parent. */
  drawer(kind: string): Scope {
    const name = `${this.name}-${kind.charAt(0).toLowerCase()}${kind.slice(1)}`;
    return new Scope(this.name, this.plan, this.settings, this.group, new Drawer(kind, name, this.parent));
  }

  /** @returns the logical name of what plays a role. It is the resource's identity: changing it replaces the resource. */
  named(role: string): string {
    return `${this.name}-${role}`;
  }

  /** @returns group, region and tags of what plays a role. */
  at(role: string): Place {
    return { resourceGroupName: this.group.name, location: this.plan.region, tags: this.tags(role) };
  }

  child(opts: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
    return { ...opts, parent: this.parent };
  }

  /** Options of a resource that holds data, or without which data cannot be read: protected unless somebody consented. */
  stateful(resource: StatefulResource, opts: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
    return this.child({ ...opts, protect: this.keeps(resource) });
  }

  /** Whether the cloud's own protection of a stateful resource is on. */
  keeps(resource: StatefulResource): boolean {
    return !this.plan.unprotected.includes(resource);
  }

  tags(role: string): Record<string, string> {
    return tagsOf(this.name, this.plan, role);
  }
}

/**
 * The resource group everything is in. Azure deletes it with all it holds, so it is as protected as what data cannot be moved
 * out of.
 */
export function createGroup(name: string, plan: CloudPlan, parent: pulumi.Resource): resources.ResourceGroup {
  return new resources.ResourceGroup(
    `${name}-platform`,
    { location: plan.region, tags: tagsOf(name, plan, "platform") },
    { parent, protect: !plan.unprotected.includes("network") },
  );
}

function tagsOf(name: string, { tags }: CloudPlan, role: string): Record<string, string> {
  return { ...tags, Name: `${name}-${role}` };
}
