import { spawn, type ChildProcess } from "node:child_process";
import * as path from "node:path";
import type { Interruption } from "../interruption";
import { readEvents, type Diagnostic, type EngineEvent } from "./events";

/** Where and with what the engine's command runs. */
export interface Workplace {
  /** The folder of Pulumi.yaml. */
  project: string;
  /** The folder whose `bin/pulumi` is the command. */
  engine: string;
  /** All of the environment: nothing of the machine's own credentials or settings is added. */
  environment: Record<string, string>;
  stack: string;
}

/** How a run of the engine's command ended. */
export interface CommandEnd {
  code: number | null;
  /** What it printed that was no event. */
  text: string;
  /** What it and the program told people, in order. */
  diagnostics: Diagnostic[];
  seconds: number;
}

export interface CommandOptions {
  onEvent?: (event: EngineEvent) => void;
  /** Added to the environment of this run. */
  environment?: Record<string, string>;
  /** Given to the command by its standard input, for secrets. */
  input?: string;
}

// A killed engine's plugins end when they notice; until then they may still write into the scratch folder.
const settleMilliseconds = 500;

/** Runs the engine's command, one run at a time. */
export class EngineRunner {
  /** The process id of the command while one runs. */
  pid: number | undefined;

  constructor(
    private place: Workplace,
    private readonly interruption: Interruption,
  ) {}

  /** Runs all that follows on another stack of the project. */
  select(stack: string): void {
    this.place = { ...this.place, stack };
  }

  /**
   * Runs `pulumi` to its end. At the first interruption it cancels in good order, at the second at once; it is dead when
   * this settles, and its plugins end with it.
   *
   * @throws the interruption, when there was one
   */
  async run(args: readonly string[], options: CommandOptions = {}): Promise<CommandEnd> {
    this.interruption.signal.throwIfAborted();
    const started = performance.now();
    const child = this.start(args, options);
    this.pid = child.pid;
    const end: CommandEnd = { code: null, text: "", diagnostics: [], seconds: 0 };
    const take = (event: EngineEvent) => {
      if (event.diagnosticEvent) end.diagnostics.push(event.diagnosticEvent);
      options.onEvent?.(event);
    };
    const addText = (line: string) => void (end.text += `${line}\n`);
    const release = this.interruption.during({
      first: () => child.kill("SIGINT"),
      second: () => child.kill("SIGINT"),
      last: () => child.kill("SIGKILL"),
    });
    try {
      const reading = [child.stdout, child.stderr].map((stream) => stream && readEvents(stream, take, addText));
      const [code] = await Promise.all([exitOf(child), ...reading]);
      if (code === null) await new Promise((resolve) => setTimeout(resolve, settleMilliseconds));
      this.interruption.signal.throwIfAborted();
      return { ...end, code, seconds: (performance.now() - started) / 1000 };
    } finally {
      release();
      this.pid = undefined;
    }
  }

  private start(args: readonly string[], options: CommandOptions): ChildProcess {
    const { engine, project, environment, stack } = this.place;
    const child = spawn(path.join(engine, "bin", "pulumi"), [...args, "--stack", stack, "--non-interactive"], {
      cwd: project,
      env: { ...environment, ...options.environment },
      // A group of its own: a terminal's Ctrl-C would otherwise reach it as well and count as the second one.
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
    });
    child.stdin?.on("error", () => undefined).end(options.input);
    return child;
  }
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
}
