import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { Refusal } from "./refusal";

/** The one who may use the bucket. */
export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  /** Given beside keys that expire. */
  readonly sessionToken?: string;
}

/** A request as it was signed. */
export interface Signed {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

interface Claim {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly date: string;
  readonly payload: string;
  readonly token: string | undefined;
}

/** Checks a request's signature, version 4, in its headers or in its address. @throws Refusal as S3 answers */
export function checkSignature(request: Signed, key: AccessKey, region: string): void {
  const claim = request.url.searchParams.has("X-Amz-Signature") ? claimOfAddress(request) : claimOfHeaders(request);
  const [id, day = "", ...scope] = claim.credential.split("/");
  if (id !== key.id) throw new Refusal(403, "InvalidAccessKeyId", `nobody has the access key id ${id}`);
  if (claim.token !== key.sessionToken) throw new Refusal(403, "InvalidToken", "the session token is not the access key's");
  if (scope.join("/") !== `${region}/s3/aws4_request`) throw new Refusal(400, "AuthorizationHeaderMalformed", `${scope.join("/")} is not of the region ${region}`);
  const text = ["AWS4-HMAC-SHA256", claim.date, [day, ...scope].join("/"), sha256(canonical(request, claim))].join("\n");
  const signer = [day, ...scope].reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${key.secret}`);
  const wanted = Buffer.from(hmac(signer, text).toString("hex"));
  const given = Buffer.from(claim.signature);
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) throw new Refusal(403, "SignatureDoesNotMatch", "the signature is not that of the request and the secret access key");
}

function claimOfHeaders({ headers, body }: Signed): Claim {
  const header = headers.authorization ?? "";
  const [, credential, signedHeaders, signature] = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)$/.exec(header) ?? [];
  if (credential === undefined || signedHeaders === undefined || signature === undefined) throw new Refusal(403, "AccessDenied", "the request is not signed");
  const payload = headers["x-amz-content-sha256"] ?? "";
  if (payload !== "UNSIGNED-PAYLOAD" && payload !== sha256(body)) throw new Refusal(400, "XAmzContentSHA256Mismatch", "the body is not the one that was signed");
  return { credential, signedHeaders: signedHeaders.split(";"), signature, date: headers["x-amz-date"] ?? "", payload, token: headers["x-amz-security-token"] };
}

function claimOfAddress({ url }: Signed): Claim {
  const value = (name: string): string => url.searchParams.get(`X-Amz-${name}`) ?? "";
  const date = value("Date");
  const signed = Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (Date.now() > signed + Number(value("Expires")) * 1000) throw new Refusal(403, "AccessDenied", "the address has expired");
  const token = url.searchParams.get("X-Amz-Security-Token") ?? undefined;
  return { credential: value("Credential"), signedHeaders: value("SignedHeaders").split(";"), signature: value("Signature"), date, payload: "UNSIGNED-PAYLOAD", token };
}

function canonical({ method, url, headers }: Signed, { signedHeaders, payload }: Claim): string {
  const query = [...url.searchParams].filter(([name]) => name !== "X-Amz-Signature").map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  const lines = signedHeaders.map((name) => `${name}:${(headers[name] ?? "").trim().replace(/ +/g, " ")}`);
  return [method, url.pathname, query.sort().join("&"), ...lines, "", signedHeaders.join(";"), payload].join("\n");
}

const encoded = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");
const hmac = (secret: string | Buffer, text: string): Buffer => createHmac("sha256", secret).update(text).digest();
