import { createHash, randomUUID } from "node:crypto";
import { Refusal } from "./refusal";

export interface StoredObject {
  readonly content: Buffer;
  readonly etag: string;
  readonly modified: Date;
  /** Headers it was written with and is read with: its type, its checksum. */
  readonly headers: Readonly<Record<string, string>>;
  tags: string;
}

interface Upload {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Map<number, Buffer>;
}

/** Objects in memory. */
export class Bucket {
  readonly objects = new Map<string, StoredObject>();
  private readonly uploads = new Map<string, Upload>();

  put(key: string, content: Buffer, headers: Readonly<Record<string, string>>): StoredObject {
    const object = { content, etag: `"${createHash("md5").update(content).digest("hex")}"`, modified: new Date(), headers, tags: "" };
    this.objects.set(key, object);
    return object;
  }

  /** @throws Refusal where there is none */
  get(key: string): StoredObject {
    const object = this.objects.get(key);
    if (object === undefined) throw new Refusal(404, "NoSuchKey", `there is no object ${key}`);
    return object;
  }

  /** Begins an upload in parts. @returns its number */
  begin(key: string, headers: Readonly<Record<string, string>>): string {
    const id = randomUUID();
    this.uploads.set(id, { key, headers, parts: new Map() });
    return id;
  }

  /** @returns the part's ETag */
  addPart(id: string, number: number, content: Buffer): string {
    this.upload(id).parts.set(number, content);
    return `"${createHash("md5").update(content).digest("hex")}"`;
  }

  complete(id: string): StoredObject {
    const { key, headers, parts } = this.upload(id);
    this.uploads.delete(id);
    const inOrder = [...parts].sort(([one], [other]) => one - other).map(([, content]) => content);
    return this.put(key, Buffer.concat(inOrder), headers);
  }

  abort(id: string): void {
    this.upload(id);
    this.uploads.delete(id);
  }

  private upload(id: string): Upload {
    const upload = this.uploads.get(id);
    if (upload === undefined) throw new Refusal(404, "NoSuchUpload", `there is no upload ${id}`);
    return upload;
  }
}
