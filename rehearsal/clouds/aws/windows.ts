import type { Problem } from "../../provider/behaviour";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY = 1440;
const WEEK = 7 * DAY;

interface Span {
  readonly start: number;
  readonly length: number;
}

/** A daily backup window and a weekly maintenance window: each at least 30 minutes, and apart. Unknown ones pass. */
export function windowProblems(backup: string | undefined, maintenance: string | undefined): readonly Problem[] {
  const daily = backup === undefined ? undefined : parseDaily(backup);
  const weekly = maintenance === undefined ? undefined : parseWeekly(maintenance);
  return [
    ...badForm("backupWindow", backup, daily, "hh24:mi-hh24:mi, such as 02:00-03:00"),
    ...badForm("maintenanceWindow", maintenance, weekly, "ddd:hh24:mi-ddd:hh24:mi, such as sun:04:00-sun:05:00"),
    ...(daily !== undefined && weekly !== undefined && meet(daily, weekly)
      ? [{ property: "backupWindow", reason: `The backup window and maintenance window must not overlap: ${backup} and ${maintenance}.` }]
      : []),
  ];
}

function badForm(property: string, given: string | undefined, parsed: Span | undefined, form: string): readonly Problem[] {
  if (given === undefined) return [];
  if (parsed === undefined) return [{ property, reason: `"${given}" must satisfy the format of ${form} (UTC).` }];
  return parsed.length >= 30 ? [] : [{ property, reason: `"${given}" is shorter than 30 minutes.` }];
}

function parseDaily(window: string): Span | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(window);
  if (match === null) return undefined;
  const [from, to] = [minute(match[1], match[2]), minute(match[3], match[4])];
  return { start: from, length: (to - from + DAY) % DAY };
}

function parseWeekly(window: string): Span | undefined {
  const match = /^(\w{3}):([01]\d|2[0-3]):([0-5]\d)-(\w{3}):([01]\d|2[0-3]):([0-5]\d)$/.exec(window.toLowerCase());
  if (match === null) return undefined;
  const [one, other] = [DAYS.indexOf(match[1] ?? ""), DAYS.indexOf(match[4] ?? "")];
  if (one < 0 || other < 0) return undefined;
  const [from, to] = [one * DAY + minute(match[2], match[3]), other * DAY + minute(match[5], match[6])];
  return { start: from, length: (to - from + WEEK) % WEEK };
}

function minute(hours: string | undefined, minutes: string | undefined): number {
  return Number(hours) * 60 + Number(minutes);
}

// The daily window of every day, and of the week before for one that runs over Monday's midnight.
function meet(daily: Span, weekly: Span): boolean {
  return Array.from({ length: 9 }, (_, day) => (day - 1) * DAY + daily.start).some((start) =>
    [0, WEEK].some((shift) => start < weekly.start + shift + weekly.length && weekly.start + shift < start + daily.length),
  );
}
