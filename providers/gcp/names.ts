import { createHash } from "node:crypto";

/**
 * How long a name may be, by what it names. All are lower-case letters, digits and dashes, begin with a letter and do not
 * end with a dash; what is not listed may have 63 characters.
 * https://cloud.google.com/iam/docs/service-accounts-create (6 to 30), https://cloud.google.com/kubernetes-engine/quotas (40),
 * https://cloud.google.com/memorystore/docs/redis/reference/rest/v1/projects.locations.instances/create (40),
 * https://cloud.google.com/storage/docs/buckets#naming (63, and unique in the world).
 */
export const longest = { account: 30, cluster: 40, cache: 40, other: 63 } as const;

export type NameKind = keyof typeof longest;

/** A dash and the eight digits that tell one platform's names from another's. */
const suffixLength = 9;

/** Six digits of a digest keep apart what shortening would make the same. */
const digestLength = 6;

/**
 * The part of a name in the cloud before its suffix.
 *
 * @param logical the resource's name in the program, whatever stands in it.
 */
export function baseName(logical: string, kind: NameKind): string {
  const most = longest[kind] - suffixLength;
  if (plain.test(logical) && logical.length <= most && !reserved.test(logical)) return logical;
  const digest = createHash("sha256").update(logical).digest("hex").slice(0, digestLength);
  const readable = `p-${slug(logical)}`.slice(0, most - digestLength - 1).replace(/-+$/, "");
  return `${reserved.test(readable) ? "p" : readable}-${digest}`;
}

/** A label's value: small letters, digits, dashes and underscores, https://cloud.google.com/resource-manager/docs/labels-overview */
export function labelValue(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9_-]/g, "-").slice(0, 63);
}

/** `databasePassword` is `database-password`: names in the cloud have no capitals. */
export function dashed(name: string): string {
  return slug(name.replace(/[A-Z]/g, (letter) => `-${letter}`));
}

/** The letters and digits of a text, as names may have them. */
export function slug(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

const plain = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;

/** Buckets may not have the word in their names, nor what looks like it. */
const reserved = /g[o0]{2}g/;
