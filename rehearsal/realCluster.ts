/** A real cluster that a stack is stood up on. */
export interface RealCluster {
  /** What a heading calls it. */
  readonly title: string;
  /** The text of a kubeconfig. Secret. */
  readonly kubeconfig: string;
  /** A kubectl for it. */
  readonly kubectl: string;
}
