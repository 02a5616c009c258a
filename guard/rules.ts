/** What may be found. */
export type FindingKind =
  | "locked"
  | "pending create"
  | "pending update"
  | "pending delete"
  | "pending read"
  | "pending import"
  | "pending operation"
  | "unknown to the state"
  | "still to be deleted"
  | "still to be replaced"
  | "not ready"
  | "release not ready";

/** What a kind of finding means for the next `up`. */
interface Rule {
  readonly refuses: boolean;
  readonly meaning: string;
  readonly remedy: (stack: string) => readonly string[];
  /** Of docs/runbooks. */
  readonly runbook: string;
}

const refresh = (stack: string) => [`pulumi refresh --stack ${stack}`];
const up = (stack: string) => [`pulumi up --stack ${stack}`];

/**
 * Refused is what an `up` makes worse: it creates anew what it does not know. What it finishes by itself is only told.
 */
export const rules: Readonly<Record<FindingKind, Rule>> = {
  locked: {
    refuses: true,
    meaning: "Another update is running, or was killed while it ran. While it runs, what it does is pending below.",
    remedy: (stack) => ["Make sure that nobody's update runs.", `pulumi cancel --stack ${stack}`],
    runbook: "stale-lock",
  },
  "pending create": {
    refuses: true,
    meaning: "The engine died while it created this: it may exist without the state knowing. An up creates another one.",
    remedy: (stack) => [`pulumi refresh --stack ${stack} --clear-pending-creates`, `npm run guard -- --stack ${stack}`],
    runbook: "pending-creates",
  },
  "pending update": pending("changed", "The state says what it was before."),
  "pending delete": pending("deleted", "It may be gone, and the state still has it."),
  "pending read": pending("read", "Nothing changed in the cloud."),
  "pending import": pending("imported", "Nothing changed in the cloud."),
  "pending operation": pending("worked on", "It may differ from what the state says."),
  "unknown to the state": {
    refuses: true,
    meaning: "It exists under the stack's tags, and the state does not know it. An up makes another one, or fails on its name.",
    remedy: (stack) => [
      "Ask again in some minutes if it was deleted just now: a cloud lists what is gone for a while.",
      "Delete it in the cloud if it holds nothing; else let the state know it as the runbook says.",
      `npm run guard -- --stack ${stack}`,
    ],
    runbook: "provider-died",
  },
  "still to be deleted": {
    refuses: false,
    meaning: "Its replacement exists. The next up deletes the old one.",
    remedy: up,
    runbook: "half-replaced",
  },
  "still to be replaced": {
    refuses: false,
    meaning: "It was deleted to be replaced. The next up creates the new one.",
    remedy: up,
    runbook: "half-replaced",
  },
  "not ready": {
    refuses: false,
    meaning: "It exists and did not become ready. The next up updates it.",
    remedy: up,
    runbook: "partial-creates",
  },
  "release not ready": {
    refuses: false,
    meaning: "The release was installed and its pods did not become ready. The next up upgrades it.",
    remedy: up,
    runbook: "release-not-ready",
  },
};

function pending(done: string, consequence: string): Rule {
  return {
    refuses: true,
    meaning: `The engine died while it ${done} this. ${consequence}`,
    remedy: refresh,
    runbook: "pending-creates",
  };
}
