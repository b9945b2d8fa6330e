import { wasmFile, workerFile } from "virtual:engine-files";
import type { EngineFile } from "virtual:engine-files";
import { EngineError } from "./engine.ts";

/** The engine's two files, checked and ready to start a worker from, as often as needed. */
export interface EngineBlobs {
  wasm: Blob;
  worker: Blob;
  /** of the wasm, once it was compiled */
  module?: Promise<WebAssembly.Module>;
}

type OnBytes = (loadedBytes: number, totalBytes: number) => void;

const stallMs = 30_000; // a host that sends nothing for so long has gone

let loaded: Promise<EngineBlobs> | undefined;

/**
 * Fetches the engine's files from beside the page, once: later calls, and restarts, get the same
 * blobs, which the tightened policy could not fetch again.
 *
 * @param onBytes bytes that have arrived and bytes in all, of both files together
 * @throws EngineError wasm-missing, wasm-type, wasm-corrupt or wasm-mismatch; the next call tries
 * again
 */
export function loadEngineFiles(onBytes: OnBytes = () => undefined): Promise<EngineBlobs> {
  loaded ??= loadBoth(onBytes).catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function loadBoth(onBytes: OnBytes): Promise<EngineBlobs> {
  const shares = [
    { loaded: 0, total: wasmFile.shippedBytes },
    { loaded: 0, total: workerFile.shippedBytes },
  ];
  const report = (index: number): OnBytes => {
    return (loadedBytes, totalBytes) => {
      shares[index] = { loaded: loadedBytes, total: totalBytes };
      onBytes(
        shares.reduce((sum, share) => sum + share.loaded, 0),
        shares.reduce((sum, share) => sum + share.total, 0),
      );
    };
  };
  const [wasm, worker] = await Promise.all([
    loadFile(wasmFile, "application/wasm", report(0)),
    loadFile(workerFile, "text/javascript", report(1)),
  ]);
  return { wasm, worker };
}

/** A bad copy may sit in the browser's own cache, so a file that fails its check is asked for twice. */
async function loadFile(file: EngineFile, type: string, onBytes: OnBytes): Promise<Blob> {
  try {
    return await loadChecked(file, type, onBytes, "default");
  } catch {
    return await loadChecked(file, type, onBytes, "reload");
  }
}

async function loadChecked(
  file: EngineFile,
  type: string,
  onBytes: OnBytes,
  cache: RequestCache,
): Promise<Blob> {
  const shipped = await fetchBytes(file, onBytes, cache);
  const bytes = isGzip(shipped) ? await inflate(file, shipped) : shipped;
  await check(file, bytes);
  return new Blob([bytes], { type });
}

async function fetchBytes(
  file: EngineFile,
  onBytes: OnBytes,
  cache: RequestCache,
): Promise<Uint8Array<ArrayBuffer>> {
  const stall = new AbortController();
  let timer = setTimeout(() => stall.abort(), stallMs);
  const url = new URL(file.path, document.baseURI);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    const response = await fetch(url, { cache, signal: stall.signal }).catch((cause: unknown) => {
      throw new EngineError("wasm-missing", `cannot fetch engine file: ${file.path}`, { cause });
    });
    checkResponse(file, response);
    for await (const part of response.body ?? []) {
      clearTimeout(timer);
      timer = setTimeout(() => stall.abort(), stallMs);
      parts.push(part);
      length += part.length;
      // a host that decodes on the way sends more bytes than were shipped
      onBytes(length, isGzip(parts[0]) ? file.shippedBytes : file.bytes);
    }
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw new EngineError("wasm-corrupt", `broken off engine file: ${file.path}`, { cause });
  } finally {
    clearTimeout(timer);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function checkResponse(file: EngineFile, response: Response): void {
  if (!response.ok) {
    throw new EngineError(
      "wasm-missing",
      `missing engine file; the host answered ${response.status}: ${file.path}`,
    );
  }
  if (/^text\/html\b/i.test(response.headers.get("Content-Type") ?? "")) {
    throw new EngineError(
      "wasm-type",
      `the host answered with a page in place of an engine file: ${file.path}`,
    );
  }
}

async function inflate(
  file: EngineFile,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (cause) {
    throw new EngineError("wasm-corrupt", `damaged engine file: ${file.path}`, { cause });
  }
}

async function check(file: EngineFile, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (bytes.length === file.bytes) {
    // absent where the page is not served securely; the length has to do there
    const digest = await globalThis.crypto?.subtle?.digest("SHA-256", bytes);
    if (!digest || toHex(digest) === file.sha256) return;
  }
  const isPage = /^\s*<(!doctype|html)/i.test(new TextDecoder().decode(bytes.subarray(0, 64)));
  if (isPage) {
    throw new EngineError(
      "wasm-type",
      `the host answered with a page in place of an engine file: ${file.path}`,
    );
  }
  if (isWholeWasm(bytes)) {
    throw new EngineError("wasm-mismatch", `engine file of another version: ${file.path}`);
  }
  throw new EngineError(
    "wasm-corrupt",
    `damaged engine file; ${bytes.length} bytes, not ${file.bytes}: ${file.path}`,
  );
}

function isWholeWasm(bytes: Uint8Array<ArrayBuffer>): boolean {
  try {
    return WebAssembly.validate(bytes);
  } catch {
    return false;
  }
}

function isGzip(bytes: Uint8Array | undefined): boolean {
  return bytes?.[0] === 0x1f && bytes[1] === 0x8b;
}

function toHex(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
