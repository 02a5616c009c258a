import * as pulumi from "@pulumi/pulumi";
import type { StatefulResource } from "../../components/config/groups/dataLoss";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { GcpSettings } from "./config";
import { baseName, labelValue, type NameKind } from "./names";
import type { Apis } from "./services";

/** One drawer of the foundation, so that a tree of resources can be read. */
class Drawer extends pulumi.ComponentResource {
  constructor(kind: string, name: string, parent: pulumi.Resource) {
    super(`moodle:gcp:${kind}`, name, {}, { parent });
    this.registerOutputs({});
  }
}

export interface ScopeArgs {
  readonly name: string;
  readonly plan: CloudPlan;
  readonly settings: GcpSettings;
  /** The project everything is made in. */
  readonly project: string;
  /** Tells this platform's names from those of all others, before and after it. */
  readonly suffix: pulumi.Output<string>;
  /** What must be switched on before anything of its kind is made. */
  readonly apis: Apis;
}

/**
 * What every part of the foundation is built with: the plan, and the one way to a child's names, parent, protection and
 * labels.
 *
 * Resources use the stack's default provider, as it is configured by the operator's own `gcp:` keys; so labels are written on
 * every resource instead of coming from a provider's `defaultLabels`.
 */
export class Scope implements ScopeArgs {
  readonly name: string;
  readonly plan: CloudPlan;
  readonly settings: GcpSettings;
  readonly project: string;
  readonly suffix: pulumi.Output<string>;
  readonly apis: Apis;

  constructor(
    args: ScopeArgs,
    readonly parent: pulumi.Resource,
  ) {
    this.name = args.name;
    this.plan = args.plan;
    this.settings = args.settings;
    this.project = args.project;
    this.suffix = args.suffix;
    this.apis = args.apis;
  }

  /** @returns the same scope with a drawer of its own as parent. */
  drawer(kind: string): Scope {
    const name = `${this.name}-${kind.charAt(0).toLowerCase()}${kind.slice(1)}`;
    return new Scope(this, new Drawer(kind, name, this.parent));
  }

  /** @returns the logical name of what plays a role. It is the resource's identity: changing it replaces the resource. */
  named(role: string): string {
    return `${this.name}-${role}`;
  }

  /**
   * @param suffix of something that needs one of its own.
   * @returns the name in the cloud of what plays a role. Ours and not the provider's: what replaces something must wait for it to go.
   */
  cloudName(role: string, kind: NameKind = "other", suffix: pulumi.Input<string> = this.suffix): pulumi.Output<string> {
    return pulumi.interpolate`${baseName(this.named(role), kind)}-${suffix}`;
  }

  child(opts: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
    return { deleteBeforeReplace: true, ...opts, parent: this.parent };
  }

  /** Options of a resource that holds data, or without which data cannot be read: protected unless somebody consented. */
  stateful(resource: StatefulResource, opts: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
    return this.child({ ...opts, protect: this.keeps(resource) });
  }

  /** Whether the cloud's own protection of a stateful resource is on. */
  keeps(resource: StatefulResource): boolean {
    return !this.plan.unprotected.includes(resource);
  }

  labels(role: string): Record<string, string> {
    const tags = Object.entries(this.plan.tags).map(([key, value]) => [key, labelValue(value)] as const);
    return { ...Object.fromEntries(tags), name: labelValue(this.named(role)) };
  }
}
