/** A real cluster that a stack is stood up on. */
export interface RealCluster {
  /** What a heading calls it. */
  readonly title: string;
  /** The text of a kubeconfig. Secret. */
  readonly kubeconfig: string;
  /** A kubectl for it. */
  readonly kubectl: string;
  /** Whether it was made for the rehearsal, and ends with it. */
  readonly own?: boolean;
  /** What a stack has to say to fit it, by groups of keys. */
  readonly keys?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Where it goes on after the rehearsal. */
  readonly standing?: StandingCluster;
}

/** How a person goes on with a cluster that stays. */
export interface StandingCluster {
  /** The file of its kubeconfig. */
  readonly kubeconfig: string;
  readonly kubectl: string;
  /** The command that takes the cluster away, where the rehearsal made it. */
  readonly remove?: string;
}
