import { descendantsOf, commandOf } from "../clock/processActivity";

/** Ends processes at once, as a crash would: none of them can put anything in order. */
export interface Deaths {
  /** This simulated provider. */
  provider(): void;
  /** The engine's command, which started this provider. */
  engine(): void;
  /** The program that the engine runs. Where it has ended, or none runs (in a destroy), nothing happens. */
  program(): void;
}

export const deaths: Deaths = {
  provider: () => process.kill(process.pid, "SIGKILL"),
  engine: () => process.kill(process.ppid, "SIGKILL"),
  program: () => {
    for (const pid of descendantsOf(process.ppid).filter(isProgram)) process.kill(pid, "SIGKILL");
  },
};

// The language host runs this file of the SDK, which runs the program.
function isProgram(pid: number): boolean {
  return commandOf(pid).some((argument) => /@pulumi\/pulumi\/cmd\/run(\/index\.js|\.js)?$/.test(argument));
}
