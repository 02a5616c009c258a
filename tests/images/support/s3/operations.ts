import type { Bucket, StoredObject } from "./bucket";
import { Refusal } from "./refusal";
import type { Signed } from "./signature";

/** What a request is answered with. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Which header on access a bucket takes: `private` as a bucket that has lists of access, `none` as one that has done away with them. */
export type AclHeader = "private" | "none";

/** Carries out one request on a bucket. @throws Refusal as S3 answers */
export function carryOut(bucket: Bucket, name: string, key: string, request: Signed, allowed: AclHeader): Answer {
  const { method, headers, url } = request;
  const query = url.searchParams;
  checkAccessHeaders(headers, query, allowed);
  const upload = query.get("uploadId");
  if (key === "" && method === "HEAD") return { status: 200 };
  if (key === "" && method === "GET") return xml(listing(bucket, name, query));
  if (key === "") throw new Refusal(501, "NotImplemented", `${method} of a bucket`);
  if (query.has("tagging")) return tagging(bucket.get(key), request);
  switch (method) {
    case "HEAD":
    case "GET":
      return read(bucket.get(key), headers.range, method === "HEAD");
    case "PUT":
      if (headers["x-amz-copy-source"] !== undefined || headers["content-encoding"]?.includes("aws-chunked")) throw new Refusal(501, "NotImplemented", "a copy, or a body in chunks");
      if (upload !== null) return { status: 200, headers: { etag: bucket.addPart(upload, Number(query.get("partNumber")), Buffer.from(request.body)) } };
      return { status: 200, headers: { etag: bucket.put(key, Buffer.from(request.body), keptHeaders(headers)).etag } };
    case "POST":
      if (query.has("uploads")) return xml(element("InitiateMultipartUploadResult", element("Bucket", name) + element("Key", key) + element("UploadId", bucket.begin(key, keptHeaders(headers)))));
      if (upload !== null) return xml(element("CompleteMultipartUploadResult", element("Bucket", name) + element("Key", key) + element("ETag", bucket.complete(upload).etag)));
      throw new Refusal(501, "NotImplemented", `POST of ${url.search}`);
    case "DELETE":
      if (upload === null) bucket.objects.delete(key);
      else bucket.abort(upload);
      return { status: 204 };
    default:
      throw new Refusal(405, "MethodNotAllowed", method);
  }
}

function checkAccessHeaders(headers: Signed["headers"], query: URLSearchParams, allowed: AclHeader): void {
  const given = headers["x-amz-acl"];
  const grants = Object.keys(headers).filter((name) => name.startsWith("x-amz-grant-"));
  if (given === undefined && grants.length === 0 && !query.has("acl")) return;
  if (given === "private" && allowed === "private" && grants.length === 0) return;
  throw new Refusal(400, "AccessControlListNotSupported", `the bucket does not allow lists of access: ${given ?? grants.join(", ")}`);
}

const keptHeaders = (headers: Signed["headers"]): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name === "content-type" || name.startsWith("x-amz-checksum-") || name.startsWith("x-amz-meta-")));

function read(object: StoredObject, range: string | undefined, headOnly: boolean): Answer {
  const { content } = object;
  const described = { ...object.headers, etag: object.etag, "last-modified": object.modified.toUTCString(), "accept-ranges": "bytes" };
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? [];
  if (headOnly || (from === "" && to === "")) return { status: 200, headers: { ...described, "content-length": String(content.length) }, body: headOnly ? undefined : content };
  const start = from === "" ? Math.max(0, content.length - Number(to)) : Number(from);
  const end = from === "" || to === "" ? content.length - 1 : Math.min(Number(to), content.length - 1);
  if (start > end) throw new Refusal(416, "InvalidRange", `${range} of ${content.length} bytes`);
  const part = content.subarray(start, end + 1);
  return { status: 206, headers: { ...described, "content-range": `bytes ${start}-${end}/${content.length}`, "content-length": String(part.length) }, body: part };
}

function tagging(object: StoredObject, { method, body }: Signed): Answer {
  if (method === "GET") return xml(object.tags || element("Tagging", element("TagSet", "")));
  object.tags = method === "PUT" ? Buffer.from(body).toString("utf8") : "";
  return { status: method === "PUT" ? 200 : 204 };
}

function listing(bucket: Bucket, name: string, query: URLSearchParams): string {
  const prefix = query.get("prefix") ?? "";
  const found = [...bucket.objects].filter(([key]) => key.startsWith(prefix)).sort(([one], [other]) => (one < other ? -1 : 1));
  const contents = found.map(([key, { content, etag, modified }]) =>
    element("Contents", element("Key", key) + element("LastModified", modified.toISOString()) + element("ETag", etag) + element("Size", String(content.length)) + element("StorageClass", "STANDARD")),
  );
  const head = element("Name", name) + element("Prefix", prefix) + element("KeyCount", String(found.length)) + element("MaxKeys", "1000") + element("IsTruncated", "false");
  return element("ListBucketResult", head + contents.join(""));
}

const xml = (body: string): Answer => ({ status: 200, headers: { "content-type": "application/xml" }, body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}` });

/** An element of XML; the content is text, or elements. */
export function element(name: string, content: string): string {
  return `<${name}>${content.startsWith("<") ? content : content.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</${name}>`;
}
