import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type Inside, loadImage } from "../../cluster/node/loadImage";
import { withArchive } from "../../images/onThisMachine/archive";
import { Buildah } from "../../images/onThisMachine/buildah";
import { importedBase } from "../../images/onThisMachine/importedBase";
import { moodleImage } from "../../images/onThisMachine/moodleImage";
import { MoodleSource } from "../../images/onThisMachine/moodleTree";
import { serviceTree } from "../../images/onThisMachine/serviceTree";
import { idsOf } from "../../images/onThisMachine/users";
import { installed, pointOf } from "../../images/standIn/code";
import { standIn } from "../../images/standIn/tree";
import type { Debian } from "../../toolchain/debian";
import type { Progress } from "../../toolchain/setup/progress.cjs";

/** Images that a cluster has, by the references that pods name them by. */
export interface LoadedImages {
  readonly moodle: string;
  /** The Moodle in it, for example 5.1.0. */
  readonly version: string;
  /** One for all servers, and the users that they run as. */
  readonly servers: { readonly image: string; readonly database: number; readonly cache: number };
}

/** Images in this machine's store. */
export interface BuiltImages {
  bringTo(inside: Inside, progress: Progress): Promise<LoadedImages>;
}

/** Builds Moodle's image, with the tree that MOODLE_SOURCE names or a stand-in for Moodle, and that of the servers. */
export async function buildImages(progress: Progress): Promise<BuiltImages> {
  const tree = await serviceTree(progress);
  const buildah = new Buildah(tree);
  const { id, version } = await withCode(async (code) => ({ ...(await moodleImage({ code: code.folder, debian: code.debian }, progress)), version: code.version }));
  const servers = await progress.during("Making the image of PostgreSQL and Valkey", () => importedBase(buildah, "trixie", tree));
  return {
    bringTo: (inside, view) =>
      view.during("Bringing the images to the cluster: half a minute", async (detail) => {
        const bring = (image: string, name: string): Promise<string> => {
          detail(name);
          return withArchive(buildah, image, (archive) => loadImage(inside, archive, `registry.example.edu/${name}`));
        };
        const moodle = await bring(id, "moodle");
        const image = await bring(servers, "servers");
        return { moodle, version, servers: { image, database: idsOf(tree, "postgres")[0], cache: idsOf(tree, "valkey")[0] } };
      }),
  };
}

interface Code {
  readonly folder: string;
  readonly debian: Debian;
  readonly version: string;
}

async function withCode<Result>(work: (code: Code) => Promise<Result>): Promise<Result> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "code-"));
  try {
    return await work(process.env["MOODLE_SOURCE"] ? moodleIn(path.join(folder, "moodle")) : { folder: standIn(folder, installed), debian: "trixie", version: pointOf(installed) });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function moodleIn(folder: string): Code {
  const code = MoodleSource.ofEnvironment().source.copyTo(folder);
  return { folder, debian: code.debian, version: code.point };
}
