import { ProgramError, runProgram } from "./monitor/program";
import { asEngine, type StackConfig } from "./stackConfig";

/** How the program refused. */
export interface Refusal {
  /** What had been registered by then. */
  readonly graph: ProgramError["graph"];
  /** All that it printed. */
  readonly text: string;
}

/**
 * The unmodified program, with a config that it is to refuse, against a monitor that records.
 *
 * @throws when it accepts the config
 */
export async function refusalOf(config: StackConfig): Promise<Refusal> {
  const { values, isSecret } = asEngine(config);
  const entries = Object.entries(values);
  try {
    await runProgram({
      stack: "bad",
      mode: "preview",
      config: Object.fromEntries(entries.filter(([key]) => !isSecret(key))),
      secretConfig: Object.fromEntries(entries.filter(([key]) => isSecret(key))),
    });
  } catch (error) {
    if (error instanceof ProgramError) return { graph: error.graph, text: error.message };
    throw error;
  }
  throw new Error("the program accepted the stack file");
}
