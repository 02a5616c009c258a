import { refuse, runSelection } from "../support/run/main";
import { selectionOf } from "../support/run/selection";

/** `npm run test:clouds`: on the other clouds and stacks what `npm test` shows on one. */
const main = async (): Promise<void> => runSelection(selectionOf(process.argv.slice(2), __dirname));

main().catch(refuse);
