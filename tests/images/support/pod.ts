import * as fs from "node:fs";
import * as path from "node:path";
import { folders } from "../../../components/moodle/environment";
import type { MoodleImage } from "../../../images/onThisMachine/moodleImage";
import type { Ending, Program } from "../../../images/onThisMachine/program";
import { start, type Mount } from "../../../images/onThisMachine/sandbox";

export interface PodRequest {
  /** Beside what the image sets itself. */
  readonly environment?: Readonly<Record<string, string>>;
  /** By the place where they are seen, as `/etc/moodle/secrets`; read-only unless they say otherwise. */
  readonly mounts?: Readonly<Record<string, Mount>>;
  /** User and group; by default the image's own. */
  readonly user?: string;
}

const writable = [folders.dataroot, folders.localCache, folders.temporary, folders.run];

/** Containers of one image that share their writable folders, as the chart's pods do: everything else is read-only. */
export class Pod {
  private readonly programs = new Set<Program>();
  readonly user: string;

  /** @param folder an empty one, for the pod's writable folders. */
  constructor(
    readonly image: MoodleImage,
    private readonly folder: string,
    private readonly request: PodRequest = {},
  ) {
    this.user = request.user ?? image.config.User;
    const [user, group] = this.user.split(":").map(Number);
    for (const place of writable) {
      fs.mkdirSync(this.folderOf(place), { recursive: true });
      fs.chownSync(this.folderOf(place), user ?? 0, group ?? 0);
    }
  }

  /** Where this machine has one of the pod's writable folders, such as `/var/lib/moodle`. */
  folderOf(place: string): string {
    return path.join(this.folder, place.slice(1).replaceAll("/", "-"));
  }

  /** Starts a program as a container of its own. */
  async start(command: readonly string[], more: { environment?: Readonly<Record<string, string>>; stdin?: string } = {}): Promise<Program> {
    const own = Object.fromEntries(writable.map((place) => [place, { from: this.folderOf(place), writable: true }]));
    const program = await start(
      command,
      {
        layers: this.image.layers,
        readOnly: true,
        user: this.user,
        environment: { ...Object.fromEntries(this.image.config.Env.map(parted)), ...this.request.environment, ...more.environment },
        mounts: { ...own, ...this.request.mounts },
      },
      more.stdin,
    );
    this.programs.add(program);
    return program;
  }

  /** Runs a program to its end. */
  async run(command: readonly string[], more: { environment?: Readonly<Record<string, string>>; stdin?: string } = {}): Promise<Ending> {
    return (await this.start(command, more)).ended;
  }

  /** Ends all its programs at once, as when a node dies. */
  async end(): Promise<void> {
    await Promise.all([...this.programs].map((program) => program.kill()));
  }
}

function parted(variable: string): [string, string] {
  const at = variable.indexOf("=");
  return [variable.slice(0, at), variable.slice(at + 1)];
}
