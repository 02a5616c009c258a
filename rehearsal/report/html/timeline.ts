import type { TimelineEntry } from "../report";
import { html, Markup, nothing } from "./markup";

/** Shorter ones are points on the page, and hidden until asked for. */
const briefMinutes = 0.25;

/** A table with a bar for each operation on the clock; readable without seeing the bars. */
export function timeline(entries: readonly TimelineEntry[], unit: string): Markup {
  if (entries.length === 0) return nothing;
  const total = Math.max(...entries.map(({ end }) => end), Number.EPSILON);
  const sorted = [...entries].sort((left, right) => left.start - right.start || right.end - left.end);
  const brief = sorted.filter(isBrief).length;
  return html`<h2 id="timeline">Timeline</h2>
<p>${unit}. The critical path, which decided the end, is marked.</p>
<input type="checkbox" id="brief"${new Markup(brief === sorted.length ? " checked" : "")}> <label for="brief">Show the ${brief} operations under a quarter of a minute, too</label>
<table class="timeline"><thead><tr><th scope="col">Resource</th><th scope="col" class="number">Start</th><th scope="col" class="number">Takes</th>
<th scope="col"><span class="axis" aria-hidden="true">${ticks(total)}</span></th></tr></thead>
<tbody>${sorted.map((entry) => row(entry, total))}</tbody></table>`;
}

const outcomeText = { ok: "", failed: "failed", partial: "partial", retried: "refused, tried again" } as const satisfies Record<TimelineEntry["outcome"], string>;

function isBrief({ start, end, critical, outcome }: TimelineEntry): boolean {
  return end - start < briefMinutes && !critical && (outcome === "ok" || outcome === "retried");
}

function row(entry: TimelineEntry, total: number): Markup {
  const { name, type, op, start, end, critical, outcome } = entry;
  const classes = [critical && "critical", (outcome === "failed" || outcome === "partial") && "failed", isBrief(entry) && "brief"].filter(Boolean).join(" ");
  const notes = [op === "create" ? "" : op, critical ? "critical path" : "", outcomeText[outcome]].filter(Boolean);
  const place = `left:${percent(start / total)};width:${percent((end - start) / total)}`;
  return html`<tr class="${classes}"><th scope="row">${name}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}<span class="type">${type}</span></th>
<td class="number">${start.toFixed(1)}</td><td class="number">${(end - start).toFixed(1)} min</td>
<td aria-hidden="true"><div class="track"><div class="bar" style="${place}"></div></div></td></tr>
`;
}

function percent(fraction: number): string {
  return `${(Math.min(1, fraction) * 100).toFixed(2)}%`;
}

function ticks(total: number): Markup[] {
  return [0, 0.25, 0.5, 0.75, 1].map((part) => html`<span>${(total * part).toFixed(total < 4 ? 1 : 0)}</span>`);
}
