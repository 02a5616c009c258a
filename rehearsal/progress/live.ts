import { progressOn } from "../../toolchain/setup/progress.cjs";
import { clock } from "./lines";
import { ProgressModel, type RunningStep } from "./model";
import type { View } from "./view";

const repaintMilliseconds = 100;
const mostRows = 8;
const clearToEnd = "\x1b[J";
const clearToEndOfLine = "\x1b[K";

/** One block of lines, repainted in place: the counts, the simulated clock, and what takes longest right now. */
export function liveView(stream: NodeJS.WriteStream, coloured: boolean): View {
  const paint = paintbrush(coloured);
  let painted = 0;
  let current: { title: string; now: () => number; expected?: number; model: ProgressModel } | undefined;
  let timer: NodeJS.Timeout | undefined;

  const erase = () => {
    if (painted > 0) stream.write(`\x1b[${painted}A\r${clearToEnd}`);
    painted = 0;
  };
  const show = (lines: readonly string[]) => {
    const width = Math.max(20, (stream.columns || 80) - 1);
    // Painted over line by line: clearing first flickers, and at the top of a screen some terminals keep what was cleared.
    if (painted > 0) stream.write(`\x1b[${painted}A\r`);
    stream.write(lines.map((line) => `${paint(line.slice(0, width))}${clearToEndOfLine}\n`).join("") + clearToEnd);
    painted = lines.length;
  };
  const refresh = () => {
    if (!current) return;
    const { title, now, expected, model } = current;
    const rows = Math.max(1, Math.min(mostRows, (stream.rows || 24) - 4));
    show([`${title}  ${clock(now())}  ${counts(model, expected)}`, ...runningLines([...model.running.values()], now(), rows)]);
  };

  const { say, during } = progressOn(stream);
  return {
    say(line) {
      erase();
      say(line);
      refresh();
    },
    during,
    begin(title, now, expected) {
      current = { title, now, expected, model: new ProgressModel(now) };
      timer = setInterval(refresh, repaintMilliseconds);
      refresh();
    },
    event: (event) => void current?.model.take(event),
    end(line) {
      clearInterval(timer);
      if (current) show([`${current.title}  ${line}`]);
      painted = 0;
      current = undefined;
    },
  };
}

function counts({ finished, failed, running }: ProgressModel, expected: number | undefined): string {
  const done = expected === undefined ? String(finished) : `${finished} of ${expected}`;
  return `${done} done${running.size > 0 ? `, ${running.size} running` : ""}${failed > 0 ? `, ${failed} failed` : ""}`;
}

function runningLines(running: readonly RunningStep[], now: number, rows: number): string[] {
  const longest = [...running].sort((left, right) => left.since - right.since).slice(0, rows);
  return longest.map(({ name, type, op, since }) => `  ${(now - since).toFixed(1).padStart(5)} min  ${op}  ${name}  ${type}`);
}

// Only whole lines are coloured, so that cutting them to the terminal's width can't cut a colour's code.
function paintbrush(coloured: boolean): (line: string) => string {
  if (!coloured) return (line) => line;
  return (line) => (line.startsWith(" ") ? `\x1b[2m${line}\x1b[0m` : `\x1b[1m${line}\x1b[0m`);
}
