import { commandOf, descendantsOf } from "../../../rehearsal/clock/processActivity";
import type { EngineRunner } from "../../../rehearsal/engine/runner";
import type { Readable } from "./knownSecrets";

const lookEveryMilliseconds = 50;

/** All that the engine's command tells from now on, as the rehearsal hands it on, and what its processes were started with. */
export class Overhearing {
  readonly told: Readable[] = [];
  private readonly commands = new Set<string>();
  private readonly run: EngineRunner["run"];

  constructor(private readonly runner: EngineRunner) {
    this.run = runner.run.bind(runner);
    runner.run = (args, options) => this.overhear(args, options);
  }

  /** Runs the command without listening, for what is secret by itself. */
  quietly(...args: Parameters<EngineRunner["run"]>): ReturnType<EngineRunner["run"]> {
    return this.run(...args);
  }

  /** The arguments of the engine's processes and of those they started. */
  get processes(): readonly Readable[] {
    return [...this.commands].map((text) => ({ place: `the arguments of ${text.slice(0, text.indexOf(" "))}`, text }));
  }

  private async overhear(...[args, options = {}]: Parameters<EngineRunner["run"]>): ReturnType<EngineRunner["run"]> {
    const command = `pulumi ${args.join(" ")}`;
    const watch = setInterval(() => this.look(), lookEveryMilliseconds);
    try {
      const end = await this.run(args, {
        ...options,
        onEvent: (event) => {
          this.told.push({ place: `an event of ${command}`, text: JSON.stringify(event) });
          options.onEvent?.(event);
        },
      });
      this.told.push({ place: `the text of ${command}`, text: end.text });
      return end;
    } finally {
      clearInterval(watch);
    }
  }

  private look(): void {
    const { pid } = this.runner;
    if (pid === undefined) return;
    for (const process of [pid, ...descendantsOf(pid)]) this.commands.add(commandOf(process).join(" "));
  }
}
