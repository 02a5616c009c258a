/**
 * What a variable of the image may hold. Patterns are read by JavaScript and PHP alike and match the whole value, of a list each item;
 * `allowed` says the same in words.
 */
export type Value =
  | { readonly kind: "text" | "list"; readonly pattern: string; readonly allowed: string }
  | { readonly kind: "integer"; readonly least: number; readonly most?: number }
  | { readonly kind: "choice"; readonly of: readonly string[] };

const hostPattern = "[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?";

export const anything = text("[^\\x00-\\x1f\\x7f]+", "text of one line");
export const path = text("/[-A-Za-z0-9._/]*[-A-Za-z0-9._]", "an absolute path without a slash at its end");
export const host = text(hostPattern, "a host name or IPv4 address, without scheme and port");
export const hosts = list(hostPattern, "host names or IPv4 addresses, separated by commas");
export const ranges = list("[0-9a-fA-F.:]+/[0-9]{1,3}", "address ranges such as 10.0.0.0/16, separated by commas");
export const port = integer(1, 65535);
export const email = text("[^@\\s]+@[^@\\s]+", "an e-mail address");
export const url = text("https://[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]+)?", "https:// and a host in small letters, without a path and without a slash at its end");
export const version = text("[0-9]+\\.[0-9]+\\.[0-9]+", "a release as major.minor.point, for example 5.1.7");
export const language = text("[a-z]{2,3}(_[a-z0-9_]+)?", "a language code, for example en or pt_br");
export const userName = text("[-a-z0-9_.@]+", "small letters, digits and -_.@");
/** Moodle puts names of the database and its user into a connection string and escapes neither. */
export const databaseName = text("[^'\\\\\\s]+", "a name without spaces, quotes and backslashes");
export const keyPrefix = text("[-A-Za-z0-9_]+", "letters, digits, hyphens and underscores");
export const endpoint = text("https?://[^/\\s@]+", "an address with scheme and without a path");
export const storageAccount = text("[a-z0-9]{3,24}", "3 to 24 small letters and digits");
export const bucket = text("[A-Za-z0-9][-A-Za-z0-9._]+[A-Za-z0-9]", "at least 3 letters, digits, dots, hyphens and underscores");
export const objectPrefix = text("[^/\\s](\\S*[^/\\s])?/", "a folder with one slash at its end and none at its beginning");

export function choice(...of: readonly string[]): Value {
  return { kind: "choice", of };
}

export function integer(least: number, most?: number): Value {
  return { kind: "integer", least, ...(most !== undefined && { most }) };
}

/** @returns what is allowed, in words. */
export function allowedValues(value: Value): string {
  switch (value.kind) {
    case "choice":
      return value.of.join(", ");
    case "integer":
      return value.most === undefined ? `${value.least} or more` : `${value.least} to ${value.most}`;
    case "text":
    case "list":
      return value.allowed;
  }
}

function text(pattern: string, allowed: string): Value {
  return { kind: "text", pattern, allowed };
}

function list(pattern: string, allowed: string): Value {
  return { kind: "list", pattern, allowed };
}
