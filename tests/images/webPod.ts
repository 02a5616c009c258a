import * as fs from "node:fs";
import * as path from "node:path";
import { folders, probePaths, programs } from "../../components/moodle/environment";
import type { ImageRequest } from "../../images/onThisMachine/moodleImage";
import type { Program } from "../../images/onThisMachine/program";
import { ask } from "./ask";
import { onePod, secrets, type Variables } from "./environments";
import { freePort } from "../../toolchain/freePort";
import type { Lab } from "./support/lab";
import type { Pod, PodRequest } from "./support/pod";

export const sizes: Variables = {
  MOODLE_UPLOAD_LIMIT_MIB: "4",
  MOODLE_REQUEST_TIMEOUT_SECONDS: "30",
  MOODLE_PHP_WORKERS: "2",
  MOODLE_PHP_MAX_REQUESTS: "1000",
  MOODLE_PHP_MEMORY_LIMIT_MIB: "128",
  MOODLE_PHP_OPCACHE_MIB: "128",
  MOODLE_PHP_INTERNED_STRINGS_MIB: "8",
  MOODLE_PHP_APCU_MIB: "16",
  MOODLE_PHP_SLOW_REQUEST_SECONDS: "0",
};

const logs = "/logs";

/** nginx and PHP-FPM of one pod, answering. */
export class WebPod {
  private constructor(
    private readonly pod: Pod,
    private readonly logFolder: string,
    readonly http: number,
    readonly probe: number,
    readonly nginx: Program,
    public phpFpm: Program,
  ) {}

  /** @param code the folder that takes the place of Moodle's */
  static async start(lab: Lab, code: string, given: Variables = {}, { user = "10033:10033", debian = "trixie" }: Pick<PodRequest & ImageRequest, "user" | "debian"> = {}): Promise<WebPod> {
    const [http, probe] = [await freePort(), await freePort()];
    return WebPod.serve(lab, {
      user,
      debian,
      environment: { ...onePod, ...sizes, MOODLE_HTTP_PORT: String(http), MOODLE_PROBE_PORT: String(probe), ...given },
      mounts: {
        "/opt/moodle/code": { from: code },
        [folders.secrets]: { from: lab.folderWith(secrets) },
        [folders.configuration]: { from: lab.folderWith({ "settings.json": "{}" }) },
      },
    });
  }

  /** Starts the servers of a pod, on the ports that its environment names. */
  static async serve(lab: Lab, request: PodRequest & ImageRequest): Promise<WebPod> {
    const logFolder = lab.newFolder("logs");
    const pod = await lab.pod({ ...request, mounts: { ...request.mounts, [logs]: { from: logFolder, writable: true } } });
    fs.chownSync(logFolder, ...(pod.user.split(":").map(Number) as [number, number]));
    const [http, probe] = ["MOODLE_HTTP_PORT", "MOODLE_PROBE_PORT"].map((name) => Number(request.environment?.[name])) as [number, number];
    const web = new WebPod(pod, logFolder, http, probe, await server(pod, "nginx", programs.nginx), await server(pod, "php-fpm", programs.phpFpm));
    try {
      await web.nginx.until("ready", async () => (await ask(probe, probePaths.phpFpm).catch(() => undefined))?.status === 200);
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${web.log("nginx")}${web.log("php-fpm")}`, { cause: error });
    }
    return web;
  }

  /** Stops both as the kubelet does: nginx lets its requests finish, then PHP-FPM. */
  async stop(): Promise<void> {
    this.nginx.signal("SIGQUIT");
    await this.nginx.ended;
    this.phpFpm.signal("SIGQUIT");
    await this.phpFpm.ended;
  }

  /** Starts PHP-FPM after it has ended, as the kubelet does. */
  async startPhpFpm(): Promise<void> {
    this.phpFpm = await server(this.pod, "php-fpm", programs.phpFpm);
  }

  /** What a server has written. */
  log(name: "nginx" | "php-fpm"): string {
    const file = path.join(this.logFolder, name);
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  }

  /** Runs a program in the pod to its end. */
  run(command: readonly string[]): ReturnType<Pod["run"]> {
    return this.pod.run(command);
  }

  start(command: readonly string[]): Promise<Program> {
    return this.pod.start(command);
  }

  /** Writes a file into one of the pod's folders, by its path there. */
  write(file: string, text: string): void {
    fs.writeFileSync(this.place(file), text, { mode: 0o644 });
  }

  read(file: string): string {
    return fs.readFileSync(this.place(file), "utf8");
  }

  exists(file: string): boolean {
    return fs.existsSync(this.place(file));
  }

  /** Where this machine has a file of the pod's folders. */
  place(file: string): string {
    const folder = [folders.dataroot, folders.localCache, folders.temporary, folders.run].find((place) => file.startsWith(`${place}/`));
    if (folder === undefined) throw new Error(`${file} is in no writable folder of a pod`);
    return path.join(this.pod.folderOf(folder), file.slice(folder.length));
  }
}

// A container runtime gives its streams to the container's user, and servers open them again by their names; those of a test belong to root.
function server(pod: Pod, name: string, command: readonly string[]): Promise<Program> {
  return pod.start(["/bin/sh", "-c", `exec "$@" >>${logs}/${name} 2>&1`, name, ...command]);
}
