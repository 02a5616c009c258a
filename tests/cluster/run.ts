import { refuse, runSelection } from "../support/run/main";
import { selectionOf } from "../support/run/selection";

/** `npm run test:cluster`: a real Kubernetes of one node, and the chart on it; one file at a time, since a node needs both processors. */
const main = async (): Promise<void> => runSelection(selectionOf(["--lanes", "1", ...process.argv.slice(2)], __dirname));

main().catch(refuse);
