import { CloudError, type CloudObject, type Context } from "../../provider/behaviour";
import { text } from "../../provider/properties";
import { liveOf } from "../reference";
import { isBelow } from "./arm";
import * as tokens from "./tokens";

/** @throws CloudError where a lock on the resource, on what it is in, or on something inside it forbids to delete it. */
export function refuseLocked(object: CloudObject, context: Context): void {
  if (object.type === tokens.LOCK) return;
  const locks = liveOf(context, tokens.LOCK).map(({ outputs }) => text(outputs, "scope") ?? "");
  const scope = locks.find((locked) => isBelow(object.id, locked) || isBelow(locked, object.id));
  if (scope === undefined) return;
  throw new CloudError("ScopeLocked", `The scope '${object.id}' cannot perform delete operation because following scope(s) are locked: '${scope}'. Please remove the lock and try again.`);
}
