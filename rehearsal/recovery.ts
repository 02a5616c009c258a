import * as fs from "node:fs";
import * as path from "node:path";
import { adoption } from "./adoption";
import { deleteByHand, rollBackByHand } from "./byHand";
import { RELEASE } from "./clouds/kubernetes/release";
import { reasonsOf } from "./engine/reasons";
import { nameOf, pendingFrom, stateFrom } from "./engine/state";
import { CloudError } from "./provider/behaviour";
import { inventory, type InventoryItem, orphans } from "./provider/inventory";
import { leftovers } from "./report/leftovers";
import type { Stage } from "./stage";

/** How a stack was put in order after something went wrong. */
export interface Recovery {
  /** What was done, in order, a sentence each. */
  readonly steps: readonly string[];
  /** How often the command ran until it came to its end. */
  readonly runs: number;
  /** Why it did not come to its end. */
  readonly failure?: string;
}

/** What a recovery works on. */
export type Wreck = Pick<Stage, "runner" | "scratch">;

const mostRuns = 2;
const streaming = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };
const refresh = ["refresh", "--yes", "--skip-preview", "--clear-pending-creates", "--json", "--parallel", "512"];

/**
 * Does what an operator does by the runbooks when a command of the engine did not come to its end, and runs it again. The state
 * is never edited by hand.
 *
 * @param command the engine's command with its arguments, such as `["up", "--yes"]`
 * @param say is told of each step when it is done
 */
export async function recover(wreck: Wreck, command: readonly string[], say: (step: string) => void): Promise<Recovery> {
  const steps: string[] = [];
  const did = (step: string): void => {
    steps.push(step);
    say(step);
  };
  for (let runs = 1; ; runs++) {
    await putInOrder(wreck, command, did);
    const end = await wreck.runner.run([...command, "--json"], { environment: streaming });
    const failure = end.code === 0 ? undefined : reasonsOf(end).join("\n");
    did(`pulumi ${command[0]}: ${failure === undefined ? "came to its end" : `failed: ${failure}`}`);
    if (failure === undefined || runs === mostRuns) return { steps, runs, failure };
  }
}

/**
 * Everything that has to be done before the engine's command may run again.
 *
 * @param command that command with its arguments
 * @throws when something can't be put in order
 */
export async function putInOrder(wreck: Wreck, command: readonly string[], did: (step: string) => void): Promise<void> {
  const { runner, scratch } = wreck;
  for (const lock of locksIn(scratch.folder)) {
    await succeed(wreck, ["cancel", "--yes"]);
    did(`pulumi cancel: released the lock that a killed engine left behind (${path.basename(lock)})`);
  }
  const exported = (await runner.run(["stack", "export"])).text;
  const [pending, state] = [pendingFrom(exported), stateFrom(exported)];
  // A destroy makes nothing that could be left; of what lives in a cluster the state knows nothing before the cluster itself is gone.
  const strangers = command[0] === "destroy" ? [] : orphans(inventory(scratch.cloud), state);
  // What a controller made has no name of the stack's on it, and goes with what it was made for.
  const undeletable = await deleteAll(scratch.cloud, strangers.filter(({ urn }) => urn !== ""), did);
  for (const { provider, id } of inventory(scratch.cloud).filter(({ type, status }) => type === RELEASE && status === "updating")) {
    rollBackByHand(scratch.cloud, { provider, type: RELEASE, id });
    did(`helm rollback: ${id} was left in the middle of an upgrade`);
  }
  const vanished = leftovers(scratch.cloud, state).orphans.filter(({ knownTo }) => knownTo === "state");
  const reasons = [
    ...pending.map(({ type, resource }) => `${type} ${nameOf(resource.urn)}`),
    ...vanished.map(({ name }) => `${name} is gone from the cloud`),
  ];
  if (reasons.length > 0) {
    await succeed(wreck, refresh);
    did(`pulumi refresh --clear-pending-creates: ${reasons.join(", ")}`);
  }
  if (undeletable.length === 0) return;
  await succeed(wreck, adoption(scratch.folder, undeletable.map(({ item }) => item), state));
  for (const { item, refusal } of undeletable) did(`pulumi import: ${item.type} ${item.name} (${item.id}), which can't be deleted by hand: ${refusal}`);
}

/** What a cloud holds and nobody can delete. */
interface Undeletable {
  readonly item: InventoryItem;
  /** Why not, in the cloud's words. */
  readonly refusal: string;
}

// What stands on something else goes first; the cloud says which that is by refusing.
async function deleteAll(cloudFolder: string, items: readonly InventoryItem[], did: (step: string) => void): Promise<readonly Undeletable[]> {
  let left = items;
  while (left.length > 0) {
    const refused: Undeletable[] = [];
    for (const item of left) {
      try {
        await deleteByHand(cloudFolder, item);
        did(`deleted by hand: ${item.type} ${item.name} (${item.id}), which the state does not know`);
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        refused.push({ item, refusal: error.message });
      }
    }
    if (refused.length === left.length) return refused;
    left = refused.map(({ item }) => item);
  }
  return [];
}

async function succeed({ runner }: Wreck, command: readonly string[]): Promise<void> {
  const end = await runner.run(command, { environment: streaming });
  if (end.code !== 0) throw new Error(`pulumi ${command[0]} failed (exit code ${end.code}):\n${reasonsOf(end).join("\n")}`);
}

/** The lock files in an engine's folder. */
export function locksIn(folder: string): readonly string[] {
  const locks = path.join(folder, "state", ".pulumi", "locks");
  if (!fs.existsSync(locks)) return [];
  return fs.readdirSync(locks, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith(".json")).map((entry) => path.join(entry.parentPath, entry.name));
}
