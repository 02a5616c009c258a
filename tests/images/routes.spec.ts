import { expect } from "chai";
import { before } from "mocha";
import { ask } from "./ask";
import { hidden, layouts, siteTree } from "./siteTree";
import { aLab } from "./support/lab";
import { WebPod } from "./webPod";

for (const [title, { webRoot, debian }] of Object.entries(layouts)) {
  describe(`addresses of a site served from ${title}`, () => {
    const lab = aLab();
    let web: WebPod;
    before(async () => void (web = await WebPod.start(lab, siteTree(lab.newFolder("code"), webRoot), {}, { debian })));

    async function echoed(path: string): Promise<Record<string, unknown>> {
      const { status, body } = await ask(web.http, path);
      expect(status, `${path}: ${body}`).to.equal(200);
      return JSON.parse(body) as Record<string, unknown>;
    }

    it("run the script they name, and what follows its name is the script's to read", async () => {
      const answer = await echoed("/pluginfile.php/12/mod_folder/content/0/a%20file.png?forcedownload=1");

      expect(answer).to.include({
        SCRIPT_NAME: "/pluginfile.php",
        PATH_INFO: "/12/mod_folder/content/0/a file.png",
        QUERY_STRING: "forcedownload=1",
        REQUEST_URI: "/pluginfile.php/12/mod_folder/content/0/a%20file.png?forcedownload=1",
      });
      expect(answer["SCRIPT_FILENAME"]).to.match(/\/pluginfile\.php$/);
    });

    it("may end with any name that a user gave a file", async () => {
      for (const name of [".git/HEAD", "tests/README.txt", "vendor/x.lock", "run.php", "run.php/more", "environment.xml"]) {
        expect(await echoed(`/pluginfile.php/5/${name}`), name).to.include({ SCRIPT_NAME: "/pluginfile.php", PATH_INFO: `/5/${name}` });
      }
    });

    it("find the index of a folder, and lead to it without naming a scheme or port", async () => {
      expect(await echoed("/")).to.include({ SCRIPT_NAME: "/index.php" });
      expect(await echoed("/course/?id=2")).to.include({ SCRIPT_NAME: "/course/index.php", QUERY_STRING: "id=2" });
      const { status, headers } = await ask(web.http, "/course");
      expect([status, headers.location]).to.deep.equal([301, "/course/"]);
    });

    it("that are no file are Moodle's routes, with their query", async () => {
      expect(await echoed("/api/rest/v2/openapi.json?a=1&b=2")).to.deep.include({
        SCRIPT_NAME: "/r.php",
        REQUEST_URI: "/api/rest/v2/openapi.json?a=1&b=2",
        query: { a: "1", b: "2" },
      });
      expect(await echoed("/r.php/api/rest/v2/openapi.json")).to.include({ SCRIPT_NAME: "/r.php", PATH_INFO: "/api/rest/v2/openapi.json" });
    });

    it("of what nobody may fetch answer as if there were nothing", async () => {
      const seen: string[] = [];
      for (const name of [...hidden, ...hidden.map((each) => each.toUpperCase())]) {
        const { status } = await ask(web.http, `/${name}`);
        if (status !== 404) seen.push(`${name}: ${status}`);
      }
      expect(seen).to.deep.equal([]);
    });

    it("of folders without an index, and of scripts that are not there, answer as if there were nothing", async () => {
      for (const path of ["/lib/", "/lib/classes/", "/wp-login.php", "/lib/style.css/x.php", "/index.php.bak.php", "/..%2f..%2fetc/passwd.php"]) {
        expect((await ask(web.http, path)).status, path).to.be.oneOf([400, 404]);
      }
    });

    it("of files are served by nginx, compressed, with their type and a time to keep them", async () => {
      const css = await ask(web.http, "/lib/style.css", { headers: { "Accept-Encoding": "gzip" } });

      expect(css.headers).to.include({
        "content-type": "text/css; charset=utf-8",
        "content-encoding": "gzip",
        "cache-control": "public, max-age=3600",
        "x-content-type-options": "nosniff",
        server: "nginx",
      });
      expect((await ask(web.http, "/lib/module.mjs")).headers["content-type"]).to.equal("text/javascript; charset=utf-8");
      const again = await ask(web.http, "/lib/style.css", { headers: { "If-None-Match": String(css.headers.etag) } });
      expect(again.status).to.equal(304);
    });
  });
}
