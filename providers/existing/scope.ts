import * as pulumi from "@pulumi/pulumi";
import type { StatefulResource } from "../../components/config/groups/dataLoss";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { BroughtSecrets } from "../contract";
import type { ExistingSettings } from "./config";

/** One drawer of the foundation, so that a tree of resources can be read. */
class Drawer extends pulumi.ComponentResource {
  constructor(kind: string, name: string, parent: pulumi.Resource) {
    super(`moodle:existing:${kind}`, name, {}, { parent });
    this.registerOutputs({});
  }
}

interface Basis {
  readonly name: string;
  readonly plan: CloudPlan;
  readonly settings: ExistingSettings;
  readonly brought: BroughtSecrets;
}

/** What every part of the foundation is built with: the plan, and the one way to a child's name, parent, protection and labels. */
export class Scope {
  readonly plan: CloudPlan;
  readonly settings: ExistingSettings;
  readonly brought: BroughtSecrets;

  constructor(
    private readonly basis: Basis,
    readonly parent: pulumi.Resource,
  ) {
    this.plan = basis.plan;
    this.settings = basis.settings;
    this.brought = basis.brought;
  }

  /** @returns the same scope with a drawer of its own as parent. */
  drawer(kind: string): Scope {
    const name = this.named(`${kind.charAt(0).toLowerCase()}${kind.slice(1)}`);
    return new Scope(this.basis, new Drawer(kind, name, this.parent));
  }

  /** @returns the logical name of what plays a role. It is the resource's identity: changing it replaces the resource. */
  named(role: string): string {
    return `${this.basis.name}-${role}`;
  }

  child(opts: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
    return { ...opts, parent: this.parent };
  }

  /** Options of a resource that holds data, or without which data cannot be read: protected unless somebody consented. */
  stateful(resource: StatefulResource, opts: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
    return this.child({ ...opts, protect: !this.plan.unprotected.includes(resource) });
  }

  labels(role: string): Record<string, string> {
    return { ...this.plan.tags, "app.kubernetes.io/part-of": this.basis.name, "app.kubernetes.io/name": role };
  }
}
