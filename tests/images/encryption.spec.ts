import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { before } from "mocha";
import { onePod, type Variables } from "./environments";
import { aLab } from "./support/lab";
import type { Postgres } from "./support/postgres";
import type { Valkey } from "./support/valkey";
import { mountsOf } from "./volumes";

// Real servers, the image's real clients, and what config.php makes of the environment. That Moodle's own classes hand these settings
// to the clients as the fixture does is proved with a real Moodle: docs/moodle-proof.md.

const setup = fs.readFileSync(path.join(__dirname, "fixtures/connections/setup.php"), "utf8");

interface Servers {
  readonly valkey: Valkey;
  readonly postgres: Postgres;
}

/** What came of each connection: `connected`, or why not. */
interface Outcome {
  readonly session: string;
  readonly cache: string;
  readonly database: string;
  readonly replica: string;
}

const connected: Outcome = { session: "connected", cache: "connected", database: "connected", replica: "connected" };

describe("the servers of a site", function () {
  this.timeout("120s");
  const lab = aLab();
  let trusted: string;
  let strange: string;
  let ofTheName: Servers;
  let ofTheAddress: Servers;
  let ofAnotherName: Servers;
  let inClear: Servers;

  before(async () => {
    const authority = await lab.authority();
    trusted = authority.certificate;
    strange = (await lab.authority()).certificate;
    const servers = async (...names: string[]): Promise<Servers> => {
      const certificate = await authority.issue(...names);
      const [valkey, postgres] = await Promise.all([lab.valkey({ certificate, user: "moodle" }), lab.postgres({ certificate })]);
      return { valkey, postgres };
    };
    ofTheName = await servers("DNS:localhost");
    ofTheAddress = await servers("IP:127.0.0.1");
    ofAnotherName = await servers("DNS:elsewhere.example.edu");
    inClear = { valkey: await lab.valkey({ user: "moodle" }), postgres: await lab.postgres() };
  });

  async function connections({ valkey, postgres }: Servers, host: string, mode: "verify-full" | "verify-ca" | "off", changes: Changes = {}): Promise<Outcome> {
    const authorities = changes.authority ?? trusted;
    const server = (name: string, tls: string) => ({
      [`${name}_HOST`]: host,
      [`${name}_TLS`]: tls,
      ...(tls !== "off" && { [`${name}_CA_FILE`]: "/etc/moodle/configuration/ca.pem" }),
    });
    const environment: Variables = {
      ...onePod,
      ...server("MOODLE_DATABASE", mode),
      ...server("MOODLE_SESSION_CACHE", mode),
      ...server("MOODLE_APPLICATION_CACHE", mode),
      // Replicas have names of their own: here the same server by its other one, or by none.
      MOODLE_DATABASE_READ_HOSTS: host === "localhost" ? "127.0.0.1" : "localhost",
      MOODLE_DATABASE_PORT: String(postgres.port),
      MOODLE_SESSION_CACHE_PORT: String(valkey.port),
      MOODLE_APPLICATION_CACHE_PORT: String(valkey.port),
      MOODLE_SESSION_CACHE_USER: "moodle",
      MOODLE_APPLICATION_CACHE_USER: "moodle",
    };
    const password = changes.password ?? valkey.password;
    const volumes = {
      code: { "public/lib/setup.php": setup, "public/admin/tool/forcedcache/version.php": "<?php\n" },
      secrets: { databasePassword: postgres.password, sessionCachePassword: password, applicationCachePassword: password },
      configuration: { "ca.pem": authorities },
    };
    const pod = await lab.pod({ environment, mounts: mountsOf(lab, volumes) });
    const { stdout, stderr } = await pod.run(["php", "/opt/moodle/config.php"]);
    expect(stderr, "the log").to.equal("");
    return JSON.parse(stdout) as Outcome;
  }

  it("are reached where the certificate has the name and its authority is trusted; a replica of another name is not", async () => {
    const { replica, ...others } = await connections(ofTheName, "localhost", "verify-full");

    expect(others).to.deep.equal({ session: "connected", cache: "connected", database: "connected" });
    expect(replica).to.match(/server certificate for "localhost".* does not match host name "127\.0\.0\.1"/);
  });

  it("are reached by an address that is all the certificate names", async () => {
    const { session, cache, database } = await connections(ofTheAddress, "127.0.0.1", "verify-full");

    expect({ session, cache, database }).to.deep.equal({ session: "connected", cache: "connected", database: "connected" });
  });

  it("keep sessions and caches apart by their prefixes", async () => {
    await connections(ofTheName, "localhost", "verify-full");

    expect(await ofTheName.valkey.keys()).to.deep.equal(["cache-key", "session-key"]);
  });

  it("are not reached where the authority is another", async () => {
    const outcome = await connections(ofTheName, "localhost", "verify-full", { authority: strange });

    expect(outcome.session).to.match(/certificate verify failed/);
    expect(outcome.cache).to.match(/certificate verify failed/);
    expect(outcome.database).to.match(/certificate verify failed/);
    expect(outcome.replica).to.match(/certificate verify failed/);
  });

  it("are not reached where the certificate is another server's", async () => {
    const outcome = await connections(ofAnotherName, "localhost", "verify-full");

    expect(outcome.session).to.match(/Peer certificate .* did not match expected/);
    expect(outcome.cache).to.match(/Peer certificate .* did not match expected/);
    expect(outcome.database).to.match(/does not match host name "localhost"/);
  });

  it("are reached under another name where only the authority is to be verified", async () => {
    expect(await connections(ofAnotherName, "localhost", "verify-ca")).to.deep.equal(connected);
  });

  it("are not reached under another authority, also where only that is verified", async () => {
    const outcome = await connections(ofAnotherName, "localhost", "verify-ca", { authority: strange });

    for (const [server, result] of Object.entries(outcome)) expect(result, server).to.match(/certificate verify failed/);
  });

  it("are not spoken to in clear where they have no TLS", async () => {
    for (const mode of ["verify-full", "verify-ca"] as const) {
      const outcome = await connections(inClear, "localhost", mode);

      for (const [server, result] of Object.entries(outcome)) expect(result, `${server}, ${mode}`).not.to.match(/^connected/);
    }
    expect(await inClear.valkey.keys()).to.deep.equal([]);
  });

  it("are reached in clear where that was asked for, and nowhere else", async () => {
    const clear = "connected without encryption";

    expect(await connections(inClear, "localhost", "off")).to.deep.equal({ ...connected, database: clear, replica: clear });
    for (const [server, result] of Object.entries(await connections(ofTheName, "localhost", "off"))) expect(result, server).not.to.match(/^connected/);
  });

  it("do not let a user in with another password", async () => {
    const outcome = await connections(ofTheName, "localhost", "verify-full", { password: "another" });

    expect(outcome.session).to.match(/WRONGPASS/);
    expect(outcome.cache).to.match(/WRONGPASS/);
  });
});

interface Changes {
  /** Whose certificates are trusted. */
  readonly authority?: string;
  /** Of the caches. */
  readonly password?: string;
}
