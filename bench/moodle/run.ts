import * as path from "node:path";
import autocannon from "autocannon";
import { programs } from "../../components/moodle/environment";
import { MoodleSource } from "../../images/onThisMachine/moodleTree";
import { ask } from "../../tests/images/ask";
import { Lab } from "../../tests/images/support/lab";
import { Site } from "../../tests/moodle/site";
import type { Progress } from "../../toolchain/setup/progress.cjs";
import { courseName, headersOf, logIn, type Page, pagesOf, visitors } from "./pages";
import { settings } from "./settings";
import { startImage, startStock } from "./web";

const roundSeconds = 4;

/** A round's result of one page. */
interface Sample {
  readonly perSecond: number;
  readonly p95: number;
}

/** A page as one kind of web pod served it: medians of all rounds. */
export interface Figure extends Sample {
  readonly web: string;
  readonly page: string;
}

interface Web {
  readonly title: string;
  readonly port: number;
  readonly cookies: readonly string[];
}

/**
 * Serves one site with the image's settings, with Debian's and Moodle's own, and with the image's but one; asks each for the same pages in turn, so that
 * whatever else the machine does meets all of them alike.
 */
export async function measureMoodle(rounds: number, view: Progress): Promise<Figure[]> {
  const { source } = MoodleSource.ofEnvironment();
  const lab = new Lab();
  try {
    const code = source.copyTo(path.join(lab.newFolder("code"), "moodle"));
    const site = await Site.make(lab);
    await view.during("Installing Moodle", () => succeed(site.run(programs.release, code)));
    await view.during("Making a course", () => succeed(site.run(["php", `/opt/moodle/code/${code.webRoot}/admin/tool/generator/cli/maketestcourse.php`, `--shortname=${courseName}`, "--size=XS", "--bypasscheck"], code)));
    const [revision = ""] = await site.postgres.query("SELECT value FROM mdl_config WHERE name = 'themerev'");
    const pages = pagesOf(revision);
    const webs: Web[] = [];
    const add = async (title: string, port: number): Promise<void> => void webs.push({ title, port, cookies: await logIn(port, site.administrator) });
    await view.during("Starting web pods", async () => {
      await add("stock", await startStock(lab, site, code));
      await add("image", await startImage(lab, site, code, {}));
      for (const setting of settings) await add(setting.title, await startImage(lab, site, code, setting));
      for (const web of webs) for (const page of pages) await warm(web, page);
    });
    const samples = new Map<string, Sample[]>();
    for (let round = 1; round <= rounds; round += 1) {
      for (const page of pages) {
        for (const web of webs) {
          const key = JSON.stringify([web.title, page.title]);
          const taken = await view.during(`Round ${round} of ${rounds}: ${page.title}, ${web.title}`, () => sample(web, page, roundSeconds));
          samples.set(key, [...(samples.get(key) ?? []), taken]);
        }
      }
    }
    return [...samples].map(([key, taken]) => {
      const [web, page] = JSON.parse(key) as [string, string];
      return { web, page, perSecond: median(taken.map(({ perSecond }) => perSecond)), p95: median(taken.map(({ p95 }) => p95)) };
    });
  } finally {
    await lab.end();
  }
}

/** Every figure, beside what it is of the image's. */
export function table(figures: readonly Figure[]): string {
  const ofImage = (page: string): number => figures.find((figure) => figure.web === "image" && figure.page === page)?.perSecond ?? NaN;
  const rows = figures.map(({ web, page, perSecond, p95 }) => `| ${page} | ${web} | ${perSecond.toFixed(1)} | ${Math.round(p95)} ms | ${(perSecond / ofImage(page)).toFixed(2)} |`);
  return ["| page | web pod | requests a second | p95 | to the image |", "| --- | --- | --- | --- | --- |", ...rows, ""].join("\n");
}

/** Asks for a page until every worker may have compiled what it needs. */
async function warm({ port, cookies }: Web, { path: place, loggedIn }: Page): Promise<void> {
  for (const cookie of cookies) {
    const { status } = await ask(port, place, { headers: headersOf(loggedIn ? cookie : undefined) });
    if (status !== 200) throw new Error(`${place} is answered with ${status}`);
  }
}

async function sample({ port, cookies }: Web, { path: place, loggedIn }: Page, seconds: number): Promise<Sample> {
  let next = 0;
  const times: number[] = [];
  const options: autocannon.Options = {
    url: `http://127.0.0.1:${port}${place}`,
    connections: visitors,
    duration: seconds,
    timeout: 60,
    setupClient: (client) => client.setHeaders(headersOf(loggedIn ? cookies[next++ % cookies.length] : undefined)),
  };
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(options, (error, found) => (error ? reject(error as Error) : resolve(found)));
    running.on("response", (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  });
  // nginx ends a connection after a thousand requests, and may do so while the next one is on its way.
  if (result.non2xx > 0 || result.errors > result["2xx"] / 500 || result["2xx"] === 0) throw new Error(`${place}: ${result["2xx"]} good answers, ${result.non2xx} others, ${result.errors} errors`);
  return { perSecond: result["2xx"] / result.duration, p95: quantile(times, 0.95) };
}

async function succeed(ending: Promise<{ code: number | null; stdout: string; stderr: string }>): Promise<void> {
  const { code, stdout, stderr } = await ending;
  if (code !== 0) throw new Error(`it ended with ${code}: ${`${stdout}${stderr}`.slice(-2000)}`);
}

const median = (values: readonly number[]): number => quantile(values, 0.5);

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length * share)] ?? NaN;
}
