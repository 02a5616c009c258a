import { inDays, type Duration } from "../../components/config/duration";
import type { MaintenancePlan } from "../../components/plan/cloudPlan";

const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const names = { sun: "Sunday", mon: "Monday", tue: "Tuesday", wed: "Wednesday", thu: "Thursday", fri: "Friday", sat: "Saturday" } as const;

/** @returns the weekly window as the database takes it. */
export function databaseWindow({ day, hour }: MaintenancePlan) {
  return { customWindow: "Enabled", dayOfWeek: days.indexOf(day), startHour: hour, startMinute: 0 };
}

/** The shortest AKS takes: https://learn.microsoft.com/en-us/azure/aks/planned-maintenance */
const clusterHours = 4;

/** @returns the weekly window as the cluster takes it: the same, and longer, because nodes are replaced one by one. */
export function clusterWindow({ day, hour }: MaintenancePlan) {
  return {
    schedule: { weekly: { dayOfWeek: names[day], intervalWeeks: 1 } },
    startTime: clock(hour),
    durationHours: clusterHours,
    utcOffset: "+00:00",
  };
}

/** @returns a repetition as the backup vault takes it, from the first Sunday of 2026 on. */
export function repeated({ backupHour }: MaintenancePlan, every: "day" | "week"): string {
  return `R/2026-01-04T${clock(backupHour)}:00+00:00/${{ day: "P1D", week: "P1W" }[every]}`;
}

/** @returns a duration of whole days as Azure writes it. */
export function days8601(duration: Duration, atLeast = 1): string {
  return `P${Math.max(atLeast, inDays(duration))}D`;
}

function clock(hour: number): string {
  return `${String(hour % 24).padStart(2, "0")}:00`;
}
