/** What an account still holds after it lost a platform together with the stack's state, as a new stack's config names it. */
export interface Remains {
  /** Keys for the new stack, by group. */
  readonly config: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What the new platform uses without owning it, by the cloud's own names: its state knows nothing of them. */
  readonly takenOver: readonly string[];
}

/** How a simulated cloud loses a platform: exported by its `loss.ts`. */
export interface LossModule {
  /** Takes away everything but backups, files and keys. */
  lose(cloudFolder: string): Remains;
}
