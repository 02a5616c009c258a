import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { environmentVariables } from "../../../components/moodle/environment";
import { allowedValues, type Value } from "../../../components/moodle/environmentValue";

const schema = JSON.parse(fs.readFileSync(path.resolve(__dirname, "../../../charts/moodle/values.schema.json"), "utf8")) as Schema;

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
  readonly $ref?: string;
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
}

/** The chart's value behind a variable, where it is the same value. */
const chartValues: Readonly<Record<string, string>> = {
  MOODLE_FILE_MODE: "files.mode",
  MOODLE_UPLOAD_LIMIT_MIB: "web.uploadLimitMiB",
  MOODLE_REQUEST_TIMEOUT_SECONDS: "web.requestTimeoutSeconds",
  MOODLE_EXTRA_MEMORY_LIMIT_MIB: "web.php.extraMemoryLimitMiB",
  MOODLE_DATABASE_PORT: "database.port",
  MOODLE_SESSION_CACHE_PORT: "sessionCache.port",
  MOODLE_APPLICATION_CACHE_PORT: "applicationCache.port",
  MOODLE_OBJECT_STORE_PROTOCOL: "files.objectStore.protocol",
  MOODLE_OBJECT_STORE_ACL_HEADER: "files.objectStore.aclHeader",
  MOODLE_OBJECT_STORE_CHECKSUMS: "files.objectStore.checksums",
  MOODLE_OBJECT_STORE_CREDENTIALS: "files.objectStore.credentials.kind",
  MOODLE_MAIL_PORT: "mail.port",
  MOODLE_MAIL_SECURITY: "mail.security",
  MOODLE_PHP_MEMORY_LIMIT_MIB: "web.php.memoryLimitMiB",
  MOODLE_PHP_WORKERS: "web.php.workers",
  MOODLE_PHP_MAX_REQUESTS: "web.php.maxRequests",
  MOODLE_PHP_OPCACHE_MIB: "web.php.opcacheMiB",
  MOODLE_PHP_INTERNED_STRINGS_MIB: "web.php.internedStringsMiB",
  MOODLE_PHP_APCU_MIB: "web.php.apcuMiB",
  MOODLE_PHP_SLOW_REQUEST_SECONDS: "web.php.slowRequestSeconds",
  MOODLE_RUNNER_KEEP_ALIVE_SECONDS: "cron.keepAliveSeconds",
  MOODLE_TASK_MAX_RUNTIME_SECONDS: "cron.maxRuntimeSeconds",
  MOODLE_RELEASE_DEADLINE_SECONDS: "job.deadlineSeconds",
};

/** Made by the chart out of others, or fixed in it. */
const ofTheChartItself = [
  "MOODLE_DATABASE_TLS",
  "MOODLE_SESSION_CACHE_TLS",
  "MOODLE_APPLICATION_CACHE_TLS",
  "MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS",
  "MOODLE_HTTP_PORT",
  "MOODLE_PROBE_PORT",
  "MOODLE_TASK_SCHEDULED_LIMIT",
  "MOODLE_TASK_ADHOC_LIMIT",
];

describe("the values of the image's variables", () => {
  it("are in the ranges and lists that the chart's schema has", () => {
    const compared = environmentVariables.filter(({ name }) => name in chartValues);
    const found = compared.map(({ name, value }) => [name, limits(value)]);
    const expected = compared.map(({ name }) => [name, limitsOf(chartValues[name] ?? "")]);

    expect(found).to.deep.equal(expected);
  });

  it("are all compared, where they have a range or a list", () => {
    const limited = environmentVariables.filter(({ value }) => value.kind === "integer" || value.kind === "choice").map(({ name }) => name);

    expect(limited.sort()).to.deep.equal([...Object.keys(chartValues), ...ofTheChartItself].sort());
  });

  it("are told in words", () => {
    const told = new Map(environmentVariables.map(({ name, value }) => [name, allowedValues(value)]));

    expect(told.get("MOODLE_UPLOAD_LIMIT_MIB")).to.equal("1 to 16384");
    expect(told.get("MOODLE_PHP_MAX_REQUESTS")).to.equal("0 or more");
    expect(told.get("MOODLE_FILE_MODE")).to.equal("objectfs, shared, block");
    expect([...told].filter(([, words]) => words === "")).to.deep.equal([]);
  });
});

function limits(value: Value): unknown {
  switch (value.kind) {
    case "integer":
      return { least: value.least, most: value.most };
    case "choice":
      return value.of;
    default:
      throw new Error(`a ${value.kind} has neither a range nor a list`);
  }
}

function limitsOf(key: string): unknown {
  const { enum: of, minimum, maximum } = key.split(".").reduce((at, name) => resolved(at.properties?.[name] ?? {}), schema);
  return of ?? { least: minimum, most: maximum };
}

function resolved(one: Schema): Schema {
  const [inherited] = one.allOf ?? [];
  if (inherited) return resolved(inherited);
  return one.$ref === undefined ? one : (schema.definitions?.[one.$ref.split("/").at(-1) ?? ""] ?? {});
}
