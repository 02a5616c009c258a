import type { z } from "zod";
import type { StatefulResource } from "./groups/dataLoss";

/** What changing a key on a live stack does, as `docs/configuration.md` prints it. */
export interface Change {
  /**
   * - `none`: nothing in the cloud changes.
   * - `in place`: resources are updated; users see nothing.
   * - `users notice`: resources are updated with an interruption or a visible difference, named in `note`.
   * - `replaces`: something without data is replaced; `note` names it.
   * - `refused`: the change would lose data or move the site, and is refused; `note` says why, or names the way to do it.
   */
  readonly effect: "none" | "in place" | "users notice" | "replaces" | "refused";
  readonly note?: string;
  readonly held?: Held;
}

/** What a live stack does not let go of. Anything but that is a problem before anything is touched. */
export interface Held {
  /**
   * - `value`: no change is allowed, unless somebody consents to lose all it would cost.
   * - `on`: the same, but only for switching it off.
   * - `size`: it never gets smaller.
   * - `version`: it never goes down.
   * - `minor version`: nor up by more than one step.
   */
  readonly as: "value" | "on" | "size" | "version" | "minor version";
  /** What it is a property of, and what a change of the value would cost; held while the stack has any of it. Default: all. */
  readonly of?: readonly StatefulResource[];
}

declare module "zod" {
  interface GlobalMeta {
    change?: Change;
  }
}

/** Adds to a key's type the sentence and the consequence that the reference, the editor's completion and the tests read. */
export function key<Schema extends z.ZodType>(schema: Schema, description: string, change: Change): Schema {
  return schema.meta({ description, change }) as Schema;
}

export const none: Change = { effect: "none" };
export const inPlace: Change = { effect: "in place" };

export function usersNotice(note: string): Change {
  return { effect: "users notice", note };
}

export function replaces(note: string): Change {
  return { effect: "replaces", note };
}

/** @param of what changing it would cost. Default: everything. */
export function refused(note: string, of?: readonly StatefulResource[]): Change {
  return { effect: "refused", note, held: { as: "value", of } };
}

/** @returns the change, as far as a live stack allows it. */
export function held(change: Change, as: Held["as"], of?: readonly StatefulResource[]): Change {
  return { ...change, held: { as, of } };
}
