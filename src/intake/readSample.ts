import { guessEncoding } from "./encodings.ts";
import { IntakeError } from "./intakeError.ts";
import { refuseBytes, refuseText } from "./refuseBytes.ts";

const headBytes = 256 * 1024; // a header and some thousand rows
const sliceBytes = 64 * 1024;
const slices = 6; // places in the middle, besides the end
const inflatedBytes = 4 * 1024 * 1024; // how far a compressed file is read before it is planned

export type Compression = "none" | "gzip";

/** Text from the start, the middle and the end of a file. */
export interface Sample {
  encoding: string;
  bomLength: number;
  encodingConfidence: number;
  compression: Compression;
  /** from the first character on, the byte order mark left out, cut after a line end unless `whole` */
  head: string;
  /** from further places, each from a line's start to a line's end (which may lie inside a quoted value) */
  middles: string[];
  /** the last piece of the file, from a line's start; undefined when `whole` or not reached */
  tail: string | undefined;
  /** the head is all there is */
  whole: boolean;
}

/** What the start of a file says: see `readSample`. */
export async function decodeHead(bytes: Uint8Array, encoding?: string): Promise<Sample> {
  return readSample(new Blob([bytes as Uint8Array<ArrayBuffer>]), encoding);
}

/**
 * Reads a few hundred kilobytes of a file, wherever it is long, and decodes them.
 *
 * @param encoding a TextDecoder label that overrules the guess
 * @throws IntakeError when it is empty or no text
 */
export async function readSample(file: Blob, encoding?: string): Promise<Sample> {
  const start = await bytesOf(file, 0, 2);
  const compression = start[0] === 0x1f && start[1] === 0x8b ? "gzip" : "none";
  const pieces = compression === "gzip" ? await inflatedPieces(file) : await plainPieces(file);
  refuseBytes(pieces.head);
  const wide = encoding?.startsWith("utf-16") ?? looksWide(pieces.head);
  const middles = pieces.middles
    .map((bytes) => fromLineStart(bytes, wide))
    .map((b) => toLineEnd(b, wide));
  const tail = pieces.tail && fromLineStart(pieces.tail, wide);
  const head = pieces.whole ? pieces.head : toLineEnd(pieces.head, wide);
  const guess = guessEncoding([head, ...middles, ...(tail ? [tail] : [])]);
  const label = encoding ?? guess.encoding;
  const decode = (bytes: Uint8Array) => new TextDecoder(label).decode(bytes);
  const sample = {
    encoding: label,
    bomLength: guess.bomLength,
    encodingConfidence: encoding ? 1 : guess.confidence,
    compression,
    head: decode(head.subarray(guess.bomLength)),
    middles: middles.map(decode),
    tail: tail && decode(tail),
    whole: pieces.whole,
  } as const;
  refuseText(sample.head);
  return sample;
}

interface Pieces {
  head: Uint8Array;
  middles: Uint8Array[];
  tail: Uint8Array | undefined;
  whole: boolean;
}

async function plainPieces(file: Blob): Promise<Pieces> {
  const head = await bytesOf(file, 0, headBytes);
  if (file.size <= headBytes) return { head, middles: [], tail: undefined, whole: true };
  const rest = file.size - headBytes;
  const tailBytes = Math.min(rest, sliceBytes);
  const room = rest - tailBytes;
  const count = room > sliceBytes ? Math.min(slices, Math.floor(room / sliceBytes)) : 0;
  const starts = Array.from(
    { length: count },
    (_, i) => headBytes + Math.floor((room * i) / count),
  );
  const [tail, ...middles] = await Promise.all([
    bytesOf(file, even(file.size - tailBytes), file.size),
    ...starts.map((start) => bytesOf(file, even(start), even(start) + sliceBytes)),
  ]);
  return { head, middles, tail, whole: false };
}

function even(offset: number): number {
  return offset & 1 ? offset - 1 : offset;
}

async function inflatedPieces(file: Blob): Promise<Pieces> {
  const bytes = await inflate(file, inflatedBytes);
  if (bytes.length <= headBytes) return { head: bytes, middles: [], tail: undefined, whole: true };
  const middles: Uint8Array[] = [];
  const end = bytes.length - sliceBytes;
  for (let start = headBytes; start < end; start += headBytes)
    middles.push(bytes.subarray(start, start + sliceBytes));
  return { head: bytes.subarray(0, headBytes), middles, tail: undefined, whole: false };
}

async function inflate(file: Blob, limit: number): Promise<Uint8Array> {
  const stream = file.stream().pipeThrough(new DecompressionStream("gzip"));
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    while (length < limit) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      length += value.length;
    }
  } catch (cause) {
    if (length === 0) throw new IntakeError("unreadable", { format: "gzip" }, cause);
  }
  reader.cancel().catch(() => undefined);
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

async function bytesOf(file: Blob, start: number, end: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(start, end).arrayBuffer());
}

function looksWide(bytes: Uint8Array): boolean {
  return guessEncoding([bytes.subarray(0, 8192)]).encoding.startsWith("utf-16");
}

/** LF and CR are themselves in every encoding that is guessed; in UTF-16 a NUL stands beside them. */
function fromLineStart(bytes: Uint8Array, wide: boolean): Uint8Array {
  for (let i = 0; i < bytes.length; ++i) {
    if (!isLineEnd(bytes, i, wide)) continue;
    return bytes.subarray(wide ? (i & ~1) + 2 : i + 1);
  }
  return bytes;
}

function toLineEnd(bytes: Uint8Array, wide: boolean): Uint8Array {
  for (let i = bytes.length - 1; i >= 0; --i) {
    if (!isLineEnd(bytes, i, wide)) continue;
    return bytes.subarray(0, wide ? (i & ~1) + 2 : i + 1);
  }
  return bytes;
}

function isLineEnd(bytes: Uint8Array, i: number, wide: boolean): boolean {
  if (bytes[i] !== 10 && !(bytes[i] === 13 && bytes[i + (wide ? 2 : 1)] !== 10)) return false;
  return !wide || bytes[i ^ 1] === 0;
}
