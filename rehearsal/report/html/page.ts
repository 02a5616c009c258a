import { stringify } from "yaml";
import { titleOf } from "../../simulatedClouds";
import type { TimedOperation } from "../criticalPath";
import { driftLines } from "../drift";
import { storySections } from "../recovery";
import { waysOn } from "../pods";
import type { RehearsalReport, Retained } from "../report";
import { sceneOf } from "../sceneNames";
import { costText, totalText } from "../upkeep";
import { html, Markup, nothing } from "./markup";
import { style } from "./style";
import { timeline } from "./timeline";
import { tree } from "./tree";

// The page holds no script and asks for nothing from anywhere; browsers are told to hold it to that.
const policy = "default-src 'none'; style-src 'unsafe-inline'";

const whatIsSimulated = `The real Pulumi engine ran the real program. The cloud was simulated: this shows what is made, in which order and what waits
for what. It proves nothing about permissions, quotas, capacity or prices of a real account.`;

const whatIsReal = `The real Pulumi engine ran the real program, with the real Helm on a real cluster: pods ran. What stands between engine and cluster is
the rehearsal's own; the official provider waits and words things in its own way.`;

/** The report as one page that needs nothing else. */
export function reportAsHtml(report: RehearsalReport): string {
  const title = `${report.stack} on ${report.real ?? `simulated ${titleOf(report.cloud)}`}`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>Rehearsal: ${title}</title><style>${new Markup(style)}</style></head>
<body><main><h1>Rehearsal of ${sceneOf(report.command)}: ${title}</h1>
<p class="quiet">${report.real === undefined ? whatIsSimulated : whatIsReal}</p>
${report.failure === undefined ? nothing : html`<h2>Failed</h2><p class="failure" role="alert">${report.failure}</p>`}
${facts(report)}
${(report.recovery === undefined ? [] : storySections(report.recovery)).map(({ title, lines }) => html`<h2>${title}</h2><p class="story">${lines.join("\n")}</p>`)}
${list("Drift, found by a refresh", (report.drift ?? []).flatMap(driftLines))}
${timeline(report.timeline, report.real === undefined ? "Simulated minutes" : "Minutes")}
${path(report.criticalPath)}
${list("Orphans", report.orphans.map(({ knownTo, type, name, id }) => `${type} ${name} (${id}): only the ${knownTo} knows it`))}
${list("Faults that hit nothing", report.idleFaults)}
${retained(report.retained)}
${outputs(report.outputs)}
${list("The cluster stays", report.standing === undefined ? [] : waysOn(report.standing, report.answer))}
${tree(report.tree)}
${list("Latencies assumed for want of a measured one", report.assumed)}
</main></body></html>
`.text;
}

function facts({ real, answer, takenAway, simulatedMinutes, lowerBoundMinutes, resources, engine, engineSeconds, orphans }: RehearsalReport): Markup {
  const counts = Object.entries(resources).filter(([, count]) => count > 0);
  const all: [string, string][] = [
    [real === undefined ? "Simulated" : "Took", minutes(simulatedMinutes)],
    ...(lowerBoundMinutes === 0 ? [] : [["Lower bound", minutes(lowerBoundMinutes)] satisfies [string, string]]),
    ...counts.map(([name, count]): [string, string] => [`Resources ${name}`, String(count)]),
    ["Orphans", String(orphans.length)],
    ...(answer === undefined ? [] : [["The pods' answer", `HTTP ${answer.status}`] satisfies [string, string]]),
    ...(takenAway === undefined ? [] : [["Taken away afterwards", String(takenAway)] satisfies [string, string]]),
    [`On this machine, Pulumi ${engine.version}`, `${engineSeconds.toFixed(1)} s`],
  ];
  return html`<dl class="facts">${all.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function path(operations: readonly TimedOperation[]): Markup {
  if (operations.length === 0) return nothing;
  const items = operations.map(
    ({ name, type, start, end }) =>
      html`<li>${name}: ${start.toFixed(1)} to ${end.toFixed(1)} min <span class="type">${type}</span></li>`,
  );
  return html`<h2>Critical path</h2><p>To be faster, one of these has to be.</p><ol>${items}</ol>`;
}

function list(title: string, lines: readonly string[]): Markup {
  if (lines.length === 0) return nothing;
  return html`<h2>${title}</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function retained(items: readonly Retained[]): Markup {
  if (items.length === 0) return nothing;
  const lines = items.map(
    (item) => html`<li>${item.name}: ${item.reason}<span class="type">${item.type}</span>${costText(item)}<code>${item.remove}</code></li>`,
  );
  return html`<h2>Retained by design</h2><p>${totalText(items)}. Each with the command that removes it.</p><ul class="retained">${lines}</ul>`;
}

function outputs(values: Record<string, unknown>): Markup {
  const entries = Object.entries(values);
  if (entries.length === 0) return nothing;
  const text = (value: unknown) => (typeof value === "string" ? value : stringify(value, { lineWidth: 0 }).trimEnd());
  return html`<h2>Outputs</h2><dl class="outputs">${entries.map(([name, value]) => html`<dt>${name}</dt><dd>${text(value)}</dd>`)}</dl>`;
}

function minutes(value: number): string {
  return `${value.toFixed(1)} min`;
}
