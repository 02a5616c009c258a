import { expect } from "chai";
import type { Ending } from "../../images/onThisMachine/program";
import type { Variables } from "./environments";
import type { Lab } from "./support/lab";
import { mountsOf, type Volumes } from "./volumes";

/** What `config.php` finds. */
export interface Site extends Volumes {
  readonly environment: Variables;
}

/** In the place of Moodle's own: prints what it would begin with. */
export const setup = `<?php
$variables = ['PGSSLMODE', 'PGSSLROOTCERT', 'AWS_REQUEST_CHECKSUM_CALCULATION', 'AWS_RESPONSE_CHECKSUM_VALIDATION'];
echo json_encode(['settings' => $CFG, 'variables' => array_filter(array_combine($variables, array_map('getenv', $variables)))]);
`;
export const plugin = "<?php\n";
const plugins = {
  "public/admin/tool/forcedcache/version.php": plugin,
  "public/admin/tool/objectfs/version.php": plugin,
  "public/local/azureblobstorage/version.php": plugin,
};
export const code = { "public/lib/setup.php": setup, ...plugins };
const certificate = "-----BEGIN CERTIFICATE-----\nZGF0YWJhc2U=\n-----END CERTIFICATE-----\n";
/** Of a database and caches that have their own. */
export const authorities = { "database-ca.pem": certificate, "session-cache-ca.pem": certificate, "application-cache-ca.pem": certificate };

export const keys = { objectStoreAccessKeyId: "GOOG1EXAMPLE", objectStoreSecretAccessKey: "canary-of-storage" };

/** Evaluates `config.php` as Moodle's command line does. */
export async function configured(lab: Lab, { environment, ...volumes }: Site): Promise<Ending> {
  const pod = await lab.pod({ environment, mounts: mountsOf(lab, { code, ...volumes }) });
  return pod.run(["php", "/opt/moodle/config.php"]);
}

/** The problems in a log that is one line of JSON. */
export function problemsIn(log: string): readonly string[] {
  expect(log).to.match(/^\{.*\}\n$/);
  const { event, problems } = JSON.parse(log) as { event: string; problems: readonly string[] };
  expect(event).to.equal("environment.refused");
  return problems;
}
