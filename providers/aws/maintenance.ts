import type { MaintenancePlan } from "../../components/plan/cloudPlan";

/** @returns the weekly window of one hour as RDS and ElastiCache take it. */
export function maintenanceWindow({ day, hour }: MaintenancePlan): string {
  return `${day}:${clock(hour)}-${day}:${clock(hour + 1)}`;
}

/** @returns the daily window of one hour in which RDS and ElastiCache make their own snapshots. */
export function backupWindow({ backupHour }: MaintenancePlan): string {
  return `${clock(backupHour)}-${clock(backupHour + 1)}`;
}

/**
 * @returns the hour AWS Backup starts: the first after the database's own snapshots that is neither inside the
 * maintenance window nor in the hour before it, when backups of a database fail.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html
 */
export function vaultHour({ hour, backupHour }: MaintenancePlan): number {
  const shut = [hour - 1, hour].map((each) => (each + 24) % 24);
  const after = (backupHour + 1) % 24;
  const later = (backupHour + 2) % 24;
  // Two hours are shut, and they follow each other: of three in a row one is open.
  return [after, later].find((candidate) => !shut.includes(candidate)) ?? (backupHour + 3) % 24;
}

function clock(hour: number): string {
  return `${String(hour % 24).padStart(2, "0")}:00`;
}
