import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { after } from "mocha";
import { moodleImage, type ImageRequest, type MoodleImage } from "../../../images/onThisMachine/moodleImage";
import { serviceTree } from "../../../images/onThisMachine/serviceTree";
import { silent } from "../../../toolchain/setup/progress.cjs";
import { Authority, type Certificate } from "./authority";
import { Pod, type PodRequest } from "./pod";
import { Postgres } from "./postgres";
import { ObjectStore, type ObjectStoreRequest } from "./s3/objectStore";
import { Services } from "./services";
import { Valkey, type ValkeyRequest } from "./valkey";

/** Real software for the tests of one suite. What was started in it ends with the suite, also where that fails. */
export class Lab {
  private readonly folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "lab-")));
  private readonly endings: (() => Promise<void>)[] = [];
  private readonly services: Promise<Services>;
  private readonly images = new Map<string, Promise<MoodleImage>>();
  private count = 0;

  constructor() {
    // Any user has to get through it to the folders inside.
    fs.chmodSync(this.folder, 0o755);
    this.services = serviceTree(silent).then((tree) => new Services(tree));
    this.services.catch(() => undefined);
    this.endings.push(async () => (await this.services).end());
  }

  /** A pod of the image that our Dockerfile builds. */
  async pod(request: PodRequest & ImageRequest = {}): Promise<Pod> {
    const pod = new Pod(await this.imageFor(request), this.newFolder("pod"), request);
    this.endings.push(() => pod.end());
    return pod;
  }

  /** A certificate authority; every call founds another. */
  async authority(): Promise<Authority> {
    return Authority.found(await this.services, this.newFolder("authority"));
  }

  /** A PostgreSQL server with an empty database; with a certificate it speaks TLS alone. */
  async postgres({ certificate }: { certificate?: Certificate } = {}): Promise<Postgres> {
    return Postgres.start(await this.services, this.newFolder("postgres"), certificate);
  }

  /** A Valkey server; with a certificate it speaks TLS alone. */
  async valkey(request: ValkeyRequest = {}): Promise<Valkey> {
    return Valkey.start(await this.services, this.newFolder("valkey"), request);
  }

  /** An S3 server with one empty bucket. */
  async objectStore(request: ObjectStoreRequest): Promise<ObjectStore> {
    const store = await ObjectStore.start(request);
    this.endings.push(() => store.end());
    return store;
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

  // A whole Moodle takes half a minute to be compared with what was built of it before.
  private imageFor({ debian, code }: ImageRequest): Promise<MoodleImage> {
    const key = `${debian} ${code}`;
    const image = this.images.get(key) ?? moodleImage({ debian, code });
    this.images.set(key, image);
    return image;
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
