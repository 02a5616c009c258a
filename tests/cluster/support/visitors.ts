import { setTimeout as wait } from "node:timers/promises";
import type { Forward } from "../../../cluster/node/forward";
import { ask, type Question } from "../../images/ask";

const pauseMilliseconds = 40;

/** What came of one request. */
export interface Visit {
  /** When it was sent and when its answer was there, in milliseconds. */
  readonly begun: number;
  readonly ended: number;
  readonly status: number;
  readonly body: string;
  /** Why there was no answer. */
  readonly error?: string;
}

export const hostname = "learn.example.edu";

/** Asks for a site's page once, as a gateway would that ends TLS. */
export async function visit({ host, port }: Forward, path = "/index.php", question: Question = {}): Promise<Visit> {
  const begun = Date.now();
  try {
    const { status, body } = await ask(port, path, { host, ...question, headers: { Host: hostname, "X-Forwarded-Proto": "https", ...question.headers } });
    return { begun, ended: Date.now(), status, body };
  } catch (error) {
    return { begun, ended: Date.now(), status: 0, body: "", error: error instanceof Error ? error.message : String(error) };
  }
}

/** What a visitor is shown at the moment: the version of the code that made the page, or what comes instead of one. */
export async function shownAt(door: Forward): Promise<string> {
  const one = await visit(door);
  return one.status === 200 ? versionOf(one) : `${one.status} ${one.body}`;
}

/** The version of the stand-in's code that made a page. */
export const versionOf = ({ body }: Pick<Visit, "body">): string => (JSON.parse(body) as { version: string }).version;

/** Has people visit while something is done. @returns what came of it, and all that they were shown */
export async function whileVisited<Result>(door: Forward, work: () => Promise<Result>): Promise<{ readonly result: Result; readonly visits: readonly Visit[] }> {
  const visitors = new Visitors(door);
  const result = await work();
  return { result, visits: await visitors.leave() };
}

/** Some people who ask for a page again and again, each on a new connection, until they are told to stop. */
export class Visitors {
  readonly visits: Visit[] = [];
  private coming = true;
  private readonly people: Promise<void>[];

  constructor(
    private readonly site: Forward,
    private readonly path = "/index.php",
    count = 4,
  ) {
    this.people = Array.from({ length: count }, () => this.person());
  }

  /** @returns every visit there was */
  async leave(): Promise<readonly Visit[]> {
    this.coming = false;
    await Promise.all(this.people);
    return this.visits;
  }

  private async person(): Promise<void> {
    while (this.coming) {
      this.visits.push(await visit(this.site, this.path));
      await wait(pauseMilliseconds);
    }
  }
}
