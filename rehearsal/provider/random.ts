import { createHash } from "node:crypto";

/** Values that look random and are the same for the same seed: ids and addresses of simulated objects, never secrets. */
export class SeededRandom {
  private counter = 0;

  constructor(private readonly seed: string) {}

  /** A value of its own for each `purpose`, whatever was asked before. Most behaviours want this. */
  for(purpose: string): SeededRandom {
    return new SeededRandom(`${this.seed}\0${purpose}`);
  }

  hex(length: number): string {
    let digits = "";
    while (digits.length < length) digits += this.digest().toString("hex");
    return digits.slice(0, length);
  }

  digits(length: number): string {
    return this.characters(length, "0123456789");
  }

  /** Lower-case letters and digits, as in many cloud ids. */
  alphanumeric(length: number): string {
    return this.characters(length, "abcdefghijklmnopqrstuvwxyz0123456789");
  }

  characters(length: number, alphabet: string): string {
    return Array.from({ length }, () => alphabet[this.integer(alphabet.length)]).join("");
  }

  /** A whole number from 0 to `below` - 1. */
  integer(below: number): number {
    return this.digest().readUInt32BE(0) % below;
  }

  uuid(): string {
    const hex = this.hex(32);
    const variant = "89ab"[this.integer(4)];
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  private digest(): Buffer {
    return createHash("sha256").update(`${this.seed}\0${this.counter++}`).digest();
  }
}
