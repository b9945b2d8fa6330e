import type { Bundle, BundleIndex } from "./bundle.ts";
import { newKey } from "./bundleKey.ts";
import { deriveKeys, encryptChunk, saltBytes, tagBytes } from "./cipher.ts";
import { boundHeader, formatHeader, headerBytes } from "./header.ts";

export interface SealOptions {
  /** plain bytes of a chunk as a power of two, 8 to 24 */
  chunkPower?: number;
  signal?: AbortSignal | undefined;
  /** share of the files that is done with, 0 to 1 */
  onProgress?: (share: number) => void;
}

/**
 * One encrypted file, and the key that opens it, which is nowhere in it. The files are read, compressed and
 * encrypted a piece at a time; what is done lies in the browser's own store of blobs.
 *
 * @throws DOMException of a file that is gone, or of the signal
 */
export async function sealBundle(
  bundle: Bundle,
  { chunkPower = 20, signal, onProgress = () => undefined }: SealOptions = {},
): Promise<{ file: Blob; key: Uint8Array<ArrayBuffer> }> {
  const key = newKey();
  const salt = crypto.getRandomValues(new Uint8Array(saltBytes));
  const keys = await deriveKeys(key, salt);
  const fixed = { chunkPower, salt, check: keys.check };
  const header = boundHeader(fixed);
  const content = toContent(bundle);
  const deflated = counted(content, onProgress).pipeThrough(new CompressionStream("deflate-raw"));
  const parts: Blob[] = [];
  let bytes = headerBytes;
  for await (const { chunk, isLast } of cut(deflated, 2 ** chunkPower)) {
    signal?.throwIfAborted();
    const place = { at: parts.length, isLast, header };
    parts.push(new Blob([await encryptChunk(keys, chunk, place)]));
    bytes += chunk.length + tagBytes;
  }
  const type = "application/octet-stream";
  return {
    file: new Blob([formatHeader({ ...fixed, fileBytes: bytes }), ...parts], { type }),
    key,
  };
}

/** The length of the index in four bytes, the index, and the files one after the other. */
function toContent({ document, answers, files }: Bundle): Blob {
  const index: BundleIndex = {
    document,
    answers,
    files: files.map(({ name, content, reading }) => ({ name, bytes: content.size, reading })),
  };
  const text = new TextEncoder().encode(JSON.stringify(index));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length);
  return new Blob([length, text, ...files.map(({ content }) => content)]);
}

function counted(
  content: Blob,
  onProgress: (share: number) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let done = 0;
  const count = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      done += piece.length;
      onProgress(done / content.size);
      controller.enqueue(piece);
    },
  });
  return content.stream().pipeThrough(count);
}

/** A stream in chunks of one size; the last is what is left, and is told to be the last. */
async function* cut(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  size: number,
): AsyncGenerator<{ chunk: Uint8Array<ArrayBuffer>; isLast: boolean }> {
  const reader = stream.getReader();
  let chunk = new Uint8Array(size);
  let filled = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      for (let rest = value; rest.length > 0;) {
        if (filled === size) {
          yield { chunk, isLast: false };
          chunk = new Uint8Array(size);
          filled = 0;
        }
        const piece = rest.subarray(0, size - filled);
        chunk.set(piece, filled);
        filled += piece.length;
        rest = rest.subarray(piece.length);
      }
    }
    yield { chunk: chunk.slice(0, filled), isLast: true };
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}
