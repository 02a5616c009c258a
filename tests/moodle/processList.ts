import * as fs from "node:fs";

const everyMilliseconds = 200;

/** The arguments of every process of this machine that lived long enough to be seen. */
export class ProcessList {
  private readonly lines = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  watch(): void {
    this.timer = setInterval(() => this.look(), everyMilliseconds);
  }

  end(): void {
    clearInterval(this.timer);
  }

  get seen(): readonly string[] {
    return [...this.lines];
  }

  private look(): void {
    for (const pid of fs.readdirSync("/proc")) if (/^\d+$/.test(pid)) this.lines.add(argumentsOf(pid));
  }
}

function argumentsOf(pid: string): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    // It ended in between.
    return "";
  }
}
