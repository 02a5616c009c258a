import type { View } from "../../rehearsal/progress/view";

/** Says nothing. */
export const silent: View = {
  say: () => undefined,
  during: (_what, work) => work(() => undefined),
  begin: () => undefined,
  event: () => undefined,
  end: () => undefined,
};
