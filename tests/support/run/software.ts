import { moodleImage } from "../../../images/onThisMachine/moodleImage";
import type { Progress } from "../../../toolchain/setup/progress.cjs";
import { announced } from "./announced";
import { type Problem, problemsOf } from "./tools";

/** Gets the servers and builds the image once on each Debian, before several spec files would at the same time. */
export function obtainSoftware(): Promise<Problem[]> {
  const images = async (progress: Progress): Promise<void> => {
    for (const debian of ["trixie", "bookworm"] as const) await moodleImage({ debian }, progress);
  };
  return problemsOf({ "the image and what it talks to": images }, announced);
}
