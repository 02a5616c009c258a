import { randomBytes } from "node:crypto";
import { silent } from "../../../toolchain/setup/progress.cjs";
import type { Lab } from "../../images/support/lab";
import { Buildah } from "../../images/support/buildah";
import { importedBase } from "../../images/support/importedBase";
import { idsOf } from "../../images/support/services";
import { serviceTree } from "../../images/support/serviceTree";
import { restricted, restrictedNamespace, service } from "./objects";
import type { TestNode } from "./testNode";

const namespace = "servers";
const certificates = "/certificates";
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

/** PostgreSQL and Valkey as pods of a node, reached by name over TLS alone, with a certificate authority of their own. */
export class Servers {
  readonly database = `database.${namespace}.svc.cluster.local`;
  readonly cache = `cache.${namespace}.svc.cluster.local`;

  private constructor(
    private readonly node: TestNode,
    readonly authority: string,
    readonly passwords: { readonly database: string; readonly cache: string },
  ) {}

  static async start(node: TestNode, lab: Lab): Promise<Servers> {
    const tree = await serviceTree(silent);
    const buildah = new Buildah(tree);
    const image = await node.loadBuilt(buildah, await importedBase(buildah, "trixie", tree), "registry.example.edu/servers");
    const authority = await lab.authority();
    const servers = new Servers(node, authority.certificate, { database: randomBytes(12).toString("hex"), cache: randomBytes(12).toString("hex") });
    await node.apply(restrictedNamespace(namespace));
    for (const [name, user, script, host, port, password] of [
      ["database", "postgres", postgresScript, servers.database, 5432, servers.passwords.database],
      ["cache", "valkey", valkeyScript, servers.cache, 6379, servers.passwords.cache],
    ] as const) {
      const { certificate, key } = await authority.issue(`DNS:${host}`);
      const secret = { apiVersion: "v1", kind: "Secret", metadata: { namespace, name }, stringData: { "tls.crt": certificate, "tls.key": key, password } };
      await node.apply(secret, server(name, image, idsOf(tree, user), script, port), service(namespace, name, port));
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

function server(name: string, image: string, [user, group]: readonly [number, number], script: string, port: number): object {
  const labels = { app: name };
  const container = {
    name: "server",
    image,
    command: ["/bin/sh", "-c", script],
    env: [{ name: "PASSWORD", valueFrom: { secretKeyRef: { name, key: "password" } } }],
    readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
    securityContext: restricted,
    volumeMounts: [
      { name: "data", mountPath: "/data" },
      { name: "temporary", mountPath: "/tmp" },
      { name: "certificates", mountPath: certificates, readOnly: true },
    ],
  };
  const spec = {
    containers: [container],
    securityContext: { runAsNonRoot: true, runAsUser: user, runAsGroup: group, fsGroup: group, seccompProfile: { type: "RuntimeDefault" } },
    terminationGracePeriodSeconds: 1,
    volumes: [{ name: "data", emptyDir: {} }, { name: "temporary", emptyDir: {} }, { name: "certificates", secret: { secretName: name, defaultMode: 0o440 } }],
  };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { namespace, name }, spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } } };
}
