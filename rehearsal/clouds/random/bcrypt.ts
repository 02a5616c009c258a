import { randomBytes } from "node:crypto";

const ROUNDS = 16;
const P_WORDS = ROUNDS + 2;
const S_WORDS = 1024;
const ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const MAGIC = "OrpheanBeholderScryDoubt";

/**
 * The bcrypt hash of a password in the form `$2a$10$…`, as the random provider gives it (golang.org/x/crypto/bcrypt, default
 * cost). Only the first 72 bytes count.
 *
 * @param cost the number of key expansions as a power of two; 10 takes some tens of milliseconds
 */
export function bcrypt(password: string, cost = 10, salt: Buffer = randomBytes(16)): string {
  const key = words(Buffer.concat([Buffer.from(password), Buffer.alloc(1)]).subarray(0, 72), P_WORDS);
  const salted = words(salt, P_WORDS);
  const state = initialState();
  expand(state, key, salted);
  for (let round = 0; round < 2 ** cost; round++) {
    expand(state, key, undefined);
    expand(state, salted, undefined);
  }
  const block = words(Buffer.from(MAGIC), MAGIC.length / 4);
  for (let index = 0; index < block.length; index += 2) {
    for (let times = 0; times < 64; times++) encipher(state, block, index);
  }
  const digest = Buffer.alloc(MAGIC.length);
  block.forEach((word, index) => digest.writeInt32BE(word, index * 4));
  return `$2a$${String(cost).padStart(2, "0")}$${encoded(salt)}${encoded(digest.subarray(0, 23))}`;
}

interface Blowfish {
  readonly p: Int32Array;
  readonly s: Int32Array;
}

let digits: Int32Array | undefined;

function initialState(): Blowfish {
  digits ??= fractionOfPi(P_WORDS + S_WORDS);
  return { p: digits.slice(0, P_WORDS), s: digits.slice(P_WORDS) };
}

// Blowfish starts from the binary digits of pi after the point. By Machin's formula they take a few milliseconds, which is
// shorter to read than four thousand bytes of table.
function fractionOfPi(count: number): Int32Array {
  const guard = 64n;
  const bits = BigInt(count * 32) + guard;
  const arctanOfInverse = (x: bigint): bigint => {
    let power = (1n << bits) / x;
    let sum = power;
    for (let n = 3n, sign = -1n; power > 0n; n += 2n, sign = -sign) {
      power /= x * x;
      sum += (sign * power) / n;
    }
    return sum;
  };
  const pi = 4n * (4n * arctanOfInverse(5n) - arctanOfInverse(239n));
  const hex = ((pi - (3n << bits)) >> guard).toString(16).padStart(count * 8, "0");
  return Int32Array.from({ length: count }, (_, index) => Number.parseInt(hex.slice(index * 8, index * 8 + 8), 16));
}

function expand(state: Blowfish, key: Int32Array, salt: Int32Array | undefined): void {
  const { p, s } = state;
  for (let index = 0; index < P_WORDS; index++) p[index] = word(p, index) ^ word(key, index);
  const block = new Int32Array(2);
  let next = 0;
  for (const target of [p, s]) {
    for (let index = 0; index < target.length; index += 2) {
      if (salt !== undefined) {
        block[0] = word(block, 0) ^ word(salt, next % 4);
        block[1] = word(block, 1) ^ word(salt, (next + 1) % 4);
        next += 2;
      }
      encipher(state, block, 0);
      target[index] = word(block, 0);
      target[index + 1] = word(block, 1);
    }
  }
}

function encipher({ p, s }: Blowfish, block: Int32Array, at: number): void {
  let left = word(block, at) ^ word(p, 0);
  let right = word(block, at + 1);
  for (let round = 1; round <= ROUNDS; round += 2) {
    right ^= mixed(s, left) ^ word(p, round);
    left ^= mixed(s, right) ^ word(p, round + 1);
  }
  block[at] = right ^ word(p, ROUNDS + 1);
  block[at + 1] = left;
}

function mixed(s: Int32Array, x: number): number {
  const sum = (word(s, x >>> 24) + word(s, 256 + ((x >>> 16) & 255))) | 0;
  return ((sum ^ word(s, 512 + ((x >>> 8) & 255))) + word(s, 768 + (x & 255))) | 0;
}

function word(array: Int32Array, index: number): number {
  return array[index] as number;
}

// Big-endian words, starting over where the bytes end.
function words(bytes: Buffer, count: number): Int32Array {
  const byte = (index: number): number => bytes[index % bytes.length] ?? 0;
  return Int32Array.from({ length: count }, (_, index) => {
    const at = index * 4;
    return (byte(at) << 24) | (byte(at + 1) << 16) | (byte(at + 2) << 8) | byte(at + 3);
  });
}

// Base64 with bcrypt's own alphabet and without padding.
function encoded(bytes: Buffer): string {
  const standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return [...bytes.toString("base64").replace(/=+$/, "")].map((letter) => ALPHABET[standard.indexOf(letter)]).join("");
}
