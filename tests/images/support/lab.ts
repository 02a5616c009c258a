import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { after } from "mocha";
import { moodleImage, type ImageRequest } from "./moodleImage";
import { Pod, type PodRequest } from "./pod";

/** Real software for the tests of one suite. What was started in it ends with the suite, also where that fails. */
export class Lab {
  private readonly folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "lab-")));
  private readonly endings: (() => Promise<void>)[] = [];
  private count = 0;

  constructor() {
    // Any user has to get through it to the folders inside.
    fs.chmodSync(this.folder, 0o755);
  }

  /** A pod of the image that our Dockerfile builds. */
  async pod(request: PodRequest & ImageRequest = {}): Promise<Pod> {
    const pod = new Pod(await moodleImage(request), this.newFolder("pod"), request);
    this.endings.push(() => pod.end());
    return pod;
  }

  /** An empty folder that goes with the suite. */
  newFolder(name: string): string {
    this.count += 1;
    const folder = path.join(this.folder, `${name}-${this.count}`);
    fs.mkdirSync(folder);
    return folder;
  }

  /** Writes files by their names, with folders in between, into a new folder that any user may read. */
  folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
    const folder = this.newFolder("files");
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(folder, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, content, { mode: 0o644 });
    }
    return folder;
  }

  async end(): Promise<void> {
    await Promise.all(this.endings.map((end) => end()));
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Call it in a `describe`: the lab is there for its tests and hooks, and ends after them. */
export function aLab(): Lab {
  const lab = new Lab();
  after(() => lab.end());
  return lab;
}
