import { z } from "zod";
import { durationBetween } from "../duration";
import type { Environment } from "../environment";
import { held, inPlace, key, refused, replaces } from "../key";
import { sizeBetween } from "../size";
import { versionAmong } from "../version";

/** The managed PostgreSQL. */
export function databaseGroup(environment: Environment) {
  const production = environment === "production";
  return z.strictObject({
    version: key(
      versionAmong(["16", "17"]).default("17"),
      "Major version of PostgreSQL. Every supported line of Moodle accepts both.",
      held(replaces("the parameter group of the old version; the site is closed during the upgrade"), "version", ["database"]),
    ),
    highAvailability: key(
      z.boolean().default(production),
      "A standby in another zone takes over when the database's machine or zone fails. Doubles the database's price.",
      inPlace,
    ),
    storage: key(
      sizeBetween("20 GiB", "16 TiB").default(production ? "100 GiB" : "20 GiB"),
      "Storage at creation. The database grows on its own up to storageLimit and can never shrink.",
      held(inPlace, "size", ["database"]),
    ),
    storageLimit: key(
      sizeBetween("20 GiB", "16 TiB").default(production ? "1 TiB" : "100 GiB"),
      "Where growing on its own ends; the alarm comes earlier.",
      inPlace,
    ),
    retention: key(
      durationBetween("1 d", "35 d").default(production ? "14 d" : "7 d"),
      "How far back the database can be restored to any second. Deleted files are kept a week longer.",
      inPlace,
    ),
    restoreFrom: key(
      z.string().min(1).optional(),
      "A snapshot of the cloud's own naming that a new platform starts from. Only read when the database is created. " +
        "Needs the secrets encryptionKey and passwordPeppers of the platform it was taken from.",
      refused("a live database is never replaced by a snapshot; use a new stack", ["database"]),
    ),
  });
}
