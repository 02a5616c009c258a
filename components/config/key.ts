import type { z } from "zod";

/** What changing a key on a live stack does, as `docs/configuration.md` prints it. */
export interface Change {
  /**
   * - `none`: nothing in the cloud changes.
   * - `in place`: resources are updated; users see nothing.
   * - `users notice`: resources are updated with an interruption or a visible difference, named in `note`.
   * - `replaces`: something without data is replaced; `note` names it.
   * - `refused`: the change would lose data or move the site, and is refused; `note` names the way to do it.
   */
  readonly effect: "none" | "in place" | "users notice" | "replaces" | "refused";
  readonly note?: string;
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

export function refused(note: string): Change {
  return { effect: "refused", note };
}
