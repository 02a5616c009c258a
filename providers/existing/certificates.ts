import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from "node:crypto";
import { mapHashToField } from "@noble/curves/abstract/modular";
import { p256 } from "@noble/curves/p256";
import * as der from "./der";

/** A server's certificate and the key to it, in PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/** The same from the first update to the last: what is signed anew every time would restart the servers with every update. */
const validity = der.sequence(der.utcTime("260101000000Z"), der.generalizedTime("99991231235959Z"));

const ecdsaWithSha256 = der.sequence(der.objectIdentifier("2a8648ce3d040302"));
const authorityName = "Servers of the Moodle platform";

/**
 * @param seed known to the platform alone. The same one gives the same authority and the same certificates: nothing else has to be
 * kept, and nobody asks whether a certificate is still the one of the state.
 * @returns the certificate of the authority.
 */
export function authorityOf(seed: string): string {
  const key = keyOf(seed, "authority");
  return certificate({ seed, subject: authorityName, key, extensions: [
    extension("551d13", der.sequence(der.boolean(true)), true),
    extension("551d0f", der.bits(0x06, 1), true),
    extension("551d0e", der.tagged(0x04, keyIdentifier(seed))),
  ] });
}

/** @returns a certificate of the authority for a host, good for a server alone. */
export function identityOf(seed: string, host: string): Identity {
  const key = keyOf(seed, `server ${host}`);
  const serverAuthentication = der.objectIdentifier("2b06010505070301");
  return {
    key: key.private.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: certificate({ seed, subject: host, key, extensions: [
      extension("551d13", der.sequence(), true),
      extension("551d0f", der.bits(0x80, 7), true),
      extension("551d25", der.sequence(serverAuthentication)),
      extension("551d23", der.sequence(der.tagged(0x80, keyIdentifier(seed)))),
      // A DNS name.
      extension("551d11", der.sequence(der.tagged(0x82, Buffer.from(host, "ascii")))),
    ] }),
  };
}

interface Key {
  readonly private: KeyObject;
  readonly public: KeyObject;
}

/** Half as many bytes again as a key has: so no key is noticeably likelier than another (FIPS 186-5, A.2.1). */
function scalarOf(seed: string, role: string): Uint8Array {
  return mapHashToField(new Uint8Array(hkdfSync("sha256", seed, "", role, 48)), p256.CURVE.n);
}

function keyOf(seed: string, role: string): Key {
  const scalar = scalarOf(seed, role);
  const point = Buffer.from(p256.getPublicKey(scalar, false));
  const part = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
  const jwk = { kty: "EC", crv: "P-256", d: part(scalar), x: part(point.subarray(1, 33)), y: part(point.subarray(33)) };
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  return { private: key, public: createPublicKey(key) };
}

interface Contents {
  readonly seed: string;
  readonly subject: string;
  readonly key: Key;
  readonly extensions: readonly Buffer[];
}

/** RFC 5280, 4.1. Signed as RFC 6979 says: by no chance, so that the same contents give the same certificate. */
function certificate({ seed, subject, key, extensions }: Contents): string {
  const contents = der.sequence(
    der.tagged(0xa0, der.integer(Buffer.from([2]))),
    der.integer(createHash("sha256").update(`${subject} of `).update(authorityPoint(seed)).digest().subarray(0, 16)),
    ecdsaWithSha256,
    nameOf(authorityName),
    validity,
    nameOf(subject),
    key.public.export({ type: "spki", format: "der" }),
    der.tagged(0xa3, der.sequence(...extensions)),
  );
  const signature = p256.sign(contents, scalarOf(seed, "authority"), { prehash: true, lowS: false });
  const signed = der.sequence(contents, ecdsaWithSha256, der.bitString(Buffer.from(signature.toDERRawBytes())));
  return `-----BEGIN CERTIFICATE-----\n${signed.toString("base64").replace(/.{64}/g, "$&\n").trimEnd()}\n-----END CERTIFICATE-----\n`;
}

/** Of the authority's key: a name that no other has. */
function keyIdentifier(seed: string): Buffer {
  return createHash("sha256").update(authorityPoint(seed)).digest().subarray(0, 20);
}

function authorityPoint(seed: string): Uint8Array {
  return p256.getPublicKey(scalarOf(seed, "authority"), false);
}

function nameOf(commonName: string): Buffer {
  return der.sequence(der.set(der.sequence(der.objectIdentifier("550403"), der.text(commonName.slice(0, 64)))));
}

function extension(identifier: string, value: Buffer, critical = false): Buffer {
  return der.sequence(der.objectIdentifier(identifier), ...(critical ? [der.boolean(true)] : []), der.tagged(0x04, value));
}
