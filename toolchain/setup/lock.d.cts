/**
 * Runs `work` while holding the lock `folder`, which other processes, also of other machines on a shared file system,
 * respect. Waits for them; `onWait` is called once if so. A lock whose process died, or gave no sign of life for two
 * minutes, is taken away.
 */
export function withLock<T>(
  folder: string,
  onWait: (pid: number | undefined) => void,
  work: () => Promise<T>,
): Promise<T>;
