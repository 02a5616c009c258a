import { expect } from "chai";
import { setTimeout as wait } from "node:timers/promises";
import { folders, programs } from "../../components/moodle/environment";
import { ask, askSlowly, form } from "./ask";
import { onePod } from "./environments";
import { siteTree } from "./siteTree";
import { aLab } from "./support/lab";
import { WebPod } from "./webPod";

const pidFile = `${folders.run}/nginx.pid`;

describe("stopping a web pod", () => {
  const lab = aLab();
  const code = siteTree(lab.newFolder("code"));

  /** As the kubelet does it: nginx, and PHP-FPM when its preStop command has ended. */
  async function stop(web: WebPod): Promise<void> {
    const waiting = await web.start(programs.awaitNginxStop);
    web.nginx.signal("SIGQUIT");
    expect((await waiting.ended).code).to.equal(0);
    web.phpFpm.signal("SIGQUIT");
    expect((await web.nginx.ended).code, web.log("nginx")).to.equal(0);
    expect((await web.phpFpm.ended).code, web.log("php-fpm")).to.equal(0);
  }

  it("fails none of the requests it got, while others of its release take those that come", async () => {
    const leaving = await WebPod.start(lab, code);
    const staying = await WebPod.start(lab, code);
    const statuses: number[] = [];
    let serving = leaving;
    let over = false;
    const visitor = async (): Promise<void> => {
      while (!over) {
        for (const [path, question] of [["/sleep.php?seconds=0.4"], ["/echo.php"], ["/lib/style.css"], ["/upload.php", form(Buffer.alloc(2e6))]] as const) {
          statuses.push(await ask(serving.http, path, question).then(({ status }) => status, () => 0));
        }
      }
    };
    const visitors = Array.from({ length: 8 }, visitor);
    await wait(1500);

    // The pod leaves the Service before its containers are told to stop; drainSeconds are for that.
    serving = staying;
    await stop(leaving);
    await wait(500);
    over = true;
    await Promise.all(visitors);

    expect(statuses.length).to.be.above(50);
    expect(statuses.filter((status) => status !== 200)).to.deep.equal([]);
  });

  it("lets a long request and an upload that is still arriving finish", async () => {
    const web = await WebPod.start(lab, code);
    const long = ask(web.http, "/sleep.php?seconds=3");
    const arriving = askSlowly(web.http, "/upload.php", form(Buffer.alloc(3_000_000)));
    await wait(500);

    await stop(web);

    expect((await long).status).to.equal(200);
    expect(await arriving).to.equal(200);
    expect(web.exists(pidFile)).to.equal(false);
  });

  it("lets requests finish also when PHP-FPM is told first", async () => {
    const web = await WebPod.start(lab, code);
    const long = ask(web.http, "/sleep.php?seconds=3");
    await wait(500);
    web.phpFpm.signal("SIGQUIT");

    expect((await long).status).to.equal(200);
    expect((await web.phpFpm.ended).code, web.log("php-fpm")).to.equal(0);
  });

  it("does not hold PHP-FPM up when there is no nginx", async () => {
    const pod = await lab.pod({ environment: onePod });

    expect((await pod.run(programs.awaitNginxStop)).code).to.equal(0);
  });
});

describe("a server of the image whose environment is incomplete", () => {
  const lab = aLab();

  it("ends with what is missing", async () => {
    const { MOODLE_DATAROOT: _, ...incomplete } = onePod;
    const pod = await lab.pod({ environment: { ...incomplete, MOODLE_HTTP_PORT: "80000" } });

    const { code, stderr } = await pod.run(programs.nginx);

    expect(code).to.equal(1);
    const line = JSON.parse(stderr) as { event: string; problems: string[] };
    expect(line.event).to.equal("environment.refused");
    expect(line.problems.join("\n")).to.match(/MOODLE_DATAROOT: is missing/).and.to.match(/MOODLE_HTTP_PORT: "80000" was given/);
  });

  it("ends with the folder it cannot write to", async () => {
    const environment = { ...onePod, MOODLE_HTTP_PORT: "8080", MOODLE_PROBE_PORT: "8081", MOODLE_TEMPORARY_DIR: "/opt/moodle" };
    const pod = await lab.pod({ environment });

    expect(await pod.run(programs.nginx)).to.deep.include({ code: 1 }).and.to.have.property("stderr").that.matches(/\/opt\/moodle\/nginx cannot be made/);
  });
});
