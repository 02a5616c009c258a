import { expect } from "chai";
import { before } from "mocha";
import * as fs from "node:fs";
import * as path from "node:path";
import { probePaths } from "../../components/moodle/environment";
import { ask } from "./ask";
import { siteTree } from "./siteTree";
import { aLab } from "./support/lab";
import { WebPod } from "./webPod";

const rules = path.join(__dirname, "../../charts/moodle/templates/monitoring/rules.yaml");

describe("probes of a web pod", () => {
  const lab = aLab();
  let web: WebPod;
  before(async () => void (web = await WebPod.start(lab, siteTree(lab.newFolder("code")), { MOODLE_RELEASE: "sha256:4f1c2e/a.b" })));

  it("say that nginx and PHP-FPM are there, and which release they run", async () => {
    expect(await ask(web.probe, probePaths.nginx)).to.include({ status: 200 });
    expect(await ask(web.probe, probePaths.phpFpm)).to.include({ status: 200 });
    const release = await ask(web.probe, probePaths.release);
    expect([release.body, release.headers["content-type"]]).to.deep.equal(["sha256:4f1c2e/a.b", "text/plain"]);
  });

  it("answer at once when every worker is busy and requests wait, and the metrics show it", async () => {
    const requests = Array.from({ length: 5 }, () => ask(web.http, "/sleep.php?seconds=3"));
    await web.phpFpm.until("saturated", async () => (await ask(web.probe, probePaths.metrics)).body.includes("phpfpm_idle_processes 0\n"));

    const started = Date.now();
    for (const path of Object.values(probePaths)) expect((await ask(web.probe, path)).status, path).to.equal(200);
    expect(Date.now() - started).to.be.below(1000);

    const metrics = await ask(web.probe, probePaths.metrics);
    expect(metrics.headers["content-type"]).to.match(/^application\/openmetrics-text;/);
    const [, watched = "nothing"] = /max_over_time\((phpfpm_\w+)\{.*\) == 0$/m.exec(fs.readFileSync(rules, "utf8")) ?? [];
    expect(metrics.body, "what the chart's alert of a saturated pool watches").to.include(`${watched} 0\n`);
    expect(metrics.body).to.include("phpfpm_active_processes 2\n").and.to.match(/# EOF\n$/);
    expect((await Promise.all(requests)).map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 200]);
  });

  it("are on a port of their own: the site has none of them, and that port has no site", async () => {
    for (const path of Object.values(probePaths)) {
      expect((await ask(web.http, path)).body, path).to.match(/"SCRIPT_NAME":"\/r\.php"/);
    }
    for (const path of ["/", "/index.php", "/status", "/ping"]) expect((await ask(web.probe, path)).status, path).to.equal(404);
    for (const path of ["/status", "/ping"]) expect((await ask(web.http, path)).body, path).to.match(/"SCRIPT_NAME":"\/r\.php"/);
  });

  it("do not fill the log", () => {
    // The one line is of the test above, which asked the site for it.
    for (const path of Object.values(probePaths)) expect(web.log("nginx").split(`"path":"${path}"`), path).to.have.length(2);
  });

  it("of PHP-FPM fail when it is gone, while nginx's own goes on, and are answered again when it is back", async () => {
    await web.phpFpm.kill();
    // Its workers hear of it a moment later than whoever waits for it.
    await web.nginx.until("alone", async () => (await ask(web.probe, probePaths.phpFpm)).status === 502);
    expect((await ask(web.probe, probePaths.nginx)).status).to.equal(200);

    // Its sockets are still there, as they are when a container starts again.
    await web.startPhpFpm();
    await web.nginx.until("answered again", async () => (await ask(web.probe, probePaths.phpFpm)).status === 200);
    expect((await ask(web.http, "/echo.php")).status).to.equal(200);
  });
});
