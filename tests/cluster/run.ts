import * as path from "node:path";
import { refuse, runSelection } from "../support/run/main";
import { selectionOf } from "../support/run/selection";

/** `npm run test:cluster`: a real Kubernetes of one node, and the chart on it; one file at a time, since a node needs both processors. */
async function main(): Promise<void> {
  const selection = selectionOf(["--lanes", "1", ...process.argv.slice(2)], __dirname);
  const everything = process.argv.length === 2;
  // Moodle itself, where there is a tree of it.
  if (everything && process.env["MOODLE_SOURCE"]) selection.files.push(path.join(__dirname, "../moodle/node.spec.ts"));
  await runSelection(selection);
}

main().catch(refuse);
