import * as pulumi from "@pulumi/pulumi";
import type { DatabaseEndpoint, Egress } from "../contract";
import { egressInside, egressTo, tlsOf } from "./endpoint";
import type { Scope } from "./scope";
import { certificates, hostOf, type Servers } from "./server";

export interface Database {
  readonly endpoint: DatabaseEndpoint;
  readonly egress: readonly Egress[];
}

/** Connections of the server's own: PostgreSQL's three for superusers, and a person's. */
const reservedConnections = 10;

/** The database that is brought along, or else one in the cluster. */
export function createDatabase({ plan: { database: plan }, settings: { database: given }, brought }: Scope, servers: () => Servers): Database {
  if (given.host !== undefined) {
    return {
      endpoint: {
        host: pulumi.output(given.host),
        port: given.port,
        name: given.name ?? plan.name,
        user: given.user ?? plan.user,
        password: pulumi.secret(brought.databasePassword ?? ""),
        tls: tlsOf(given),
      },
      egress: egressTo("Database", given.port, given.ranges),
    };
  }
  const port = 5432;
  const password = servers().password("database-password");
  servers().run({
    role: "database",
    holds: "database",
    image: given.image ?? `docker.io/library/postgres:${plan.version}`,
    runAs: given.runAs,
    port,
    script: scriptOf({ name: plan.name, user: plan.user, connections: plan.connections + reservedConnections }),
    environment: { PASSWORD: password },
    disk: plan.storage,
    memory: plan.memory,
    tls: true,
    // SIGTERM alone would wait until nobody is connected any more.
    stop: "kill -INT 1",
  });
  return {
    endpoint: { host: pulumi.output(hostOf("database")), port, name: plan.name, user: plan.user, password, tls: { ca: [servers().authority], verify: "full" } },
    egress: egressInside("Database", port),
  };
}

/** Runs with the official image and with Debian's packages. What is half made at the first start is made anew at the next. */
function scriptOf({ name, user, connections }: { readonly name: string; readonly user: string; readonly connections: number }): string {
  return `set -eu
export PATH="$PATH:$(echo /usr/lib/postgresql/*/bin)"
printf 'local all all trust\\nhostssl all all all scram-sha-256\\n' > /tmp/access
if [ ! -d /data/database ]; then
  rm -rf /data/new
  initdb --auth=trust --username=postgres --encoding=UTF8 --locale=C.UTF-8 --pgdata /data/new
  pg_ctl -D /data/new -w -o '-c listen_addresses= -c unix_socket_directories=/tmp' start
  psql -h /tmp -U postgres -d postgres -v ON_ERROR_STOP=1 <<SQL
CREATE ROLE "${user}" LOGIN PASSWORD '$PASSWORD';
CREATE DATABASE "${name}" OWNER "${user}";
SQL
  pg_ctl -D /data/new -w stop
  mv /data/new /data/database
fi
exec postgres -D /data/database -c 'listen_addresses=*' -c unix_socket_directories=/tmp -c hba_file=/tmp/access -c max_connections=${connections} \\
  -c ssl=on -c ssl_cert_file=${certificates}/tls.crt -c ssl_key_file=${certificates}/tls.key
`;
}
