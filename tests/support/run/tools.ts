import { obtainHelm } from "../../../toolchain/helm";
import { obtainPulumi } from "../../../toolchain/pulumi";
import type { Progress } from "../../../toolchain/setup/progress.cjs";
import { announced } from "./announced";

export interface Problem {
  readonly where: string;
  readonly what: string;
}

/** Gets the engine and Helm once, before several processes would at the same time. */
export function obtainTools(): Promise<Problem[]> {
  return problemsOf({ pulumi: obtainPulumi, helm: obtainHelm }, announced);
}

/** Gets one after another, and says of each that could not be had why. */
export async function problemsOf(tools: Readonly<Record<string, (progress: Progress) => Promise<unknown>>>, progress: Progress): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const [where, obtain] of Object.entries(tools)) {
    try {
      await obtain(progress);
    } catch (error) {
      problems.push({ where, what: error instanceof Error ? error.message : String(error) });
    }
  }
  return problems;
}
