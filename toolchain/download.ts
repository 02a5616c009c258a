import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { pipeline } from "node:stream/promises";

const connectMilliseconds = 8_000;
const silenceMilliseconds = 30_000;
const megabyte = 1_000_000;

/**
 * Fetches a short text.
 * @throws when the server can't be reached within seconds, or does not have it
 */
export async function fetchText(url: string, signal?: AbortSignal): Promise<string> {
  const deadline = AbortSignal.timeout(connectMilliseconds);
  const response = await request(url, AbortSignal.any([deadline, ...(signal ? [signal] : [])]));
  return response.text();
}

/**
 * Fetches a file, and returns its hash in hexadecimal. Gives up on a server that can't be reached within seconds or
 * falls silent for half a minute; a slow one is waited for.
 */
export async function fetchFile(
  url: string,
  file: string,
  algorithm: "sha256" | "sha512",
  detail: (text: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(new Error("no connection")), connectMilliseconds);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(new Error("the server fell silent")), silenceMilliseconds);
  };
  const hash = createHash(algorithm);
  try {
    const either = AbortSignal.any([silence.signal, ...(signal ? [signal] : [])]);
    const response = await request(url, either);
    const total = Number(response.headers.get("content-length"));
    let received = 0;
    const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        alive();
        received += chunk.length;
        hash.update(chunk);
        detail(`${megabytes(received)}${total > 0 ? ` of ${megabytes(total)}` : ""} MB`);
        yield chunk;
      }
    };
    if (!response.body) throw new Error("the answer is empty");
    await pipeline(response.body, counted, fs.createWriteStream(file), { signal: either });
    return hash.digest("hex");
  } finally {
    clearTimeout(timer);
  }
}

async function request(url: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response;
}

function megabytes(bytes: number): string {
  return (bytes / megabyte).toFixed(0);
}

/** Why a request failed, in a few words: fetch hides the reason in the error's cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause;
  if (cause instanceof Error) return "code" in cause ? `${error.message}: ${String(cause.code)}` : cause.message;
  return error.message;
}
