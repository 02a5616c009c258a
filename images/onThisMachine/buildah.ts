import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Tree } from "../../toolchain/debian";
import { shellWord } from "../../toolchain/shellWords";
import { cacheFolder } from "../../toolchain/setup/cache.cjs";
import type { Ending } from "./program";
import { searchPath, start, unshareArguments, type Surroundings } from "./sandbox";

/** Debian's buildah with a store of images in the cache. It sees the cache and the folders given at their own places. */
export class Buildah {
  readonly store = cacheFolder("images");

  constructor(private readonly tools: Tree) {}

  async run(args: readonly string[], folders: readonly string[] = []): Promise<Ending> {
    const temporary = this.temporaryFolder();
    try {
      const program = await start([...this.command(temporary), ...args], this.surroundings([temporary, ...folders]));
      return await program.ended;
    } finally {
      fs.rmSync(temporary, { recursive: true, force: true });
    }
  }

  /** Writes an executable `buildah` into a folder, for programs that look for it on the PATH. It sees that folder, and these. */
  writeCommand(folder: string, folders: readonly string[]): void {
    const temporary = path.join(folder, "temporary");
    const scratch = path.join(folder, "scratch");
    for (const name of [temporary, scratch]) fs.mkdirSync(name, { recursive: true });
    const around = this.surroundings([temporary, ...folders]);
    const variables = Object.entries({ PATH: searchPath, ...around.environment }).map(([name, value]) => `${name}=${value}`);
    const words = ["env", "-i", ...variables, "unshare", ...unshareArguments(this.command(temporary), around, scratch)];
    fs.writeFileSync(path.join(folder, "buildah"), `#!/bin/sh\nexec ${words.map(shellWord).join(" ")} "$@" 3> /dev/null\n`, { mode: 0o755 });
  }

  /** @returns what it printed. @throws with the end of that, where it failed */
  async succeed(args: readonly string[], folders: readonly string[] = []): Promise<string> {
    const { code, stdout, stderr } = await this.run(args, folders);
    if (code === 0) return stdout.trim();
    throw new Error(`buildah ${args[0]} failed: ${`${stdout}${stderr}`.trim().split("\n").slice(-25).join("\n")}`);
  }

  /** The folders that make up an image's root file system, the uppermost first; undefined where the store has no such image. */
  layersOf(image: string): string[] | undefined {
    const images = this.records("overlay-images/images.json") as { id: string; layer: string }[];
    const layers = new Map((this.records("overlay-layers/layers.json") as { id: string; parent?: string }[]).map((layer) => [layer.id, layer]));
    const found: string[] = [];
    let layer = layers.get(images.find(({ id }) => id === image)?.layer ?? "");
    while (layer !== undefined) {
      found.push(path.join(this.store, "overlay", layer.id, "diff"));
      layer = layers.get(layer.parent ?? "");
    }
    return found.length > 0 && found.every((folder) => fs.existsSync(folder)) ? found : undefined;
  }

  private temporaryFolder(): string {
    fs.mkdirSync(this.store, { recursive: true });
    return fs.mkdtempSync(path.join(os.tmpdir(), "buildah-"));
  }

  private command(temporary: string): string[] {
    return ["buildah", "--root", this.store, "--runroot", path.join(temporary, "run")];
  }

  private surroundings([temporary = "", ...folders]: readonly string[]): Surroundings {
    return {
      layers: [this.tools.folder],
      readOnly: false,
      user: "0:0",
      environment: { BUILDAH_ISOLATION: "chroot", STORAGE_DRIVER: "overlay", TMPDIR: temporary, HOME: temporary },
      mounts: Object.fromEntries([this.store, temporary, ...folders].map((folder) => [folder, { from: folder, writable: true }])),
    };
  }

  private records(name: string): unknown {
    const file = path.join(this.store, name);
    return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : [];
  }
}
