import { refuse, runSelection } from "../support/run/main";
import { selectionOf } from "../support/run/selection";
import { MoodleSource } from "./source";

/** `npm run test:moodle`: the image with a real Moodle, whose source the environment names. */
async function main(): Promise<void> {
  MoodleSource.ofEnvironment();
  await runSelection(selectionOf(process.argv.slice(2), __dirname));
}

main().catch(refuse);
