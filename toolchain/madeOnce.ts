import * as fs from "node:fs";
import * as path from "node:path";
import { cacheFolder } from "./setup/cache.cjs";
import { withLock } from "./setup/lock.cjs";
import type { Progress } from "./setup/progress.cjs";

/** Makes a folder of the cache once, whoever else wants it at the same time; its name has to say what it was made from. */
export async function madeOnce(folder: string, title: string, progress: Progress, make: (folder: string) => Promise<void>): Promise<string> {
  if (fs.existsSync(folder)) return folder;
  const waiting = (pid: number | undefined) => progress.say(`Waiting for another process (${pid ?? "unknown"}) that is making ${title} …`);
  const lock = cacheFolder("locks", `${path.basename(path.dirname(folder))}-${title.replaceAll(/\W+/g, "-")}`);
  await withLock(lock, waiting, async () => {
    if (fs.existsSync(folder)) return;
    const partial = `${folder}.partial`;
    fs.rmSync(partial, { recursive: true, force: true });
    fs.mkdirSync(partial, { recursive: true, mode: 0o755 });
    await make(partial);
    fs.renameSync(partial, folder);
  });
  return folder;
}
