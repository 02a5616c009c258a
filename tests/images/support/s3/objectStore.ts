import { randomBytes, randomUUID } from "node:crypto";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Certificate } from "../authority";
import { Bucket } from "./bucket";
import { carryOut, element, type AclHeader, type Answer } from "./operations";
import { Refusal } from "./refusal";
import { checkSignature, type AccessKey, type Signed } from "./signature";

export interface ObjectStoreRequest {
  readonly allowedAclHeader: AclHeader;
  readonly region?: string;
  /** Given to keys that expire, which every request must then carry. */
  readonly sessionToken?: string;
  /** Makes it speak TLS. */
  readonly certificate?: Certificate;
  /** By default one that nobody knew before. */
  readonly accessKey?: AccessKey;
  /** Where it listens; by default at a free port of this machine. */
  readonly at?: { readonly host: string; readonly port: number };
  /** Told of every request. */
  readonly heard?: (served: Served) => void;
}

/** A request that came, and how it was answered. */
export interface Served {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  /** S3's word for why it was refused. */
  readonly refusal: string | undefined;
}

/**
 * An S3 server with one bucket. It checks every signature, and knows what a file store of Moodle's asks for: objects
 * whole and in parts, ranges, lists, tags, addresses that were signed in advance. Anything else is answered with 501.
 */
export class ObjectStore {
  readonly bucketName = "moodle-files";
  readonly bucket = new Bucket();
  readonly served: Served[] = [];
  readonly accessKey: AccessKey;
  readonly region: string;
  private readonly server;

  private constructor(private readonly request: ObjectStoreRequest) {
    this.region = request.region ?? "eu-central-1";
    this.accessKey = request.accessKey ?? { id: `AKIATEST${randomBytes(6).toString("hex").toUpperCase()}`, secret: randomBytes(20).toString("base64url"), sessionToken: request.sessionToken };
    const answer = (incoming: IncomingMessage, response: ServerResponse): void => void this.answer(incoming, response);
    const { certificate } = request;
    this.server = certificate ? createHttpsServer({ cert: certificate.certificate, key: certificate.key }, answer) : createHttpServer(answer);
  }

  static async start(request: ObjectStoreRequest): Promise<ObjectStore> {
    const store = new ObjectStore(request);
    const { host, port } = request.at ?? { host: "127.0.0.1", port: 0 };
    await new Promise<void>((resolve) => store.server.listen(port, host, resolve));
    return store;
  }

  /** Its base address; buckets follow as the first part of the path. */
  get endpoint(): string {
    const { port } = this.server.address() as AddressInfo;
    return `${this.request.certificate ? "https" : "http"}://127.0.0.1:${port}`;
  }

  async end(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : (value ?? "")]));
    const signed: Signed = { method: incoming.method ?? "", url: new URL(incoming.url ?? "/", this.endpoint), headers, body: Buffer.concat(chunks) };
    const { status, headers: more, body, refusal } = this.outcomeOf(signed);
    const served = { method: signed.method, path: signed.url.pathname, headers, status, refusal };
    this.served.push(served);
    this.request.heard?.(served);
    response.writeHead(status, { "x-amz-request-id": randomUUID(), ...more }).end(signed.method === "HEAD" ? undefined : body);
  }

  private outcomeOf(signed: Signed): Answer & { refusal?: string } {
    const [, name = "", ...key] = signed.url.pathname.split("/").map(decodeURIComponent);
    try {
      checkSignature(signed, this.accessKey, this.region);
      if (name !== this.bucketName) throw new Refusal(404, "NoSuchBucket", `there is no bucket ${name}`);
      return carryOut(this.bucket, name, key.join("/"), signed, this.request.allowedAclHeader);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, headers: { "content-type": "application/xml" }, body: element("Error", element("Code", error.code) + element("Message", error.message)), refusal: error.code };
    }
  }
}
