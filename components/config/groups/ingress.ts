import { z } from "zod";
import { durationBetween } from "../duration";
import { inPlace, key, replaces, usersNotice } from "../key";
import { sizeBetween } from "../size";
import { addressRange } from "../text";

/** How visitors reach the site. */
export function ingressGroup() {
  return z.strictObject({
    tls: key(
      z
        .strictObject({
          source: key(
            z.enum(["acme", "secret"]).default("acme"),
            "acme: certificates from the ACME server, renewed without anybody. secret: a TLS Secret that you keep current.",
            usersNotice("visitors see the other certificate"),
          ),
          acmeServer: key(
            z.url({ protocol: /^https$/, error: "an address that begins with https://" }).default("https://acme-v02.api.letsencrypt.org/directory"),
            "Directory of the ACME server.",
            inPlace,
          ),
          secretName: key(
            z
              .string()
              .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, { error: "the name of a Kubernetes Secret" })
              .optional(),
            "The Secret of source secret, in the gateway's namespace.",
            usersNotice("visitors see the other certificate"),
          ),
        })
        .prefault({}),
      "Where the certificate comes from.",
      inPlace,
    ),
    dnsZone: key(
      z.string().min(1).optional(),
      "The managed DNS zone, by the cloud's own identifier. Records and certificates are then made by themselves; " +
        "without it the record to create by hand is an output.",
      replaces("the record moves to the other zone"),
    ),
    uploadLimit: key(
      sizeBetween("8 MiB", "10 GiB").default("512 MiB"),
      "Largest upload, from the gateway down to PHP.",
      usersNotice("pods are replaced one after the other"),
    ),
    timeout: key(
      durationBetween("30 s", "1 h").default("300 s"),
      "Longest request, from the gateway down to PHP.",
      usersNotice("pods are replaced one after the other"),
    ),
    allowedRanges: key(
      z.array(addressRange).min(1).default(["0.0.0.0/0"]),
      "Who may reach the site.",
      usersNotice("visitors from elsewhere are shut out"),
    ),
  });
}
