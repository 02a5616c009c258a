import * as fs from "node:fs";
import * as http from "node:http";
import * as path from "node:path";
import type { Stage } from "../stage";
import type { RealCluster } from "./cluster";
import { namespaces } from "./namespaces";
import { throughPort } from "./portForward";

/** What Moodle's pods answered to one request. */
export interface Answer {
  readonly path: string;
  /** The site that was asked for. */
  readonly host: string;
  readonly status: number;
  readonly bytes: number;
}

/** The Service of the web pods. */
export const service = "moodle-web";
export const page = "/index.php";

/** Asks the pods of a real cluster for the site's page, as a gateway does that ends TLS; undefined where there are none. */
export async function answerOf({ real, scratch, view }: Stage, { url }: Record<string, unknown>): Promise<Answer | undefined> {
  if (real === undefined) return undefined;
  const { host } = new URL(String(url));
  return view.during(`Asking the pods for ${page} of ${host}`, () => throughPort(kubectlFor(real, scratch.folder), namespaces.moodle, service, (port) => ask(port, host)));
}

/** The words that begin a kubectl on a real cluster. @param folder where its kubeconfig may be written */
export function kubectlFor({ kubectl, kubeconfig }: RealCluster, folder: string): readonly string[] {
  const file = path.join(folder, "kubeconfig");
  fs.writeFileSync(file, kubeconfig, { mode: 0o600 });
  return [kubectl, "--kubeconfig", file, "--cache-dir", path.join(folder, "kubectl")];
}

/** Why an answer is not what it should be; undefined where it is. */
export function wrongAnswer(answer: Answer | undefined): string | undefined {
  if (answer === undefined || answer.status === 200) return undefined;
  return `The pods must answer with 200, and answered GET ${answer.path} of ${answer.host} with ${answer.status}`;
}

function ask(port: number, host: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { Host: host, "X-Forwarded-Proto": "https" };
    const request = http.get({ host: "127.0.0.1", port, path: page, headers, agent: false }, (response) => {
      let bytes = 0;
      response.on("data", (part: Buffer) => (bytes += part.length));
      response.on("error", reject);
      response.on("end", () => resolve({ path: page, host, status: response.statusCode ?? 0, bytes }));
    });
    request.on("error", reject);
  });
}
