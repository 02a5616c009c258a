import * as http from "node:http";

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly host?: string;
}

/** Sends a request exactly as given, each on a connection of its own. */
export function ask(port: number, path: string, { method = "GET", headers = {}, body, host = "127.0.0.1" }: Question = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host, port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString("utf8") }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** Sends a form over a second and a half, as a slow connection does, and resolves with the answer's status. */
export function askSlowly(port: number, path: string, { method = "POST", headers = {}, body = Buffer.alloc(0) }: Question): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    request.on("error", reject);
    const parts = 15;
    const size = Math.ceil(body.length / parts);
    const send = (part: number): void => {
      if (part === parts) return void request.end();
      request.write(body.subarray(part * size, (part + 1) * size));
      setTimeout(() => send(part + 1), 100);
    };
    send(0);
  });
}

/** A form with one file in it. */
export function form(file: Buffer): Question {
  const boundary = "form-boundary";
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { method: "POST", headers: { "Content-Type": `multipart/form-data; boundary=${boundary}`, "Content-Length": String(body.length) }, body };
}
