import type { CloudObject } from "./provider/behaviour";

/** What an account still holds after it lost a platform together with the stack's state, as a new stack's config names it. */
export interface Remains {
  /** What is gone and what is left, in a sentence or two. */
  readonly story: string;
  /** Keys for the new stack, by group. */
  readonly config: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What the new platform uses without owning it, by the cloud's own names: its state knows nothing of them. */
  readonly takenOver: readonly string[];
  /** Output of a database that says where its data came from, and what it must say. */
  readonly origin: { readonly path: string; readonly value: string };
}

/** How a simulated cloud loses a platform: exported by its `loss.ts`. */
export interface LossModule {
  /** Path of a secret's copy in the inputs of the resource that keeps it. */
  readonly copyAt: string;
  /** Takes away everything but backups, files and keys. */
  lose(cloudFolder: string): Remains;
}

/** @throws when the platform to be lost has not what it would be restored from */
export function needed(object: CloudObject | undefined, what: string): CloudObject {
  if (object === undefined) throw new Error(`the platform to be lost has no ${what}`);
  return object;
}
