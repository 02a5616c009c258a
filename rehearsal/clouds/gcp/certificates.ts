import type { Context } from "../../provider/behaviour";

/** Looks like a PEM file and is none: there is no simulated authority to sign anything. */
export function certificate(context: Context, purpose: string): string {
  const lines = context.random.for(purpose).alphanumeric(900).match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

/** What the services say of a certificate beside its text. */
export function certificateFacts(context: Context, purpose: string, lasts: number) {
  const year = new Date(context.timestamp).getUTCFullYear();
  const createTime = context.timestamp;
  return {
    cert: certificate(context, purpose),
    createTime,
    expires: createTime.replace(String(year), String(year + lasts)),
    sha1Fingerprint: context.random.for(`${purpose} fingerprint`).hex(40),
  };
}
