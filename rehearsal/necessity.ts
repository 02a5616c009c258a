/**
 * What a cloud itself demands before one of its objects can be made, whoever makes it. Deliberately not what our program
 * says: the lower bound made from it tells how much the program's own ordering costs.
 */
export interface Necessity {
  /** Type token; a `*` at the end stands for any. */
  type: string;
  /** Only objects whose logical name ends so, where a type is used for different things. Default: all of the type. */
  nameEnds?: string;
  /** Types of which one object must be ready before. */
  needs: readonly string[];
  /** The same for objects of a type that is used for different things: their logical names end so. */
  needsNamed?: { readonly type: string; readonly nameEnds: string };
}
