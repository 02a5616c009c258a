import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Program } from "../../../images/onThisMachine/program";
import type { Certificate } from "./authority";
import { freePort } from "../../../toolchain/freePort";
import type { Services } from "./services";

export interface ValkeyRequest {
  /** Makes TLS the only way in. */
  readonly certificate?: Certificate;
  /** The only user who may log in; absent: the server's default user, with a password. */
  readonly user?: string;
  /** Further lines of its configuration, as `maxmemory 5mb`. */
  readonly settings?: readonly string[];
}

/** A Valkey server that lets one user in. */
export class Valkey {
  readonly host = "127.0.0.1";

  private constructor(
    private readonly services: Services,
    private readonly folder: string,
    readonly port: number,
    readonly user: string | undefined,
    readonly password: string,
    readonly program: Program,
    private readonly tls: boolean,
  ) {}

  static async start(services: Services, folder: string, { certificate, user, settings = [] }: ValkeyRequest = {}): Promise<Valkey> {
    const port = await freePort();
    const password = randomBytes(12).toString("hex");
    const [certificateFile, keyFile] = [path.join(folder, "server.pem"), path.join(folder, "server.key")];
    const access = certificate
      ? ["port 0", `tls-port ${port}`, `tls-cert-file ${certificateFile}`, `tls-key-file ${keyFile}`, "tls-auth-clients no"]
      : [`port ${port}`];
    const users = user === undefined ? [`requirepass ${password}`] : ["user default off", `user ${user} on >${password} ~* &* +@all`];
    const lines = ["bind 127.0.0.1", ...access, ...users, `dir ${folder}`, 'save ""', ...settings, ""];
    fs.writeFileSync(path.join(folder, "valkey.conf"), lines.join("\n"));
    if (certificate) {
      fs.writeFileSync(certificateFile, certificate.certificate);
      fs.writeFileSync(keyFile, certificate.key);
    }
    const program = await services.start("valkey", folder, ["valkey-server", path.join(folder, "valkey.conf")]);
    await program.until("ready to accept connections", () => program.stdout.includes("Ready to accept connections"));
    return new Valkey(services, folder, port, user, password, program, certificate !== undefined);
  }

  /** What the server answers to a command, as `valkey-cli` prints it where nobody watches. */
  command(...words: string[]): Promise<string> {
    const connection = ["-h", this.host, "-p", String(this.port), ...(this.tls ? ["--tls", "--insecure"] : []), ...(this.user === undefined ? [] : ["--user", this.user])];
    return this.services.run("valkey", this.folder, ["valkey-cli", ...connection, ...words], { REDISCLI_AUTH: this.password });
  }

  /** Every key the server holds, sorted. */
  async keys(): Promise<string[]> {
    const printed = await this.command("KEYS", "*");
    return printed === "" ? [] : printed.split("\n").sort();
  }
}
