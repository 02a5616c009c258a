import { stringify } from "yaml";
import { titleOf } from "../simulatedClouds";
import type { TimedOperation } from "./criticalPath";
import { driftLines } from "./drift";
import { storySections } from "./recovery";
import { answerText, waysOn } from "./pods";
import type { RehearsalReport, Retained } from "./report";
import { sceneOf } from "./sceneNames";
import { costText, totalText } from "./upkeep";

/** The report as text for a terminal. */
export function summary(report: RehearsalReport): string {
  const { stack, cloud, command, engine, real } = report;
  const sections = [
    [`Rehearsal of ${sceneOf(command)} of ${stack} on ${real ?? `a simulated ${titleOf(cloud)}`}`],
    [
      ["resources", countsText(report)],
      [real === undefined ? "simulated" : "took", `${minutes(report.simulatedMinutes)}${bound(report)}`],
      ["orphans", report.orphans.length === 0 ? `none: the ${real === undefined ? "simulated cloud" : "cluster"} and the engine's state agree` : String(report.orphans.length)],
      ...(report.answer === undefined ? [] : [["answer", answerText(report.answer)]]),
      ...(report.takenAway === undefined ? [] : [["taken away", `${report.takenAway} resources; nothing is left in the cluster`]]),
      ...(report.assumed.length > 0 ? [["assumed", assumedText(report)]] : []),
      ["engine", `Pulumi ${engine.version} (${engine.source}), ${report.engineSeconds.toFixed(1)} s on this machine`],
    ].map(([title = "", text]) => `  ${title.padEnd(11)}${text}`),
    ...(report.recovery === undefined ? [] : storySections(report.recovery)).map(({ title, lines }) => listed(title, lines, (line) => line)),
    listed("Drift, found by a refresh", (report.drift ?? []).flatMap(driftLines), (line) => line),
    listed("Critical path", report.criticalPath, pathLine),
    listed("Orphans", report.orphans, ({ knownTo, type, name, id }) => `${type} ${name} (${id}): only the ${knownTo} knows it`),
    listed("Faults that hit nothing", report.idleFaults, (fault) => fault),
    listed(`Retained by design: ${totalText(report.retained)}`, report.retained, retainedLines),
    outputs(report.outputs),
    listed("The cluster stays", report.standing === undefined ? [] : waysOn(report.standing, report.answer), (line) => line),
  ];
  return `${sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function countsText({ resources }: RehearsalReport): string {
  return Object.entries(resources)
    .filter(([name, count]) => count > 0 || name === "created")
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}

function assumedText({ assumed }: RehearsalReport): string {
  return `how long ${assumed.length} kinds of resources take, for want of a measurement; the page names them`;
}

function bound({ simulatedMinutes, lowerBoundMinutes }: RehearsalReport): string {
  if (lowerBoundMinutes === 0) return "";
  return `; at least ${minutes(lowerBoundMinutes)} (${(simulatedMinutes / lowerBoundMinutes).toFixed(2)} times that)`;
}

function listed<Item>(title: string, items: readonly Item[], line: (item: Item) => string): string[] {
  return items.length === 0 ? [] : [title, ...items.map((item) => `  ${line(item)}`)];
}

function retainedLines(item: Retained): string {
  return [`${item.type} ${item.name}: ${item.reason}`, `  ${costText(item)}`, `  ${item.remove}`].join("\n  ");
}

function pathLine({ name, type, start, end }: TimedOperation): string {
  return `${start.toFixed(1).padStart(6)} to ${end.toFixed(1).padStart(5)} min  ${name}  ${type}`;
}

function minutes(value: number): string {
  return `${value.toFixed(1)} min`;
}

function outputs(values: Record<string, unknown>): string[] {
  const lines = stringify(values, { lineWidth: 0 }).trimEnd().split("\n");
  return Object.keys(values).length === 0 ? [] : ["Outputs", ...lines.map((line) => `  ${line}`)];
}
