import type { Progress } from "../../../toolchain/setup/progress.cjs";
import { send } from "./message";

/** Tells the run what takes its time. */
export const announced: Progress = {
  say: (line) => send({ kind: "started", title: line }),
  during: (what, work) => {
    send({ kind: "started", title: what });
    return work(() => undefined);
  },
};
