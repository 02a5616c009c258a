import { MoodleSource } from "../../images/onThisMachine/moodleTree";
import { refuse, runSelection } from "../support/run/main";
import { selectionOf } from "../support/run/selection";

/** `npm run test:moodle`: the image with a real Moodle, whose source the environment names; one file at a time, since a node needs both processors. */
async function main(): Promise<void> {
  MoodleSource.ofEnvironment();
  await runSelection(selectionOf(["--lanes", "1", ...process.argv.slice(2)], __dirname));
}

main().catch(refuse);
