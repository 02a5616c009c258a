import type { Output } from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import type { StatefulResource } from "../../components/config/groups/dataLoss";
import type { Scope } from "./scope";

/**
 * What Azure asks of names that are one for the whole world, or that it cuts no random end off itself:
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules
 */
const rules = {
  storageAccount: { most: 24, dashes: false },
  vault: { most: 24, dashes: true },
  registry: { most: 50, dashes: false },
  database: { most: 63, dashes: true },
  cache: { most: 60, dashes: true },
  /** Of the cluster, and of its address, which begins with it. */
  cluster: { most: 54, dashes: true },
} as const satisfies Readonly<Record<string, { readonly most: number; readonly dashes: boolean }>>;

export type NameKind = keyof typeof rules;

/** Hexadecimal digits at a name's end: a name that was taken once, also by what is deleted, is never asked for again. */
const suffixBytes = 4;

/**
 * Makes the name of something whose name is everybody's business.
 *
 * @param protectedBy what the named thing is: losing the name would replace it.
 */
export function createName(scope: Scope, kind: NameKind, role: string, protectedBy?: StatefulResource): Output<string> {
  const suffix = new RandomId(
    scope.named(role),
    { byteLength: suffixBytes },
    protectedBy === undefined ? scope.child() : scope.stateful(protectedBy),
  );
  return suffix.hex.apply((hex) => nameOf(kind, scope.named(role), hex));
}

/** @returns the name that a kind of resource may have: of lower case letters and digits, beginning with a letter. */
export function nameOf(kind: NameKind, wanted: string, suffix: string): string {
  const { most, dashes } = rules[kind];
  const separator = dashes ? "-" : "";
  const plain = wanted
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, separator)
    .replace(/^[^a-z]+/, "");
  const room = most - suffix.length - separator.length;
  const base = plain.slice(0, room).replace(/-+$/, "") || "x";
  return `${base}${separator}${suffix}`;
}
