import type { Input } from "@pulumi/pulumi";

/** A value any part of which may become known only while the platform is built; the rest stays readable in a preview. */
export type Deferred<Value> = Input<
  Value extends readonly (infer Item)[]
    ? readonly Deferred<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]: Deferred<Value[Key]> }
      : Value
>;
