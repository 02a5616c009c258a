import { text } from "../../provider/properties";
import type { Answer } from "./api";
import { taggedWith, type Tagged } from "./tagged";
import * as tokens from "./tokens";

const NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/";

/** ListRoles: everybody's, without their tags. */
export function roles(cloudFolder: string, { Marker = "0" }: { readonly Marker?: string }, pageSize: number): Answer {
  const all = rolesIn(cloudFolder);
  const [start, end] = [Number(Marker), Number(Marker) + pageSize];
  const members = all.slice(start, end).map(
    ({ arn, object }) =>
      `<member><Path>/</Path><RoleName>${object.id}</RoleName><RoleId>${object.id}</RoleId><Arn>${arn}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate></member>`,
  );
  const more = end < all.length;
  return result("ListRoles", `<Roles>${members.join("")}</Roles><IsTruncated>${more}</IsTruncated>${more ? `<Marker>${end}</Marker>` : ""}`);
}

/** ListRoleTags of one role. */
export function rolesTags(cloudFolder: string, { RoleName }: { readonly RoleName: string }): Answer {
  const role = rolesIn(cloudFolder).find(({ object }) => text(object.outputs, "name") === RoleName);
  if (role === undefined) return { status: 404, code: "NoSuchEntity", message: `The role with name ${RoleName} cannot be found.` };
  const members = Object.entries(role.tags).map(([key, value]) => `<member><Key>${escaped(key)}</Key><Value>${escaped(value)}</Value></member>`);
  return result("ListRoleTags", `<Tags>${members.join("")}</Tags><IsTruncated>false</IsTruncated>`);
}

function rolesIn(cloudFolder: string): readonly Tagged[] {
  return taggedWith({}, cloudFolder).filter(({ object }) => object.type === tokens.ROLE);
}

function result(action: string, content: string): string {
  return `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${content}</${action}Result></${action}Response>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
