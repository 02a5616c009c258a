import { Interruption } from "../../../rehearsal/interruption";

/** Has something rehearsed that nobody is going to interrupt. */
export async function uninterrupted<Result>(rehearse: (interruption: Interruption) => Promise<Result>): Promise<Result> {
  const interruption = new Interruption();
  try {
    return await rehearse(interruption);
  } finally {
    interruption.close();
  }
}
