import * as fs from "node:fs";
import * as path from "node:path";
import { folders } from "../../components/moodle/environment";
import { ask } from "../../tests/images/ask";
import { freePort } from "../../tests/images/support/freePort";
import type { Lab } from "../../tests/images/support/lab";
import { WebPod } from "../../tests/images/webPod";
import { address, type Site } from "../../tests/moodle/site";
import type { Code } from "../../tests/moodle/source";
import type { Setting } from "./settings";
import { configurationOf, nginxConfiguration, phpFpmConfiguration, places } from "./stock";

/** Five, as many as Debian's pool may start: the number of workers is not what is compared. */
const workers = "5";

const ofTheImage = path.join(__dirname, "../../images/moodle/rootfs");

/** Starts a web pod with the image's settings but one. @returns its port */
export async function startImage(lab: Lab, site: Site, code: Code, { configuration, php, environment = {} }: Omit<Setting, "title">): Promise<number> {
  const http = await freePort();
  const request = site.request(code, { MOODLE_PHP_WORKERS: workers, MOODLE_HTTP_PORT: String(http), MOODLE_PROBE_PORT: String(await freePort()), ...environment });
  const replaced = (file: string, text: string) => ({ [file]: { from: path.join(lab.folderWith({ file: text }), "file") } });
  await WebPod.serve(lab, {
    ...request,
    mounts: {
      ...request.mounts,
      ...(configuration !== undefined && replaced("/opt/moodle/config.php", original("opt/moodle/config.php").replace(/^require_once MoodleImage/m, `${configuration}\n$&`))),
      ...(php && replaced("/opt/moodle/php/moodle.ini", Object.entries(php).reduce((text, [name, value]) => text.replace(new RegExp(`^${name} = .*$`, "m"), `${name} = ${value}`), original("opt/moodle/php/moodle.ini")))),
    },
  });
  return http;
}

/** Starts nginx and PHP-FPM of the same image with Debian's and Moodle's own settings. @returns their port */
export async function startStock(lab: Lab, site: Site, code: Code): Promise<number> {
  const port = await freePort();
  const request = site.request(code);
  const dataroot = lab.newFolder("dataroot");
  fs.chownSync(dataroot, 10033, 10033);
  const written = lab.folderWith({ config: configurationOf(request.environment), nginx: nginxConfiguration(`/opt/moodle/code/${code.webRoot}`, port), phpFpm: phpFpmConfiguration });
  const pod = await lab.pod({
    ...request,
    // Behind the colon there is no folder, so only Debian's own settings count.
    environment: { PHP_INI_SCAN_DIR: ":/nowhere" },
    mounts: {
      ...request.mounts,
      [folders.dataroot]: { from: dataroot, writable: true },
      ...Object.fromEntries(Object.entries(places).map(([name, place]) => [place, { from: path.join(written, name) }])),
    },
  });
  const phpFpm = await pod.start(["/usr/sbin/php-fpm", "--fpm-config", places.phpFpm, "-d", "max_input_vars=5000"]);
  const nginx = await pod.start(["/usr/sbin/nginx", "-c", places.nginx]);
  const answers = async (): Promise<boolean> => (await ask(port, "/login/index.php", { headers: { Host: address } }).catch(() => undefined))?.status === 200;
  await nginx.until("answering", () => phpFpm.running && answers(), 300);
  return port;
}

const original = (file: string): string => fs.readFileSync(path.join(ofTheImage, file), "utf8");
