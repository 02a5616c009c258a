import { obtainHelm } from "../../../toolchain/helm";
import { obtainPulumi } from "../../../toolchain/pulumi";
import { announced } from "./announced";

/** Gets the engine and Helm once, before several processes would at the same time. */
export async function obtainTools(): Promise<{ where: string; what: string }[]> {
  const problems: { where: string; what: string }[] = [];
  for (const [name, obtain] of [
    ["pulumi", obtainPulumi],
    ["helm", obtainHelm],
  ] as const) {
    try {
      await obtain(announced);
    } catch (error) {
      problems.push({ where: name, what: error instanceof Error ? error.message : String(error) });
    }
  }
  return problems;
}
