import { refuse, runSelection } from "./support/run/main";
import { selectionOf } from "./support/run/selection";

/** `npm test`: type check, lint and every test, or the tests a person names. */
const main = async (): Promise<void> => runSelection(selectionOf(process.argv.slice(2)));

main().catch(refuse);
