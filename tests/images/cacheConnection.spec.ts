import { expect } from "chai";
import { before } from "mocha";
import { onePod, type Variables } from "./environments";
import { aLab } from "./support/lab";
import type { Valkey } from "./support/valkey";
import { mountsOf } from "./volumes";

const folderOfPublicCertificates = "/etc/ssl/certs";

describe("the connection to the application cache", function () {
  this.timeout("120s");
  const lab = aLab();
  let cache: Valkey;
  let authority: string;
  let environment: Variables;

  before(async () => {
    const founded = await lab.authority();
    authority = founded.certificate;
    cache = await lab.valkey({ certificate: await founded.issue("DNS:localhost"), user: "moodle" });
    environment = {
      ...onePod,
      MOODLE_APPLICATION_CACHE_HOST: "localhost",
      MOODLE_APPLICATION_CACHE_PORT: String(cache.port),
      MOODLE_APPLICATION_CACHE_USER: "moodle",
      MOODLE_APPLICATION_CACHE_TLS: "verify-full",
      MOODLE_APPLICATION_CACHE_CA_FILE: "/etc/moodle/configuration/ca.pem",
    };
  });

  /** Runs statements in which `open()` connects as a request does. @returns what they print, as JSON */
  async function run(statements: string, given: Variables = {}, files: Variables = {}): Promise<unknown> {
    const volumes = {
      code: { "public/lib/setup.php": `<?php\n${program}\n${statements}`, "public/admin/tool/forcedcache/version.php": "<?php\n" },
      secrets: { applicationCachePassword: cache.password },
      configuration: { "ca.pem": authority },
    };
    const mounts = { ...mountsOf(lab, volumes), ...(Object.keys(files).length > 0 && { [folderOfPublicCertificates]: { from: lab.folderWith(files) } }) };
    const pod = await lab.pod({ environment: { ...environment, ...given }, mounts });
    const { stdout, stderr } = await pod.run(["php", "/opt/moodle/config.php"]);
    expect(stderr, "the log").to.equal("");
    return JSON.parse(stdout) as unknown;
  }

  it("is the same one for everything that a worker does", async () => {
    const numbers = await run(`for ($i = 0; $i < 3; $i++) { $redis = open(); $numbers[] = $redis->client('id'); unset($redis); }\necho json_encode($numbers);`);

    expect(new Set(numbers as number[]).size).to.equal(1);
  });

  it("is another one where an earlier request left something behind: nobody reads an answer that was meant for somebody else", async () => {
    const found = await run(
      "$redis = open(); $id = $redis->client('id'); $redis->set('key', 'mine'); $redis->multi(); $redis->get('key'); unset($redis);\n" +
        "$redis = open(); echo json_encode(['other' => $redis->client('id') !== $id, 'value' => $redis->get('key')]);",
    );

    expect(found).to.deep.equal({ other: true, value: "mine" });
  });

  it("is made again where the server has closed it", async () => {
    const found = await run(
      "$redis = open(); $id = $redis->client('id'); unset($redis);\n" +
        "$other = new Redis(); connect($other); $other->rawCommand('CLIENT', 'KILL', 'ID', $id); $other->close();\n" +
        "$redis = open(); echo json_encode(['other' => $redis->client('id') !== $id, 'answer' => $redis->ping('here')]);",
    );

    expect(found).to.deep.equal({ other: true, answer: "here" });
  });

  it("is verified with the one publicly trusted certificate that it needs, found by its name", async () => {
    const given = { MOODLE_APPLICATION_CACHE_CA_FILE: `${folderOfPublicCertificates}/ca-certificates.crt` };
    const name = `${String(await run("echo json_encode(openssl_x509_parse(file_get_contents('/etc/moodle/configuration/ca.pem'))['hash']);"))}.0`;
    const attempt = "try { echo json_encode(open()->ping('here')); } catch (Throwable $problem) { echo json_encode($problem->getMessage()); }";

    expect(await run(attempt, given, { "ca-certificates.crt": "read by nobody\n", [name]: authority })).to.equal("here");
    expect(await run(attempt, given, { "ca-certificates.crt": authority })).not.to.equal("here");
  });
});

const program = `
set_error_handler(static fn (): bool => true);
$configuration = $CFG->tool_forcedcache_config_array['stores']['redis']['config'];
function open(): Redis
{
    $redis = new Redis();
    MoodleImage\\CacheConnection::open($redis, $GLOBALS['configuration']);
    return $redis;
}
function connect(Redis $redis): void
{
    $configuration = $GLOBALS['configuration'];
    $redis->connect($configuration['server'], $configuration['port'], 3, null, 100, 3, $configuration['context']);
    $redis->auth($configuration['authentication']);
}
`;
