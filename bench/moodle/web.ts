import * as fs from "node:fs";
import * as path from "node:path";
import { folders } from "../../components/moodle/environment";
import type { Code } from "../../images/onThisMachine/moodleTree";
import { ask } from "../../tests/images/ask";
import { freePort } from "../../toolchain/freePort";
import type { Lab } from "../../tests/images/support/lab";
import { WebPod } from "../../tests/images/webPod";
import { address, type Site } from "../../tests/moodle/site";
import type { Edit, Setting } from "./settings";
import { configurationOf, nginxConfiguration, phpFpmConfiguration, places } from "./stock";

/** Five, as many as Debian's pool may start: the number of workers is not what is compared. */
const workers = "5";

const ofTheImage = path.join(__dirname, "../../images/moodle/rootfs");

/** Starts a web pod of the image with these changes. @returns its port */
export async function startImage(lab: Lab, site: Site, code: Code, { edits = [], environment = {} }: Omit<Setting, "title">): Promise<number> {
  const http = await freePort();
  const request = site.request(code, { MOODLE_PHP_WORKERS: workers, MOODLE_HTTP_PORT: String(http), MOODLE_PROBE_PORT: String(await freePort()), ...environment });
  const edited = Object.fromEntries(edits.map((edit) => [`/${edit.file}`, { from: writtenTo(lab, edit) }]));
  await WebPod.serve(lab, { ...request, mounts: { ...request.mounts, ...edited } });
  return http;
}

function writtenTo(lab: Lab, { file, line, to }: Edit): string {
  const place = path.join(ofTheImage, file);
  const text = fs.readFileSync(place, "utf8");
  if (!line.test(text)) throw new Error(`${file} has no ${line.source}`);
  const written = path.join(lab.folderWith({ file: text.replace(line, () => to) }), "file");
  fs.chmodSync(written, fs.statSync(place).mode);
  return written;
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
