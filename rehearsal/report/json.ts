import type { RehearsalReport } from "./report";

/** The result for other programs: the stable part of the report. */
export function reportAsJson(report: RehearsalReport): string {
  const { stack, cloud, real, engine, resources, simulatedMinutes, lowerBoundMinutes, engineSeconds } = report;
  const criticalPath = report.criticalPath.map(({ name, type, start, end }) => ({ name, type, start, end }));
  const { orphans, retained, drift, recovery, answer, takenAway, standing, outputs, idleFaults, failure } = report;
  const result = {
    ...{ stack, cloud, real, engine, resources, simulatedMinutes, lowerBoundMinutes, engineSeconds },
    ...{ criticalPath, orphans, retained, drift, recovery, answer, takenAway, standing, outputs, failure },
    idleFaults: idleFaults.length > 0 ? idleFaults : undefined,
  };
  return `${JSON.stringify(result, undefined, 2)}\n`;
}
