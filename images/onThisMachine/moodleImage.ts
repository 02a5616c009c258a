import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { hashOf, writeContext } from "../context";
import { baseTree, type Debian, type Tree } from "../../toolchain/debian";
import { cacheFolder } from "../../toolchain/setup/cache.cjs";
import { withLock } from "../../toolchain/setup/lock.cjs";
import { silent, type Progress } from "../../toolchain/setup/progress.cjs";
import { Buildah } from "./buildah";
import { importedBase } from "./importedBase";
import { serviceTree } from "./serviceTree";

/** An image that our Dockerfile built, ready to run programs of. */
export interface MoodleImage {
  readonly id: string;
  /** Folders of its root file system, the uppermost first. */
  readonly layers: readonly string[];
  readonly config: ImageConfig;
}

/** What an image says about how its programs run, in the words of the OCI specification. */
export interface ImageConfig {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Cmd: readonly string[];
  readonly StopSignal: string;
}

export interface ImageRequest {
  readonly debian?: Debian;
  /** The folder that takes the place of Moodle's code; by default almost nothing. */
  readonly code?: string;
}

const fewFiles = path.join(__dirname, "fewFiles");

/** Builds the image as `npm run image -- build` does, on a Debian made here; what was built before of the same files is taken again. */
export async function moodleImage({ debian = "trixie", code = fewFiles }: ImageRequest = {}, progress: Progress = silent): Promise<MoodleImage> {
  const buildah = new Buildah(await serviceTree(progress));
  const base = await baseTree(debian, progress);
  const context = fs.mkdtempSync(path.join(os.tmpdir(), "image-"));
  try {
    writeContext(context, { code, lock: "{}\n" });
    const key = createHash("sha256").update(`${base.key}\0${hashOf(context)}`).digest("hex").slice(0, 16);
    const record = path.join(cacheFolder("images"), `moodle-${key}.json`);
    const waiting = (pid: number | undefined) => progress.say(`Waiting for another process (${pid ?? "unknown"}) that is building the image …`);
    return (
      kept(record, buildah) ??
      (await withLock(cacheFolder("locks", "images"), waiting, async () => {
        return kept(record, buildah) ?? (await build(buildah, base, debian, context, record, progress));
      }))
    );
  } finally {
    fs.rmSync(context, { recursive: true, force: true });
  }
}

function kept(record: string, buildah: Buildah): MoodleImage | undefined {
  if (!fs.existsSync(record)) return undefined;
  const { id, config } = JSON.parse(fs.readFileSync(record, "utf8")) as Pick<MoodleImage, "id" | "config">;
  const layers = buildah.layersOf(id);
  return layers && { id, config, layers };
}

async function build(buildah: Buildah, base: Tree, debian: Debian, context: string, record: string, progress: Progress): Promise<MoodleImage> {
  const name = await importedBase(buildah, debian, base);
  const id = await progress.during(`Building the image on Debian ${debian}: seconds, or two minutes where its packages are new`, async () => {
    const file = path.join(context, "id");
    await buildah.succeed(["build", "--layers", "--pull-never", "--build-arg", `BASE=${name}`, "--iidfile", file, context], [context]);
    return fs.readFileSync(file, "utf8").trim().replace("sha256:", "");
  });
  const { OCIv1 } = JSON.parse(await buildah.succeed(["inspect", "--type", "image", id])) as { OCIv1: { config: ImageConfig } };
  fs.writeFileSync(record, JSON.stringify({ id, config: OCIv1.config }));
  const image = kept(record, buildah);
  if (image === undefined) throw new Error(`buildah built the image ${id}, and its store does not have it`);
  return image;
}
