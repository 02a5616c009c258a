/** A resource of a stack, as an accident points at it. */
export interface Casualty {
  /** `the database` */
  readonly what: string;
  readonly type: string;
  /** The end of its logical name. */
  readonly nameEnds: string;
}

/** What accidents happen to on one cloud: exported by its `accidents.ts` as `casualties`. */
export interface Casualties {
  /** `AWS` in "the AWS provider". */
  readonly provider: string;
  /** What takes long to create. */
  readonly made: Casualty & {
    /** Why it is there and not ready, in the provider's words; absent of a release, of which an accident of its own tells. */
    readonly notReady?: string;
  };
  /** What is replaced by creating the new one first. */
  readonly replaced: Casualty & {
    /** Why the old one can't be deleted, in the cloud's words. */
    readonly notDeleted: string;
  };
}

/** What a simulated cloud's `accidents.ts` exports. */
export interface CasualtiesModule {
  readonly casualties: Casualties;
}
