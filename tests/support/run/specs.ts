import * as path from "node:path";
import { format } from "node:util";
import Mocha from "mocha";
import { type Filter, send } from "./message";
import { repository } from "./tiers";

/**
 * Runs spec files and tells every outcome. Nothing drops out silently: a skipped test, one that a failed hook kept from
 * running, and a file without tests are failures.
 */
export async function runSpecs(order: { files: string[]; timeoutSeconds: number; filter: Filter }): Promise<void> {
  const mocha = new Mocha({ timeout: order.timeoutSeconds * 1000, color: false, forbidOnly: true, ui: "bdd", reporter: Telling });
  mocha.cleanReferencesAfterRun(false);
  order.files.forEach((file) => mocha.addFile(file));
  mocha.grep(new RegExp(order.filter.pattern));
  if (order.filter.invert) mocha.invert();
  const rejections = new Set<unknown>();
  process.on("unhandledRejection", (reason) => rejections.add(reason));
  await new Promise<number>((resolve) => mocha.run(resolve));
  const withTests = new Set(allTests(mocha.suite).map(fileOf));
  for (const file of order.files.filter((one) => !withTests.has(one))) {
    send({ kind: "failed", title: relative(file), detail: "the file holds no test" });
  }
  for (const test of allTests(mocha.suite).filter((one) => one.state === undefined && !one.isPending() && wanted(one, order.filter))) {
    send({ kind: "failed", title: titleOf(test), detail: "the test did not run: a hook before it failed" });
  }
  for (const reason of rejections) {
    const detail = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    send({ kind: "failed", title: "a promise was rejected and nothing waited for it", detail });
  }
}

/** Turns mocha's events into messages. */
class Telling extends Mocha.reporters.Base {
  private current: { file: string; passed: number; failed: number; start: number } | undefined;

  constructor(runner: Mocha.Runner) {
    super(runner);
    runner.on("test", (test) => {
      this.count(test);
      send({ kind: "started", title: titleOf(test) });
    });
    runner.on("pass", (test) => {
      this.count(test).passed += 1;
      send({ kind: "passed", title: titleOf(test), milliseconds: test.duration ?? 0 });
    });
    runner.on("pending", (test) => {
      this.count(test).failed += 1;
      send({ kind: "failed", title: titleOf(test), detail: "the test is skipped; nothing may be skipped silently" });
    });
    runner.on("fail", (test, error: Error) => {
      this.count(test).failed += 1;
      send({ kind: "failed", title: titleOf(test), detail: explained(test, error) });
    });
    runner.on("end", () => this.finish());
  }

  // Mocha runs one file after the other, so a test of another file ends the one before.
  private count(test: Mocha.Runnable): { passed: number; failed: number } {
    const file = fileOf(test);
    if (this.current?.file !== file) this.finish();
    this.current ??= { file, passed: 0, failed: 0, start: Date.now() };
    return this.current;
  }

  private finish(): void {
    if (this.current === undefined) return;
    const { file, passed, failed, start } = this.current;
    this.current = undefined;
    send({ kind: "finished", name: relative(file), passed, failed, milliseconds: Date.now() - start });
  }
}

// Mocha's own rendering, with the difference between expected and actual.
function explained(test: Mocha.Test, error: Error): string {
  const { Base } = Mocha.reporters;
  const lines: string[] = [];
  const print = Base.consoleLog;
  Base.consoleLog = (...args: unknown[]) => void lines.push(format(...args));
  try {
    test.err = error;
    Base.list([test]);
  } finally {
    Base.consoleLog = print;
  }
  return lines.join("\n").replace(/^\s*\n/, "").split("\n").slice(1 + titleLines(test)).join("\n");
}

function titleLines(test: Mocha.Runnable): number {
  return test.titlePath().length - 1;
}

function allTests(suite: Mocha.Suite): Mocha.Test[] {
  return [...suite.tests, ...suite.suites.flatMap(allTests)];
}

function wanted(test: Mocha.Test, filter: Filter): boolean {
  return new RegExp(filter.pattern).test(test.fullTitle()) !== filter.invert;
}

function titleOf(test: Mocha.Runnable): string {
  return `${relative(fileOf(test))} › ${test.titlePath().join(" › ")}`;
}

function fileOf(test: Mocha.Runnable): string {
  return test.file ?? test.parent?.file ?? "";
}

function relative(file: string): string {
  return path.relative(repository, file);
}
