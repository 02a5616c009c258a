import { namespace, ownName, type RawConfig } from "./given";
import { removeCommand, type Problem } from "./problem";
import { secretKeys } from "./schema";

/** Names that a password, token or key is kept under, at the end of a key's own name. */
const secretName = /(pass|passwd|passwords?|passphrase|pwd?|pw|secret|secretkey|token|apikey|api_key|privatekey|credentials?)$/i;

/** Whether something under this name is a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** A user and password in an address, a private key, an access key of a cloud. */
const tellTales = [/[^\s:@/]+:[^\s@/]+@/, /-----BEGIN/, /\bA(KIA|SIA)[A-Z0-9]{16}\b/];
const longWord = /[A-Za-z0-9+/_-]{32,}/;

/** Whether a text looks like a secret by itself. Such a text is never printed. */
export function looksSecret(text: string): boolean {
  const word = longWord.exec(text)?.[0] ?? "";
  const random = /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word);
  return random || tellTales.some((tellTale) => tellTale.test(text));
}

/** The declared secrets, as the operator writes them. */
export const secretsInWords = Object.keys(secretKeys)
  .map((name) => namespace + name)
  .join(", ");

/** @returns a problem for each secret in clear text, and for each encrypted key that is none. */
export function secretProblems(raw: RawConfig, known: readonly string[]): Problem[] {
  return Object.entries(raw.values).flatMap(([key, text]) => {
    const name = ownName(key);
    if (name === undefined) return isSecretName(key) && !raw.isSecret(key) ? [inClearText(key)] : [];
    if (name in secretKeys) {
      if (!raw.isSecret(key)) return [inClearText(key)];
      return text === "" ? [empty(key)] : [];
    }
    return raw.isSecret(key) && known.includes(name) ? [needlesslyEncrypted(key)] : [];
  });
}

function inClearText(key: string): Problem {
  return {
    key,
    message: "is a secret and stands in clear text in the stack file; change it where it comes from, it may have been read",
    remedy: `pulumi config set --secret ${key}`,
  };
}

function empty(key: string): Problem {
  return { key, message: "is encrypted, but empty", remedy: `pulumi config set --secret ${key}` };
}

function needlesslyEncrypted(key: string): Problem {
  return {
    key,
    message: `is encrypted, or a part of it is; only ${secretsInWords} may be, because one encrypted part makes all of a group secret`,
    remedy: `${removeCommand(key)}; then set it again without --secret`,
  };
}
