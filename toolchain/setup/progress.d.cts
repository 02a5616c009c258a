/** How long work tells a person that it goes on. */
export interface Progress {
  /** One line about a step. */
  say(line: string): void;
  /**
   * Announces `what` and does it; repainted with the elapsed time on a terminal, a line every 30 seconds elsewhere.
   * `work` may give a detail that changes, such as the bytes received.
   */
  during<T>(what: string, work: (detail: (text: string) => void) => Promise<T>): Promise<T>;
}

export function progressOn(stream: NodeJS.WriteStream): Progress;

export const silent: Progress;
