import { expect } from "chai";
import { before } from "mocha";
import * as fs from "node:fs";
import * as path from "node:path";
import { folders } from "../../components/moodle/environment";
import { ask, form } from "./ask";
import { secrets } from "./environments";
import { siteTree } from "./siteTree";
import { aLab } from "./support/lab";
import { WebPod } from "./webPod";

const mebibyte = 1024 * 1024;

describe("requests to nginx and PHP-FPM of the image", () => {
  const lab = aLab();
  let code: string;
  let web: WebPod;
  before(async () => {
    code = siteTree(lab.newFolder("code"));
    web = await WebPod.start(lab, code);
  });

  async function settings(...names: string[]): Promise<Record<string, string>> {
    const { body } = await ask(web.http, `/echo.php?settings=${names.join(",")}`);
    return (JSON.parse(body) as { settings: Record<string, string> }).settings;
  }

  it("may carry a file of exactly the limit", async () => {
    const { status, body } = await ask(web.http, "/upload.php", form(Buffer.alloc(4 * mebibyte)));

    expect([status, JSON.parse(body)]).to.deep.equal([200, { fields: [], files: { file: { error: 0, size: 4 * mebibyte } } }]);
  });

  it("are told by PHP that a file is one byte too large, so that Moodle can say so", async () => {
    const { status, body } = await ask(web.http, "/upload.php", form(Buffer.alloc(4 * mebibyte + 1)));

    const tooLarge = 1;
    expect([status, JSON.parse(body)]).to.deep.equal([200, { fields: [], files: { file: { error: tooLarge, size: 0 } } }]);
  });

  it("are refused by nginx when they are larger than any form may be, before PHP has to hold them", async () => {
    const { status } = await ask(web.http, "/upload.php", form(Buffer.alloc(13 * mebibyte)));

    expect(status).to.equal(413);
    expect(await settings("upload_max_filesize", "post_max_size")).to.deep.equal({ upload_max_filesize: "4M", post_max_size: "12M" });
  });

  it("are cut after the time limit, by nginx with a status of its own", async function () {
    const started = Date.now();
    const { status } = await ask(web.http, "/sleep.php?seconds=60");

    expect(status).to.equal(504);
    expect((Date.now() - started) / 1000).to.be.within(29, 40);
  });

  it("get files that Moodle leaves to nginx, whatever their names, and nobody else does", async () => {
    web.write(`${folders.dataroot}/a b+ü.php`, "<?php echo 'run';");
    web.write(`${folders.localCache}/.picture`, "cached");

    const file = await ask(web.http, `/send.php?file=${encodeURIComponent("/dataroot/a b+ü.php")}`);
    expect(file).to.deep.include({ status: 200, body: "<?php echo 'run';" });
    expect(file.headers).to.include({ "content-type": "image/png", "cache-control": "private, max-age=60" });
    expect((await ask(web.http, `/send.php?file=/localcache/.picture`)).body).to.equal("cached");
    for (const outside of ["/dataroot/a%20b+%C3%BC.php", "/localcache/.picture", "/localcache/../dataroot/x"]) expect((await ask(web.http, outside)).status, outside).to.equal(404);
    expect((await ask(web.http, `/send.php?file=${encodeURIComponent("/dataroot/../../../etc/passwd")}`)).status).to.be.oneOf([400, 404, 500]);
  });

  it("come from whoever connects when no proxy is trusted, whatever they claim", async () => {
    const headers = { "X-Forwarded-For": "6.6.6.6", "Client-IP": "6.6.6.7", Forwarded: "for=6.6.6.8", "X-Real-IP": "6.6.6.9", Proxy: "http://6.6.6.6" };

    const seen = JSON.parse((await ask(web.http, "/echo.php", { headers })).body) as Record<string, unknown>;
    expect(seen).to.include({ REMOTE_ADDR: "127.0.0.1" });
    expect(seen).not.to.have.any.keys("HTTP_X_FORWARDED_FOR", "HTTP_CLIENT_IP", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_PROXY");
  });

  it("come from the last address that no trusted proxy has", async () => {
    const trusting = await WebPod.start(lab, code, { MOODLE_TRUSTED_PROXIES: "127.0.0.0/8,10.0.0.0/8,fd00::/8" });

    const addressFor = async (forwarded: string) => (JSON.parse((await ask(trusting.http, "/echo.php", { headers: { "X-Forwarded-For": forwarded } })).body) as { REMOTE_ADDR: string }).REMOTE_ADDR;
    expect(await addressFor("6.6.6.6, 203.0.113.9, 10.1.2.3")).to.equal("203.0.113.9");
    expect(await addressFor("2001:db8::9")).to.equal("2001:db8::9");
    expect(await addressFor("nonsense")).to.equal("127.0.0.1");
  });

  it("find the image's settings of PHP, and so does the command line", async () => {
    const alike = { max_input_vars: "5000", "zend.exception_ignore_args": "1", "apc.enable_cli": "1", realpath_cache_size: "16M" };
    const script = `echo json_encode(array_map('ini_get', array_combine($n = ${JSON.stringify(Object.keys(alike))}, $n)));`;

    expect(await settings(...Object.keys(alike))).to.deep.equal(alike);
    expect(JSON.parse((await web.run(["php", "-r", script])).stdout)).to.deep.equal(alike);
    expect(
      await settings("memory_limit", "opcache.memory_consumption", "opcache.interned_strings_buffer", "opcache.max_accelerated_files", "apc.shm_size", "expose_php", "display_errors"),
    ).to.deep.equal({
      memory_limit: "128M",
      "opcache.memory_consumption": "128",
      "opcache.interned_strings_buffer": "8",
      "opcache.max_accelerated_files": "32531",
      "apc.shm_size": "16M",
      expose_php: "",
      display_errors: "",
    });
  });

  it("reach scripts that see the pod's environment", async () => {
    expect(JSON.parse((await ask(web.http, "/echo.php")).body)).to.include({ MOODLE_RELEASE: "4f1c2e" });
  });

  it("run the image's code and PHP files of the pod's own cache as they were compiled, and those that pods share as they are now", async () => {
    const own = path.join(code, "public/once.php");
    const [cached, shared] = [`${folders.localCache}/bootstrap.php`, `${folders.dataroot}/bootstrap.php`];
    // Files that were written a moment ago are not kept in any case.
    const write = (text: string) => {
      fs.writeFileSync(own, `<?php echo '${text}';`);
      for (const file of [cached, shared]) web.write(file, `<?php return '${text}';`);
      for (const file of [own, web.place(cached), web.place(shared)]) fs.utimesSync(file, 1e9, 1e9);
    };
    write("first");
    const answers = () => Promise.all(["/once.php", `/include.php?file=${cached}`, `/include.php?file=${shared}`].map(async (place) => (await ask(web.http, place)).body));
    expect(await answers()).to.deep.equal(["first", "first", "first"]);

    write("second");
    expect(await answers()).to.deep.equal(["first", "first", "second"]);
  });

  it("are logged as JSON, without their queries and without tokens in their paths", async () => {
    await ask(web.http, "/pluginfile.php/5/a.png?token=canary-of-a-query", { headers: { Referer: "https://x/?token=canary-of-a-referer" } });
    await ask(web.http, "/tokenpluginfile.php/canary-of-a-path/5/a.png");
    await ask(web.http, "/rss/file.php/26/canary-of-a-feed/mod_forum/1/rss.xml");
    await ask(web.http, "/nothing.php?token=canary-of-an-error");

    await web.nginx.until("logged", () => web.log("nginx").includes("/nothing.php"));
    const lines = web.log("nginx").trim().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
    const paths = lines.map((line) => line["path"]);
    expect(paths).to.include.members(["/pluginfile.php/5/a.png", "/tokenpluginfile.php/...", "/rss/file.php/...", "/nothing.php"]);
    expect(lines.at(-1)).to.include({ event: "request", method: "GET", status: 404, client: "127.0.0.1" });
    expect(web.log("nginx")).not.to.include("canary");
  });

  it("let what scripts write to standard error through to the log as it is", async () => {
    await ask(web.http, "/log.php?token=canary-of-a-query");

    await web.phpFpm.until("logged", () => web.log("php-fpm").includes("a warning of PHP"));
    const line = web.log("php-fpm").split("\n").find((each) => each.includes("test.line"));
    expect(JSON.parse(line ?? "")).to.deep.equal({ event: "test.line", text: "x".repeat(3000) });
    expect(web.log("php-fpm")).not.to.include("canary");
  });

  it("are in the slow log with the place where they are slow, when they take longer than that", async () => {
    const slow = await WebPod.start(lab, code, { MOODLE_PHP_SLOW_REQUEST_SECONDS: "1" });
    await ask(slow.http, "/sleep.php?seconds=3&token=canary-of-a-query");

    expect(slow.log("php-fpm")).to.match(/script_filename = \/opt\/moodle\/code\/public\/sleep\.php\n.*usleep\(\) .*sleep\.php:\d+/);
    expect(slow.log("php-fpm")).not.to.include("canary");
  });

  it("may come over IPv6, to a pod that runs as any user", async () => {
    const other = await WebPod.start(lab, code, {}, { user: "20000:20000" });

    expect((await ask(other.http, "/echo.php", { host: "::1" })).status).to.equal(200);
  });

  it("meet no secret in the arguments of any process, nor in a configuration file that was written", async () => {
    const written = ["nginx.conf", "php-fpm.conf"].map((name) => web.read(`${folders.run}/${name}`));
    const processes = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map((pid) => argumentsOf(pid));

    expect(processes.filter((line) => line.includes("php-fpm: pool"))).not.to.deep.equal([]);
    for (const secret of Object.values(secrets)) {
      expect(processes.filter((line) => line.includes(secret))).to.deep.equal([]);
      expect(written.filter((text) => text.includes(secret))).to.deep.equal([]);
    }
  });
});

function argumentsOf(pid: string): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
