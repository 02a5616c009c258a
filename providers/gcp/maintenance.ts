import type { MaintenancePlan } from "../../components/plan/cloudPlan";

/** Days by Cloud SQL's number, Memorystore's name and iCalendar's. January 2026 began on a Thursday. */
const days = {
  mon: { number: 1, name: "MONDAY", short: "MO", january: 5 },
  tue: { number: 2, name: "TUESDAY", short: "TU", january: 6 },
  wed: { number: 3, name: "WEDNESDAY", short: "WE", january: 7 },
  thu: { number: 4, name: "THURSDAY", short: "TH", january: 8 },
  fri: { number: 5, name: "FRIDAY", short: "FR", january: 9 },
  sat: { number: 6, name: "SATURDAY", short: "SA", january: 10 },
  sun: { number: 7, name: "SUNDAY", short: "SU", january: 11 },
} as const;

/** @returns the weekly window of one hour as Cloud SQL takes it. */
export function databaseWindow({ day, hour }: MaintenancePlan) {
  return { day: days[day].number, hour, updateTrack: "stable" };
}

/** @returns the weekly window of one hour as Memorystore takes it. */
export function cacheWindow({ day, hour }: MaintenancePlan) {
  return { day: days[day].name, startTime: { hours: hour, minutes: 0, seconds: 0, nanos: 0 } };
}

/** GKE wants 48 hours in any 32 days; four weekly windows are sure to be in them: https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions */
const clusterHours = 12;

/** @returns the weekly window as GKE takes it: from the plan's hour on, and long enough to be accepted. */
export function clusterWindow({ day, hour }: MaintenancePlan) {
  const start = Date.UTC(2026, 0, days[day].january, hour);
  const instant = (time: number) => new Date(time).toISOString().replace(".000", "");
  return {
    startTime: instant(start),
    endTime: instant(start + clusterHours * 3_600_000),
    recurrence: `FREQ=WEEKLY;BYDAY=${days[day].short}`,
  };
}

/** @returns the hour of daily backups as Cloud SQL takes it. */
export function backupStart({ backupHour }: MaintenancePlan): string {
  return `${String(backupHour).padStart(2, "0")}:00`;
}

/** A window of Backup and DR has six hours at least and ends by midnight: https://cloud.google.com/backup-disaster-recovery/docs/concepts/backup-plan */
const vaultHours = 6;

/** @returns the daily window for backups into the vault: it opens at the plan's hour, or at 18. */
export function vaultWindow({ backupHour }: MaintenancePlan) {
  const startHourOfDay = Math.min(backupHour, 24 - vaultHours);
  return { startHourOfDay, endHourOfDay: startHourOfDay + vaultHours };
}
