import type { Message } from "./message";

/** After this long without news a line says what is still running. */
const silenceSeconds = 20;

/** Prints a run as it goes, and what failed once more at its end. */
export class Report {
  passed = 0;
  readonly failures: { title: string; detail: string }[] = [];
  private readonly notRun: string[] = [];
  private readonly start = Date.now();
  private readonly busy = new Map<string, { title: string; since: number }>();
  private lastLine = Date.now();
  private readonly clock = setInterval(() => this.sayWhatRuns(), 1000);

  constructor(
    private readonly everyTest: boolean,
    private readonly write: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
  ) {}

  take(worker: string, message: Message): void {
    switch (message.kind) {
      case "started":
        this.busy.set(worker, { title: message.title, since: Date.now() });
        return;
      case "passed":
        this.passed += 1;
        if (this.everyTest) this.print(`  ✔ ${message.title} (${duration(message.milliseconds)})`);
        return;
      case "failed":
        this.failures.push(message);
        this.print(`  ✘ ${message.title}`);
        return;
      case "notRun":
        this.notRun.push(`NOT RUN: ${message.title}: ${message.detail}`);
        this.print(this.notRun.at(-1) ?? "");
        return;
      case "printed":
        this.print(message.text.trimEnd());
        return;
      case "finished":
        this.print(`${message.failed === 0 ? "✔" : "✘"} ${message.name}  ${tally(message)}  ${duration(message.milliseconds)}`);
        return;
      case "alive":
      case "through":
    }
  }

  ended(worker: string): void {
    this.busy.delete(worker);
  }

  /** The last line is the one that programs read. */
  close(): void {
    clearInterval(this.clock);
    if (this.passed + this.failures.length === 0) this.failures.push({ title: "the selection", detail: "no test matches it" });
    this.failures.forEach(({ title, detail }, index) => {
      this.print(`\n${index + 1}) ${title}\n${detail.replace(/^/gm, "   ").trimEnd()}`);
    });
    if (this.notRun.length > 0) this.print(`\n${this.notRun.join("\n")}`);
    this.print(`\n${duration(Date.now() - this.start)}`);
    this.print(`${this.passed} passed, ${this.failures.length} failed`);
  }

  private sayWhatRuns(): void {
    if (Date.now() - this.lastLine < silenceSeconds * 1000) return;
    for (const { title, since } of this.busy.values()) this.print(`  … ${title} (${duration(Date.now() - since)})`);
  }

  private print(text: string): void {
    this.lastLine = Date.now();
    this.write(text);
  }
}

function tally(counts: { passed: number; failed: number }): string {
  return counts.failed === 0 ? `${counts.passed} passed` : `${counts.passed} passed, ${counts.failed} failed`;
}

function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`;
}
