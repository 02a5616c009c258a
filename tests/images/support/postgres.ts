import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Program } from "../../../images/onThisMachine/program";
import type { Certificate } from "./authority";
import { freePort } from "../../../toolchain/freePort";
import type { Services } from "./services";

const binaries = "/usr/lib/postgresql/17/bin";

/** A PostgreSQL server with one empty database, as a cloud hands it over: UTF-8, one user who owns the database and nothing else. */
export class Postgres {
  readonly host = "127.0.0.1";
  readonly database = "moodle";
  readonly user = "moodle";
  readonly password = randomBytes(12).toString("hex");

  private constructor(
    private readonly services: Services,
    private readonly folder: string,
    readonly port: number,
    readonly program: Program,
  ) {}

  /** @param certificate makes TLS the only way in. */
  static async start(services: Services, folder: string, certificate?: Certificate): Promise<Postgres> {
    const data = path.join(folder, "data");
    const port = await freePort();
    await services.run("postgres", folder, [`${binaries}/initdb`, "--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--pgdata", data]);
    const access = certificate === undefined ? "host" : "hostssl";
    write(folder, "access", `local all all trust\n${access} all all all scram-sha-256\n`);
    const settings: Record<string, string> = {
      listen_addresses: "127.0.0.1",
      port: String(port),
      unix_socket_directories: folder,
      hba_file: `${folder}/access`,
      // A power cut may lose a test's database.
      fsync: "off",
      ...(certificate && { ssl: "on", ssl_cert_file: write(folder, "server.pem", certificate.certificate), ssl_key_file: write(folder, "server.key", certificate.key) }),
    };
    own(folder, data);
    const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const program = await services.start("postgres", folder, [`${binaries}/postgres`, "-D", data, ...options]);
    await program.until("ready to accept connections", () => program.stderr.includes("ready to accept connections"));
    const server = new Postgres(services, folder, port, program);
    await server.administer(`CREATE ROLE ${server.user} LOGIN PASSWORD '${server.password}'`, `CREATE DATABASE ${server.database} OWNER ${server.user}`);
    return server;
  }

  /** Keeps a copy of the database as it is now; nothing may be connected to it. */
  async keep(copy: string): Promise<void> {
    await this.administer(`CREATE DATABASE ${copy} TEMPLATE ${this.database} OWNER ${this.user}`);
  }

  /** Puts a copy in the place of the database, whatever is connected to it. */
  async restore(copy: string): Promise<void> {
    await this.administer(`DROP DATABASE ${this.database} WITH (FORCE)`, `CREATE DATABASE ${this.database} TEMPLATE ${copy} OWNER ${this.user}`);
  }

  /** Answers of a query in the database, as the administrator: one line for each row, its columns parted by `|`. */
  async query(sql: string): Promise<string[]> {
    const printed = await this.psql(this.database, sql);
    return printed === "" ? [] : printed.split("\n");
  }

  private async administer(...statements: string[]): Promise<void> {
    for (const statement of statements) await this.psql("postgres", statement);
  }

  private psql(database: string, sql: string): Promise<string> {
    const connection = ["--host", this.folder, "--port", String(this.port), "--username", "postgres", "--dbname", database];
    return this.services.run("postgres", this.folder, [`${binaries}/psql`, "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "-v", "ON_ERROR_STOP=1", ...connection, "--command", sql]);
  }
}

function write(folder: string, name: string, text: string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text, { mode: 0o600 });
  return file;
}

// What this process wrote belongs to root until it is given away.
function own(folder: string, likeThis: string): void {
  const { uid, gid } = fs.statSync(likeThis);
  for (const name of fs.readdirSync(folder)) fs.chownSync(path.join(folder, name), uid, gid);
}
