/** The little of ASN.1's distinguished encoding (X.690) that a certificate is written in. */

export function tagged(tag: number, ...contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag, ...length(body.length)]), body]);
}

function length(bytes: number): number[] {
  if (bytes < 0x80) return [bytes];
  return bytes < 0x100 ? [0x81, bytes] : [0x82, bytes >> 8, bytes & 0xff];
}

export function sequence(...members: readonly Buffer[]): Buffer {
  return tagged(0x30, ...members);
}

export function set(...members: readonly Buffer[]): Buffer {
  return tagged(0x31, ...members);
}

/** @param bytes of a number that is not negative. */
export function integer(bytes: Buffer): Buffer {
  const shortest = bytes.subarray(Math.max(0, bytes.findIndex((byte) => byte !== 0)));
  return tagged(0x02, (shortest[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), shortest]) : shortest);
}

export function boolean(value: boolean): Buffer {
  return tagged(0x01, Buffer.from([value ? 0xff : 0]));
}

/** @param hex its encoding without tag and length. */
export function objectIdentifier(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, "hex"));
}

export function text(value: string): Buffer {
  return tagged(0x0c, Buffer.from(value, "utf8"));
}

export function bitString(bytes: Buffer): Buffer {
  return tagged(0x03, Buffer.from([0]), bytes);
}

/** A bit string of one byte of which the last bits are not used. */
export function bits(byte: number, unused: number): Buffer {
  return tagged(0x03, Buffer.from([unused, byte]));
}

export function utcTime(value: string): Buffer {
  return tagged(0x17, Buffer.from(value, "ascii"));
}

export function generalizedTime(value: string): Buffer {
  return tagged(0x18, Buffer.from(value, "ascii"));
}
