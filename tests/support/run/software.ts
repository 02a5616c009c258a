import { moodleImage } from "../../images/support/moodleImage";
import { announced } from "./announced";

/** Gets the servers and builds the image once on each Debian, before several spec files would at the same time. */
export async function obtainSoftware(): Promise<{ where: string; what: string }[]> {
  try {
    for (const debian of ["trixie", "bookworm"] as const) await moodleImage({ debian }, announced);
    return [];
  } catch (error) {
    return [{ where: "the image and what it talks to", what: error instanceof Error ? error.message : String(error) }];
  }
}
