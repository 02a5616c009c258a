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

/**
 * What a copy of a generated secret looks like. With anything else in its place nobody could log in to a restored site, and its
 * encrypted settings would be lost.
 */
const copies: Partial<Record<string, { readonly form: (text: string) => boolean; readonly words: string }>> = {
  encryptionKey: { form: (text) => /^[!-~]{32}$/.test(text), words: "32 characters without spaces" },
  passwordPeppers: { form: isPeppers, words: 'a group of numbers and texts in JSON, such as {"1":"…"}' },
};

function isPeppers(text: string): boolean {
  try {
    const entries = Object.entries(JSON.parse(text) as object);
    return entries.length > 0 && entries.every(([number, pepper]) => /^[1-9]\d*$/.test(number) && typeof pepper === "string" && pepper.length >= 16);
  } catch {
    return false;
  }
}

/** @returns a problem for each secret in clear text, and for each encrypted key that is none. */
export function secretProblems(raw: RawConfig, known: readonly string[]): Problem[] {
  return Object.entries(raw.values).flatMap(([key, text]) => {
    const name = ownName(key);
    if (name === undefined) return isSecretName(key) && !raw.isSecret(key) ? [inClearText(key)] : [];
    if (name in secretKeys) {
      if (!raw.isSecret(key)) return [inClearText(key)];
      if (text === "") return [empty(key)];
      const copy = copies[name];
      return copy === undefined || copy.form(text) ? [] : [noCopy(key, copy.words)];
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

function noCopy(key: string, words: string): Problem {
  return {
    key,
    message: `is not what a copy in the cloud's secret store holds; allowed is ${words}`,
    remedy: `pulumi config set --secret ${key}, with the copy exactly as it is`,
  };
}

function needlesslyEncrypted(key: string): Problem {
  return {
    key,
    message: `is encrypted, or a part of it is; only ${secretsInWords} may be, because one encrypted part makes all of a group secret`,
    remedy: `${removeCommand(key)}; then set it again without --secret`,
  };
}
