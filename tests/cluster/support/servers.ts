import { randomBytes } from "node:crypto";
import { Buildah } from "../../../images/onThisMachine/buildah";
import { importedBase } from "../../../images/onThisMachine/importedBase";
import { serviceTree } from "../../../images/onThisMachine/serviceTree";
import { idsOf } from "../../../images/onThisMachine/users";
import { silent } from "../../../toolchain/setup/progress.cjs";
import type { Authority } from "../../images/support/authority";
import type { Lab } from "../../images/support/lab";
import { namespaceOf } from "./objects";
import { certificates, hostOf, namespace, reserve, server } from "./server";
import type { TestNode } from "./testNode";

const binaries = "/usr/lib/postgresql/17/bin";

const postgresScript = `set -e
${binaries}/initdb --no-sync --auth=trust --encoding=UTF8 --locale=C.UTF-8 --pgdata /data/database
printf 'local all all trust\\nhostssl all all all scram-sha-256\\n' > /data/access
${binaries}/pg_ctl -D /data/database -w -o '-c listen_addresses= -c unix_socket_directories=/data' start
${binaries}/psql -h /data -d postgres -v ON_ERROR_STOP=1 -c "CREATE ROLE moodle LOGIN PASSWORD '$PASSWORD'" -c 'CREATE DATABASE moodle OWNER moodle'
${binaries}/pg_ctl -D /data/database -w stop
exec ${binaries}/postgres -D /data/database -c 'listen_addresses=*' -c unix_socket_directories=/data -c hba_file=/data/access -c fsync=off \\
  -c ssl=on -c ssl_cert_file=${certificates}/tls.crt -c ssl_key_file=${certificates}/tls.key`;

const valkeyScript = `exec valkey-server --bind '* -::*' --port 0 --tls-port 6379 --tls-cert-file ${certificates}/tls.crt --tls-key-file ${certificates}/tls.key \\
  --tls-auth-clients no --requirepass "$PASSWORD" --dir /data --save ''`;

/** What the certificate of the cache names. */
export type CacheCertificate = "host" | "address";

/** PostgreSQL and Valkey as pods of a node, reached over TLS alone, with a certificate authority of their own. */
export class Servers {
  readonly database = hostOf("database");

  private constructor(
    private readonly node: TestNode,
    readonly authority: Authority,
    readonly passwords: { readonly database: string; readonly cache: string },
    readonly addresses: { readonly database: string; readonly cache: string },
    /** What the cache's certificate names, and nothing else. */
    readonly cache: string,
  ) {}

  static async start(node: TestNode, lab: Lab, cacheCertificate: CacheCertificate = "host"): Promise<Servers> {
    const tree = await serviceTree(silent);
    const buildah = new Buildah(tree);
    const image = await node.loadBuilt(buildah, await importedBase(buildah, "trixie", tree), "registry.example.edu/servers");
    await node.apply(namespaceOf(namespace));
    const authority = await lab.authority();
    const addresses = { database: await reserve(node, "database", 5432), cache: await reserve(node, "cache", 6379) };
    const passwords = { database: randomBytes(12).toString("hex"), cache: randomBytes(12).toString("hex") };
    const cache = cacheCertificate === "address" ? addresses.cache : hostOf("cache");
    const servers = new Servers(node, authority, passwords, addresses, cache);
    for (const [name, user, script, port, subject] of [
      ["database", "postgres", postgresScript, 5432, `DNS:${servers.database}`],
      ["cache", "valkey", valkeyScript, 6379, `${cacheCertificate === "address" ? "IP" : "DNS"}:${cache}`],
    ] as const) {
      const variables = { PASSWORD: passwords[name] };
      await node.apply(...server({ name, image, ids: idsOf(tree, user), script, port, variables }, await authority.issue(subject)));
    }
    for (const name of ["database", "cache"]) await node.kubectl("rollout", "status", "--namespace", namespace, `deployment/${name}`, "--timeout=120s");
    return servers;
  }

  /** Answers of a query in the site's database, as its administrator: one line for each row. */
  async query(sql: string): Promise<string[]> {
    const printed = await this.node.kubectl("exec", "--namespace", namespace, "deployment/database", "--", `${binaries}/psql`, "-h", "/data", "-d", "moodle", "--quiet", "--no-align", "--tuples-only", "--command", sql);
    return printed === "" ? [] : printed.split("\n");
  }
}
