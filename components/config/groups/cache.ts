import { z } from "zod";
import type { Environment } from "../environment";
import { held, key, refused, replaces, usersNotice } from "../key";
import { versionAmong } from "../version";

/** Managed Redis or Valkey: sessions and the application cache. */
export function cacheGroup(environment: Environment) {
  const production = environment === "production";
  return z.strictObject({
    separate: key(
      z.boolean().default(production),
      "Sessions and application cache on instances of their own. In one instance a full cache can log users out.",
      held(replaces("the application cache moves and fills again, and its password joins the pods' Secret; required in production"), "on", ["applicationCache"]),
    ),
    highAvailability: key(
      z.boolean().default(production),
      "A replica in another zone takes over when the cache's machine fails. Without one a failure logs everybody out.",
      usersNotice("pages slow down for a minute while the replica fills"),
    ),
    version: key(
      versionAmong(["8.1", "8.2"]).default("8.2"),
      "Version of the cache server.",
      refused("the cloud may replace the instance; plan it as a maintenance", ["sessionCache", "applicationCache"]),
    ),
  });
}
