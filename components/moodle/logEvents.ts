import type { Duration } from "../config/duration";

/** Values of the field `event` in the lines of JSON the image writes. Alarms watch for them. */
export const logEvents = {
  /** A cron runner has finished a pass. */
  cronFinished: "cron.finished",
  /** The install-or-upgrade job gave up; the field `reason` says why. */
  releaseFailed: "release.failed",
  /** Once a day: the certificate visitors see, with the field `daysLeft`. */
  certificateChecked: "certificate.checked",
  /** A program or a page was refused because its environment is incomplete or contradicts itself; the field `problems` lists why. */
  environmentRefused: "environment.refused",
} as const;

/** A runner passes at least this often: Moodle's `cron_keepalive` default is 180 seconds. */
export const cronHeartbeat: Duration = "180 s";
