import * as fs from "node:fs";

const PATIENCE_MS = 30_000;
const PAUSE_MS = 2;

/**
 * Runs `work` while holding a lock file, so that processes sharing a cloud folder take turns. Synchronous: the work must be
 * short. A lock left by a process that died is taken over.
 *
 * @throws when another live process holds the lock for half a minute.
 */
export function withFileLock<T>(file: string, work: () => T): T {
  const deadline = Date.now() + PATIENCE_MS;
  while (!acquired(file)) {
    if (Date.now() > deadline) {
      throw new Error(`${file} is held by process ${holder(file) ?? "unknown"}, still running after 30 s.`);
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
  try {
    return work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

// The pid is written before the name appears, so that nobody sees a lock without its holder.
function acquired(file: string): boolean {
  const mine = `${file}.${process.pid}`;
  fs.writeFileSync(mine, String(process.pid));
  try {
    fs.linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const pid = holder(file);
    if (pid !== undefined && !isAlive(pid)) fs.rmSync(file, { force: true });
    return false;
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

function holder(file: string): number | undefined {
  try {
    return Number(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
