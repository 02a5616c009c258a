import { z } from "zod";
import { inPlace, key, usersNotice } from "../key";
import { emailAddress, hostname } from "../text";

/** What visitors see and where they find it. */
export function siteGroup() {
  return z.strictObject({
    hostname: key(
      hostname,
      "The name visitors type. Moodle answers under this name only.",
      usersNotice("Moodle moves to the new name at once; links to the old one stop working"),
    ),
    name: key(z.string().min(1).max(254), "The site's full name.", inPlace),
    shortName: key(
      z.string().min(1).max(100).default("Moodle"),
      "The site's short name, shown in the navigation bar. Read at installation only.",
      inPlace,
    ),
    language: key(
      z
        .string()
        .regex(/^[a-z]{2,3}(_[a-z0-9]+)*$/, { error: 'a Moodle language code such as "en" or "pt_br"' })
        .default("en"),
      "Language of the installation and of visitors who have not chosen one.",
      usersNotice("pages without a chosen language change"),
    ),
    adminUser: key(
      z
        .string()
        .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, { error: "lower-case letters, digits, dot, dash and underscore" })
        .default("admin"),
      "User name of the first administrator. Read at installation only.",
      inPlace,
    ),
    adminEmail: key(emailAddress, "Address of the first administrator, also given to the certificate authority.", inPlace),
  });
}
