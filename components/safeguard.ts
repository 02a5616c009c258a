import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";

export interface SafeguardArgs {
  /** Whether anything of the platform may not be lost. */
  readonly protect: boolean;
  /** The parts of the platform. */
  readonly of: readonly pulumi.Resource[];
}

/**
 * What a destroy must delete before anything else, and cannot while it is protected.
 *
 * The engine looks at the protection of each resource when its turn comes: a destroy without a preview would delete the pods,
 * the caches and the cluster before it is refused the database. Everything is what this one depends on, so it is first alone.
 */
export class Safeguard extends pulumi.ComponentResource {
  constructor(name: string, { protect, of }: SafeguardArgs, opts: pulumi.ComponentResourceOptions) {
    super("moodle:platform:Safeguard", name, {}, opts);
    new RandomId(name, { byteLength: 4 }, { parent: this, protect, dependsOn: [...of] });
    this.registerOutputs({});
  }
}
