import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The authority every database's certificate is from. Valid to 2061 and later. */
export const authorityName = "rds-ca-rsa2048-g1";

/**
 * The authority's own certificate, which no system trusts by itself. One file a region, from the bundles under
 * https://truststore.pki.rds.amazonaws.com.
 *
 * @returns PEM; undefined: a region this adapter does not know.
 */
export function databaseAuthority(region: string): string | undefined {
  if (!/^[a-z0-9-]+$/.test(region)) return undefined;
  const file = join(__dirname, "rdsAuthorities", `${region}.pem`);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
