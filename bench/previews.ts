import * as fs from "node:fs";
import * as path from "node:path";
import type { RehearsalRequest } from "../rehearsal/arguments";
import { onStage, type RehearsalOptions } from "../rehearsal/rehearse";
import type { Stage } from "../rehearsal/stage";

export interface Previews {
  /** Median seconds of `pulumi preview` of the production stack. */
  readonly program: number;
  /** The same of the program with one resource on each provider. */
  readonly floor: number;
  /** Median of the peak resident memory of the production stack's program, in MiB. */
  readonly peakMiB: number;
}

const floorFolder = path.join(__dirname, "floor");

/** Previews both programs in turn, so that whatever else the machine does meets both. The first of each warms caches. */
export function measurePreviews(runs: number, options: RehearsalOptions): Promise<Previews> {
  return onStage(requestFor(options.repository, "production"), options, (program) =>
    onStage(requestFor(floorFolder, "floor"), { ...options, repository: floorFolder }, async (floor) => {
      const programs: Preview[] = [];
      const floors: Preview[] = [];
      for (let run = 0; run <= runs; run++) {
        const measured = { program: await preview(program), floor: await preview(floor) };
        options.view.say(`${run === 0 ? "Warming up" : `Run ${run}`}: ${measured.program.seconds.toFixed(2)} s, floor ${measured.floor.seconds.toFixed(2)} s`);
        if (run === 0) continue;
        programs.push(measured.program);
        floors.push(measured.floor);
      }
      return {
        program: median(programs.map(({ seconds }) => seconds)),
        floor: median(floors.map(({ seconds }) => seconds)),
        peakMiB: median(programs.map(({ peakMiB }) => peakMiB)),
      };
    }),
  );
}

function requestFor(folder: string, stack: string): RehearsalRequest {
  return { command: "up", stack, stackFile: path.join(folder, `Pulumi.${stack}.yaml`), html: "" };
}

interface Preview {
  readonly seconds: number;
  readonly peakMiB: number;
}

async function preview({ runner, scratch }: Stage): Promise<Preview> {
  const peaks = path.join(scratch.folder, "peaks");
  fs.writeFileSync(peaks, "");
  const { code, seconds, diagnostics, text } = await runner.run(["preview"], {
    environment: { BENCH_PEAKS: peaks, NODE_OPTIONS: `--require ${path.join(__dirname, "peakMemory.cjs")}` },
  });
  if (code !== 0) throw new Error(`a preview failed:\n${diagnostics.map(({ message }) => message).join("\n")}${text}`);
  return { seconds, peakMiB: programPeak(fs.readFileSync(peaks, "utf8")) };
}

function programPeak(peaks: string): number {
  const peak = /^program (\d+)$/m.exec(peaks)?.[1];
  if (peak === undefined) throw new Error("the program's process left no figure of its memory");
  return Number(peak);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  const [below = 0, above = below] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (below + above) / 2;
}
