import { expect } from "chai";
import { before } from "mocha";
import type { Authority } from "./support/authority";
import { aLab } from "./support/lab";
import type { Pod } from "./support/pod";

describe("the software of image tests", () => {
  const lab = aLab();
  let authority: Authority;
  let pod: Pod;
  before(async () => {
    authority = await lab.authority();
    pod = await lab.pod({ mounts: { "/certificates": { from: lab.folderWith({ "ca.pem": authority.certificate }) } } });
  });

  /** What PHP in the image makes of an expression. */
  async function php(expression: string): Promise<string> {
    const { stdout, stderr } = await pod.run(["php", "-d", "display_errors=stderr", "-r", `echo json_encode(${expression});`]);
    return stdout + stderr;
  }

  it("has a PostgreSQL whose certificate is checked, and which refuses to do without TLS", async () => {
    const server = await lab.postgres({ certificate: await authority.issue("IP:127.0.0.1") });
    const ask = (mode: string, host = server.host) =>
      php(
        `pg_fetch_result(pg_query(pg_connect("host=${host} port=${server.port} dbname=${server.database} user=${server.user} password=${server.password} sslmode=${mode} sslrootcert=/certificates/ca.pem"), "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"), 0)`,
      );

    expect(await ask("verify-full")).to.equal('"t"');
    expect(await ask("verify-full", "localhost")).to.include("does not match host name");
    expect(await ask("disable")).to.include("no encryption");
    expect(await server.query("SELECT 1, 'a' UNION SELECT 2, 'b' ORDER BY 1")).to.deep.equal(["1|a", "2|b"]);
  });

  it("has a Valkey that lets one user in, over TLS with a certificate that names only an address", async () => {
    const server = await lab.valkey({ certificate: await authority.issue("IP:127.0.0.1"), user: "sessions" });
    const set = (user: string, password: string) =>
      php(
        `(function () { $redis = new Redis(); $redis->connect("tls://127.0.0.1", ${server.port}, 2, null, 0, 2, ["stream" => ["cafile" => "/certificates/ca.pem"]]); $redis->auth(["${user}", "${password}"]); return $redis->set("key", "value"); })()`,
      );

    expect(await set("sessions", server.password)).to.equal("true");
    expect(await set("default", server.password)).to.match(/WRONGPASS|disabled/);
    expect(await server.keys()).to.deep.equal(["key"]);
  });

  it("has an S3 server that checks signatures, and refuses every word on access but the allowed", async () => {
    const store = await lab.objectStore({ allowedAclHeader: "none" });
    const put = (secret: string, header?: string) =>
      php(
        `(function () { $c = curl_init("${store.endpoint}/${store.bucketName}/folder/a%20file"); curl_setopt_array($c, [CURLOPT_CUSTOMREQUEST => "PUT", CURLOPT_POSTFIELDS => "content", CURLOPT_RETURNTRANSFER => true, CURLOPT_AWS_SIGV4 => "aws:amz:${store.region}:s3", CURLOPT_USERPWD => "${store.accessKey.id}:${secret}", CURLOPT_HTTPHEADER => ["Content-Type: text/plain", "x-amz-content-sha256: " . hash("sha256", "content")${header === undefined ? "" : `, "${header}"`}]]); curl_exec($c); return curl_getinfo($c, CURLINFO_HTTP_CODE); })()`,
      );

    expect(await put(store.accessKey.secret)).to.equal("200");
    expect(await put("another")).to.equal("403");
    expect(await put(store.accessKey.secret, "x-amz-acl: private")).to.equal("400");
    expect(store.served.map(({ refusal }) => refusal)).to.deep.equal([undefined, "SignatureDoesNotMatch", "AccessControlListNotSupported"]);
    expect([...store.bucket.objects].map(([key, { content }]) => [key, content.toString("utf8")])).to.deep.equal([["folder/a file", "content"]]);
    expect((await fetch(`${store.endpoint}/${store.bucketName}/folder/a%20file`)).status, "without a signature").to.equal(403);
  });

  it("tells a program its signal, and ends what did not end by itself", async () => {
    const asleep = await pod.start(["php", "-r", 'pcntl_async_signals(true); pcntl_signal(SIGTERM, function () { exit(3); }); echo "asleep"; while (true) { usleep(10000); }']);
    await asleep.until("asleep", () => asleep.stdout === "asleep");
    asleep.signal("SIGTERM");
    expect(await asleep.ended).to.deep.include({ code: 3, signal: null });

    const deaf = await pod.start(["sleep", "1000"]);
    deaf.signal("SIGTERM");
    expect(deaf.running, "process 1 without a handler does not hear SIGTERM, as in a container").to.equal(true);
    await deaf.kill();
    expect(await deaf.ended).to.deep.include({ code: null, signal: "SIGKILL" });
  });
});
