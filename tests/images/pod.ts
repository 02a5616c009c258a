import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { moodleImage } from "./support/moodleImage";
import type { Ending, Program } from "./support/program";
import { start } from "./support/sandbox";
import { secrets as always, type Variables } from "./environments";

/** What a pod of the image finds around itself, files by their paths. */
export interface Pod {
  readonly environment: Variables;
  /** Secret files beside those that every site has; an empty text takes one of those away. */
  readonly secrets?: Variables;
  /** Files in /etc/moodle/configuration beside `settings.json`. */
  readonly configuration?: Variables;
  readonly token?: string;
  /** What stands at the place of Moodle's code. */
  readonly code?: Variables;
  /** Further files by their whole path. */
  readonly files?: Variables;
}

/** Runs a program of the image to its end. */
export async function runInPod(pod: Pod, command: readonly string[]): Promise<Ending> {
  const { program, remove } = await startInPod(pod, command);
  try {
    return await program.ended;
  } finally {
    remove();
  }
}

/** Starts a program of the image, with the folders that a pod mounts; `remove` takes them away again. */
export async function startInPod(pod: Pod, command: readonly string[]): Promise<{ program: Program; remove: () => void }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "pod-"));
  fs.chmodSync(folder, 0o755);
  const image = await moodleImage();
  const own = (name: string) => writable(path.join(folder, name));
  const mounts = {
    "/var/lib/moodle": { from: own("files"), writable: true },
    "/var/cache/moodle": { from: own("cache"), writable: true },
    "/tmp": { from: own("temporary"), writable: true },
    "/run/moodle": { from: own("run"), writable: true },
    "/etc/moodle/configuration": { from: written(path.join(folder, "configuration"), { "settings.json": "{}", ...pod.configuration }) },
    "/etc/moodle/secrets": { from: written(path.join(folder, "secrets"), { ...always, ...pod.secrets }) },
    ...(pod.token !== undefined && { "/run/moodle-token": { from: written(path.join(folder, "token"), { token: pod.token }) } }),
    ...(pod.code && { "/opt/moodle/code": { from: written(path.join(folder, "code"), pod.code) } }),
    ...Object.fromEntries(Object.entries(pod.files ?? {}).map(([place, text], index) => [place, { from: path.join(written(path.join(folder, `file-${index}`), { file: text }), "file") }])),
  };
  const environment = { ...Object.fromEntries(image.config.Env.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string])), ...pod.environment };
  const program = await start(command, { layers: image.layers, readOnly: true, user: image.config.User, environment, mounts });
  return { program, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}

function writable(folder: string): string {
  fs.mkdirSync(folder);
  fs.chmodSync(folder, 0o777);
  return folder;
}

/** Writes files that any user may read. */
function written(folder: string, files: Variables): string {
  fs.mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    if (text === "") continue;
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
}
