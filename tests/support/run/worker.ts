import { lintProblems } from "./lint";
import { send, type Work } from "./message";
import { obtainNode } from "./node";
import { obtainPythonScanner, obtainScanners } from "./scanners";
import { obtainSoftware } from "./software";
import { runSpecs } from "./specs";
import { obtainTools } from "./tools";
import { typeProblems } from "./types";

/** How long a worker may take to end by itself after its last test, before what it left open is a failure. */
const graceSeconds = 8;
const heartbeatSeconds = 5;

interface Problem {
  readonly where: string;
  readonly what: string;
}

async function work(order: Work): Promise<void> {
  switch (order.kind) {
    case "types":
      return check("type check", typeProblems);
    case "lint":
      return check("lint", lintProblems);
    case "tools":
      return void (await problemsIn("tools", obtainTools));
    case "scannerTools":
      return void (await problemsIn("scanners", obtainScanners));
    case "pythonScanner":
      return void (await problemsIn("checkov", obtainPythonScanner));
    case "software":
      return void (await problemsIn("software", obtainSoftware));
    case "node":
      return void (await problemsIn("node", obtainNode));
    case "notRun":
      return send({ kind: process.env.CI ? "failed" : "notRun", title: order.title, detail: order.obstacle });
    case "specs":
      return runSpecs(order);
  }
}

/** A check passes as a whole. */
async function check(name: string, problemsOf: () => Promise<Problem[]>): Promise<void> {
  const start = Date.now();
  const failed = await problemsIn(name, problemsOf);
  const milliseconds = Date.now() - start;
  if (failed === 0) send({ kind: "passed", title: name, milliseconds });
  send({ kind: "finished", name, passed: failed === 0 ? 1 : 0, failed, milliseconds });
}

/** Each problem is a failure of its own. What only prepares is no test, and counts where it fails alone. */
async function problemsIn(name: string, problemsOf: () => Promise<Problem[]>): Promise<number> {
  send({ kind: "started", title: name });
  const problems = await problemsOf();
  for (const { where, what } of problems) send({ kind: "failed", title: `${name}: ${where}`, detail: what });
  return problems.length;
}

function failWhenLeftOpen(): void {
  setTimeout(() => {
    const open = process.getActiveResourcesInfo().filter((kind) => kind !== "Timeout" && kind !== "PipeWrap");
    send({ kind: "failed", title: "something was left open after the last test", detail: `still active: ${open.join(", ") || "a timer"}` });
    setImmediate(() => process.exit(1));
  }, graceSeconds * 1000).unref();
}

async function main(): Promise<void> {
  const heartbeat = setInterval(() => send({ kind: "alive" }), heartbeatSeconds * 1000);
  try {
    const [order] = process.argv.slice(2);
    await work(JSON.parse(order ?? "") as Work);
  } catch (error) {
    send({ kind: "failed", title: "the run itself", detail: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    process.exitCode = 1;
  }
  send({ kind: "through" });
  clearInterval(heartbeat);
  process.channel?.unref();
  failWhenLeftOpen();
}

void main();
