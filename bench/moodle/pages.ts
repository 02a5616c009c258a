import { Visitor } from "../../tests/moodle/visitor";
import { address } from "../../tests/moodle/site";

/** As many visitors at a time: one more than there are workers would only wait. */
export const visitors = 4;

/** What is asked for, and with which headers each visitor asks. */
export interface Page {
  readonly title: string;
  readonly path: string;
  readonly loggedIn: boolean;
}

export const courseName = "bench";

/** @param revision of the theme's files, without which they are not kept */
export const pagesOf = (revision: string): readonly Page[] => [
  { title: "login page", path: "/login/index.php", loggedIn: false },
  { title: "course page", path: `/course/view.php?name=${courseName}`, loggedIn: true },
  { title: "static file", path: "/lib/requirejs/require.min.js", loggedIn: false },
  { title: "cached image", path: `/theme/image.php/boost/core/${revision}/u/f1`, loggedIn: false },
];

/** The cookies of so many visitors who are logged in: requests of one session wait for each other. */
export async function logIn(port: number, who: { name: string; password: string }): Promise<string[]> {
  const cookies: string[] = [];
  for (let count = 0; count < visitors; count += 1) {
    const visitor = new Visitor(port);
    await visitor.logIn(who);
    cookies.push(visitor.cookie);
  }
  return cookies;
}

export const headersOf = (cookie?: string): Record<string, string> => ({ Host: address, "X-Forwarded-Proto": "https", ...(cookie !== undefined && { Cookie: cookie }) });
