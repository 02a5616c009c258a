import { z } from "zod";
import { inPlace, key, none } from "../key";
import { calendarDay } from "../text";

export const statefulResources = [
  "database",
  "sessionCache",
  "applicationCache",
  "objectStore",
  "sharedFiles",
  "blockDisk",
  "backups",
  "keys",
  "network",
] as const;

/**
 * What holds data that cannot be made again. `keys` are encryption keys, generated passwords and peppers; `network` is what
 * all of them stand in and cannot be moved out of.
 */
export type StatefulResource = (typeof statefulResources)[number];

/** One person's consent to lose one thing. */
export const consent = z.strictObject({
  resource: key(
    z.enum(statefulResources),
    "What may be lost. Its protection is lifted by the next update; nothing is deleted by that.",
    inPlace,
  ),
  until: key(calendarDay, "Last day of the consent. An expired one is an error.", none),
  reason: key(z.string().min(10), "Why, for whoever reads the stack file later.", none),
});
