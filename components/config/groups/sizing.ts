import { z } from "zod";
import { inPlace, key, usersNotice } from "../key";
import { sizeBetween } from "../size";

/** Overrides of what `concurrentUsers` decides. The plan shows the arithmetic of each. */
export function sizingGroup() {
  return z.strictObject({
    webReplicasMin: key(z.int().min(1).max(200).optional(), "Web pods at rest.", inPlace),
    webReplicasMax: key(z.int().min(1).max(200).optional(), "Web pods at the peak.", inPlace),
    webMemory: key(
      // The least in which two workers fit beside what PHP shares.
      sizeBetween("1.5 GiB", "32 GiB").optional(),
      "Memory of a web pod; decides its PHP workers.",
      usersNotice("pods are replaced one after the other"),
    ),
    databaseCpus: key(
      z.union([z.literal(2), z.literal(4), z.literal(8), z.literal(16), z.literal(32)]).optional(),
      "Processors of the database.",
      usersNotice("the database restarts: about a minute with a standby, several without"),
    ),
    sessionCacheMemory: key(
      sizeBetween("512 MiB", "64 GiB").optional(),
      "Memory of the session cache.",
      usersNotice("everybody may be logged out where there is no replica"),
    ),
    applicationCacheMemory: key(
      sizeBetween("512 MiB", "64 GiB").optional(),
      "Memory of the application cache.",
      usersNotice("pages slow down while the cache fills again"),
    ),
  });
}
