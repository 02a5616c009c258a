import { ask, type Answer } from "../images/ask";
import { address } from "./site";

const mostRedirects = 10;

/** Somebody with a browser: keeps cookies and follows redirects of the site, as the gateway before it passes them on. */
export class Visitor {
  private readonly cookies = new Map<string, string>();

  /** @param port of nginx in a web pod */
  constructor(private readonly port: number) {}

  /** What a browser sends with every request. */
  get cookie(): string {
    return [...this.cookies].map((pair) => pair.join("=")).join("; ");
  }

  /** Asks for a page as it is, whatever it redirects to. */
  async ask(path: string, form?: URLSearchParams | FormData): Promise<Answer> {
    const body = form && new Response(form);
    const answer = await ask(this.port, path, {
      method: body ? "POST" : "GET",
      headers: {
        Host: address,
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "203.0.113.7",
        "User-Agent": "Mozilla/5.0",
        Cookie: this.cookie,
        ...(body && { "Content-Type": body.headers.get("content-type") ?? "" }),
      },
      ...(body && { body: Buffer.from(await body.arrayBuffer()) }),
    });
    for (const cookie of answer.headers["set-cookie"] ?? []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.cookies.set(name, value);
    }
    return answer;
  }

  /** Asks for a page and goes where it leads on the site. @throws when it ends with anything but a page */
  async visit(path: string, form?: URLSearchParams): Promise<string> {
    let answer = await this.ask(path, form);
    for (let count = 0; count < mostRedirects && answer.status >= 300 && answer.status < 400; count += 1) {
      const target = new URL(answer.headers.location ?? "", `https://${address}${path}`);
      if (target.host !== address) throw new Error(`${path} leads away from the site, to ${target.href}`);
      answer = await this.ask(target.pathname + target.search);
    }
    if (answer.status !== 200) throw new Error(`${path} is answered with ${answer.status}: ${answer.body.slice(0, 2000)}`);
    return answer.body;
  }

  async logIn({ name, password }: { name: string; password: string }): Promise<void> {
    const page = await this.visit("/login/index.php");
    await this.visit("/login/index.php", new URLSearchParams({ username: name, password, logintoken: field(page, "logintoken"), anchor: "" }));
  }

  /** Puts a file among the visitor's private files, as the page for them does it in a browser. */
  async keepPrivately(name: string, content: string, uploadRepository: string): Promise<void> {
    const page = await this.visit("/user/files.php");
    const key = setting(page, "sesskey");
    const draft = field(page, "files_filemanager");
    const upload = new FormData();
    const fields = { action: "upload", sesskey: key, repo_id: uploadRepository, itemid: draft, env: "filemanager", title: name, author: "", license: "unknown", savepath: "/", maxbytes: "-1", areamaxbytes: "-1", ctx_id: setting(page, "contextid") };
    for (const [each, value] of Object.entries(fields)) upload.set(each, value);
    upload.set("repo_upload_file", new Blob([content], { type: "text/plain" }), name);
    const uploaded = await this.ask("/repository/repository_ajax.php?action=upload", upload);
    if (uploaded.status !== 200 || !uploaded.body.includes(`"file":"${name}"`)) throw new Error(`the upload is answered with ${uploaded.status}: ${uploaded.body}`);

    const saved = new URLSearchParams({ sesskey: key, _qf__core_user_form_private_files: "1", files_filemanager: draft, emaillink: "" });
    const form = "core_user\\form\\private_files";
    const answer = await this.call(key, "core_form_dynamic_form", { form, formdata: saved.toString() });
    if (!answer.includes('"error":false')) throw new Error(`saving the private files is answered with ${answer}`);
  }

  private async call(key: string, method: string, args: object): Promise<string> {
    const body = Buffer.from(JSON.stringify([{ index: 0, methodname: method, args }]));
    const headers = { Host: address, "X-Forwarded-Proto": "https", "Content-Type": "application/json", Cookie: this.cookie };
    return (await ask(this.port, `/lib/ajax/service.php?sesskey=${key}`, { method: "POST", headers, body })).body;
  }
}

/** The value of a hidden field of a form, whatever the order of its attributes. */
function field(page: string, name: string): string {
  const tag = page.match(/<input[^>]*>/g)?.find((each) => each.includes(`name="${name}"`)) ?? "";
  return found(tag, /value="([^"]*)"/, name);
}

/** A value that a page gives its scripts. */
export function setting(page: string, name: string): string {
  return found(page, new RegExp(`"${name}":"?(\\w+)`), name);
}

function found(text: string, pattern: RegExp, name: string): string {
  const [, value] = pattern.exec(text) ?? [];
  if (value === undefined) throw new Error(`the page has no ${name}: ${text.slice(0, 2000)}`);
  return value;
}
