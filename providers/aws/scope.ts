import * as pulumi from "@pulumi/pulumi";
import type { StatefulResource } from "../../components/config/groups/dataLoss";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { AwsSettings } from "./config";

/** One drawer of the foundation, so that a tree of resources can be read. */
class Drawer extends pulumi.ComponentResource {
  constructor(kind: string, name: string, parent: pulumi.Resource) {
    super(`moodle:aws:${kind}`, name, {}, { parent });
    this.registerOutputs({});
  }
}

/**
 * What every part of the foundation is built with: the plan, and the one way to a child's name, parent, protection and
 * tags.
 *
 * Resources use the stack's default provider. One made here would not inherit `aws:profile`, `aws:assumeRoles` and the
 * other keys an operator sets, and would have to repeat each of them; so tags are written on every resource instead of
 * coming from a provider's `defaultTags`.
 */
export class Scope {
  constructor(
    readonly name: string,
    readonly plan: CloudPlan,
    readonly settings: AwsSettings,
    readonly parent: pulumi.Resource,
  ) {}

  /** @returns the same scope with a drawer of its own as parent. */
  drawer(kind: string): Scope {
    const name = `${this.name}-${kind.charAt(0).toLowerCase()}${kind.slice(1)}`;
    return new Scope(this.name, this.plan, this.settings, new Drawer(kind, name, this.parent));
  }

  /** @returns the logical name of what plays a role. It is the resource's identity: changing it replaces the resource. */
  named(role: string): string {
    return `${this.name}-${role}`;
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
    return { ...this.plan.tags, Name: this.named(role) };
  }
}
