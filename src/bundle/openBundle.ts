import { toIndex } from "./bundle.ts";
import type { Bundle, BundleIndex } from "./bundle.ts";
import { BundleError } from "./bundleError.ts";
import { decryptChunk, deriveKeys, tagBytes } from "./cipher.ts";
import type { Keys } from "./cipher.ts";
import { boundHeader, headerBytes, parseHeader } from "./header.ts";
import { PieceReader } from "./pieceReader.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface OpenOptions {
  signal?: AbortSignal | undefined;
  /** share of the file that is done with, 0 to 1 */
  onProgress?: (share: number) => void;
}

const mostIndexBytes = 16e6;
const mostBytes = 4e9; // of all files

/**
 * What was sealed, once every byte of it is known to be what was sealed: nothing of a file that is not whole is given
 * out.
 *
 * @throws BundleError; DOMException of the signal
 */
export async function openBundle(
  file: Blob,
  key: Bytes,
  options: OpenOptions = {},
): Promise<Bundle> {
  const header = parseHeader(await read(file.slice(0, headerBytes)), file.size);
  const keys = await deriveKeys(key, header.salt);
  if (!keys.check.every((byte, i) => byte === header.check[i]))
    throw new BundleError("wrong-key", "the key is not the one of this file");
  const chunks = new Chunks(file, keys, header, options);
  try {
    const bundle = await readBundle(new PieceReader(chunks.inflated()));
    if (!chunks.isOver) throw new BundleError("damaged", "more chunks than content");
    return bundle;
  } catch (error) {
    // streams between here and there may have put an error of their own in its place
    const cause = chunks.failure ?? error;
    if (cause instanceof BundleError || options.signal?.aborted) throw cause;
    throw new BundleError("damaged", "its content cannot be unfolded", cause);
  }
}

/** The chunks of a file in their order, each proven before it is given on. */
class Chunks {
  /** why there are no more */
  failure: unknown;
  readonly #file: Blob;
  readonly #keys: Keys;
  readonly #header: Bytes;
  readonly #sealedBytes: number;
  readonly #count: number;
  readonly #options: OpenOptions;
  #at = 0;

  constructor(
    file: Blob,
    keys: Keys,
    header: Parameters<typeof boundHeader>[0],
    options: OpenOptions,
  ) {
    this.#file = file;
    this.#keys = keys;
    this.#header = boundHeader(header);
    this.#sealedBytes = 2 ** header.chunkPower + tagBytes;
    this.#count = Math.ceil((file.size - headerBytes) / this.#sealedBytes);
    this.#options = options;
  }

  get isOver(): boolean {
    return this.#at === this.#count;
  }

  inflated(): ReadableStream<Bytes> {
    const plain = new ReadableStream<Bytes>({
      pull: async (controller) => {
        try {
          if (this.isOver && this.#count > 0) return controller.close();
          controller.enqueue(await this.#next());
        } catch (error) {
          this.failure = error;
          controller.error(error);
        }
      },
    });
    return plain.pipeThrough(new DecompressionStream("deflate-raw"));
  }

  async #next(): Promise<Bytes> {
    const at = this.#at;
    this.#options.signal?.throwIfAborted();
    const start = headerBytes + at * this.#sealedBytes;
    const sealed = await read(this.#file.slice(start, start + this.#sealedBytes));
    const isLast = at >= this.#count - 1;
    const place = { at, isLast, header: this.#header };
    const chunk = await decryptChunk(this.#keys, sealed, place);
    if (!chunk) throw await this.#why(sealed, place);
    this.#at += 1;
    this.#options.onProgress?.(this.#at / this.#count);
    return chunk;
  }

  /** A last chunk that was sealed as one before the last has lost those after it. */
  async #why(sealed: Bytes, place: { at: number; isLast: boolean; header: Bytes }) {
    const isCut =
      place.isLast && (await decryptChunk(this.#keys, sealed, { ...place, isLast: false }));
    if (isCut || sealed.length === 0)
      return new BundleError("truncated", "its last chunks are gone");
    return new BundleError(
      "damaged",
      `chunk ${place.at + 1} of ${this.#count} is not as it was made`,
    );
  }
}

async function readBundle(reader: PieceReader): Promise<Bundle> {
  try {
    const { document, answers, files } = await readIndex(reader);
    if (files.reduce((sum, { bytes }) => sum + bytes, 0) > mostBytes)
      throw new BundleError("too-large", "its files unfold to more than 4 GB");
    const opened: Bundle["files"][number][] = [];
    for (const { name, bytes, reading } of files)
      opened.push({ name, content: await reader.take(bytes), reading });
    if (!(await reader.isOver())) throw new BundleError("damaged", "longer than its index says");
    return { document, answers, files: opened };
  } finally {
    reader.close();
  }
}

async function readIndex(reader: PieceReader): Promise<BundleIndex> {
  const length = new DataView(await (await reader.take(4)).arrayBuffer()).getUint32(0);
  if (length > mostIndexBytes) throw new BundleError("too-large", "its index is too long");
  const text = await (await reader.take(length)).text();
  const index = toIndex(JSON.parse(text));
  if (!index) throw new BundleError("damaged", "its index is not one");
  return index;
}

/** @throws BundleError "unreadable" where the disk does not give it */
async function read(blob: Blob): Promise<Bytes> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    throw new BundleError("unreadable", "the file is gone or may not be read", cause);
  }
}
