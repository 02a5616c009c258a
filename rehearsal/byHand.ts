import { instantClock } from "./clock/client";
import { CloudError, type CloudObject, type Context } from "./provider/behaviour";
import { takeAway } from "./provider/operations";
import type { Properties } from "./provider/properties";
import { Session } from "./provider/session";
import { type Store, storesOf } from "./provider/store";
import { cloudOf } from "./simulatedClouds";

/** An object in a simulated cloud, as a person points at it. */
export interface Pointed {
  /** `aws` */
  readonly provider: string;
  readonly type: string;
  readonly id: string;
}

/** What a person ticks in a console before a deletion, or in its dialogue. */
const ticked: Properties = {
  deletionProtection: false,
  deletionProtectionEnabled: false,
  finalSnapshotIdentifier: undefined,
  forceDelete: true,
  forceDestroy: true,
  recoveryWindowInDays: 0,
  skipFinalSnapshot: true,
};

/**
 * Deletes an object in the cloud's console, with what came with it. One that is not there any more is no error.
 *
 * @throws CloudError when the cloud refuses, because something else still needs it; or when it would keep the name, so that
 * nobody could make the same again
 */
export async function deleteByHand(cloudFolder: string, pointed: Pointed): Promise<void> {
  const [store, found] = foundIn(cloudFolder, pointed);
  if (store === undefined || found === undefined) return;
  const stored = { ...found, inputs: { ...found.inputs, ...ticked }, outputs: { ...found.outputs, ...ticked } };
  const session = new Session(cloudOf(pointed.provider), cloudFolder, instantClock());
  session.store = store;
  const call = await session.clock.begin();
  const context = session.context({ ...stored, previous: stored.outputs }, call, []);
  refuseTakenName(session, stored, context);
  await session.behaviourOf(stored.type)?.beforeDelete?.(stored, context);
  takeAway(session, stored, context);
}

/** Ends an update that nobody finishes by going back to what was there before, as `helm rollback` does. */
export function rollBackByHand(cloudFolder: string, pointed: Pointed): void {
  const [store, found] = foundIn(cloudFolder, pointed);
  if (store !== undefined && found?.status === "updating") store.put({ ...found, status: "ready" });
}

function refuseTakenName(session: Session, stored: CloudObject, context: Context): void {
  const left = session.behaviourOf(stored.type)?.retainedOnDelete?.(stored, context) ?? [];
  if (stored.uniqueKey === undefined || !left.some(({ type, id }) => type === stored.type && id === stored.id)) return;
  throw new CloudError("", `the name of ${stored.id} would stay taken after its deletion`);
}

function foundIn(cloudFolder: string, { provider, type, id }: Pointed): readonly [Store, CloudObject] | readonly [] {
  for (const store of storesOf(cloudFolder, provider)) {
    const found = store.get(type, id);
    if (found !== undefined && found.retained === undefined) return [store, found];
  }
  return [];
}
