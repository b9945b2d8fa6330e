import { guessEncoding } from "./encodings.ts";
import { IntakeError } from "./intakeError.ts";
import type { FilePlan } from "./plan.ts";

/** Bytes that are not in the encoding the plan has; `encoding` is what they look like instead. */
export class WrongEncoding extends Error {
  override name = "WrongEncoding";
  readonly encoding: string;
  constructor(encoding: string) {
    super(`wrong encoding; looks like: ${encoding}`);
    this.encoding = encoding;
  }
}

export interface ReadOptions {
  signal?: AbortSignal;
  /** bytes of the file, compressed ones where it is, that were read so far */
  onBytes?: (bytes: number) => void;
}

/**
 * The text of a whole file in pieces, inflated and decoded, without its byte order mark.
 *
 * @throws WrongEncoding when a file planned as UTF-8 turns out not to be
 * @throws IntakeError "cancelled", or "unreadable" when the bytes cannot be had or inflated
 */
export async function* readText(
  file: Blob,
  { encoding, compression }: Pick<FilePlan, "encoding" | "compression">,
  { signal, onBytes }: ReadOptions = {},
): AsyncGenerator<string> {
  let bytes = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.length;
      onBytes?.(bytes);
      controller.enqueue(chunk);
    },
  });
  const raw = file.stream().pipeThrough(counted);
  const inflated =
    compression === "gzip"
      ? raw.pipeThrough(
          new DecompressionStream("gzip") as ReadableWritablePair<Uint8Array, Uint8Array>,
        )
      : raw;
  const decoder = encoding === "utf-8" ? new Utf8Decoder() : new TextDecoder(encoding);
  const reader = inflated.getReader();
  try {
    for (;;) {
      if (signal?.aborted) throw new IntakeError("cancelled");
      const { done, value } = await reader.read();
      if (done) break;
      yield decoder.decode(value as Uint8Array<ArrayBuffer>, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof IntakeError || error instanceof WrongEncoding) throw error;
    throw new IntakeError("unreadable", {}, error);
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

const tellingBytes = 64 * 1024; // from the first character beyond ASCII on

/**
 * UTF-8 in pieces. A file that holds valid characters beyond ASCII is UTF-8, and a few spoilt bytes
 * in it, or a character cut off at its end, become replacement characters.
 */
class Utf8Decoder {
  readonly #strict = new TextDecoder("utf-8", { fatal: true });
  #isProven = false;
  #held = new Uint8Array();

  /** @throws WrongEncoding when the bytes look like another encoding */
  decode(piece: Uint8Array = new Uint8Array(), { stream = false } = {}): string {
    const bytes = this.#held.length > 0 ? joined(this.#held, piece) : piece;
    const end = stream ? lastBoundary(bytes) : bytes.length;
    this.#held = bytes.slice(end);
    const text = this.#read(bytes.subarray(0, end));
    this.#isProven ||= /[\x80-\uFFFC]/.test(text);
    return text;
  }

  #read(bytes: Uint8Array): string {
    try {
      return this.#strict.decode(bytes);
    } catch {
      const text = new TextDecoder().decode(bytes);
      const spoilt = text.match(/\uFFFD/g)?.length ?? 0;
      const sound = text.match(/[\x80-\uFFFC]/g)?.length ?? 0;
      const isCutOff = spoilt === 1 && text.endsWith("\uFFFD") && isUtf8(bytes);
      if (this.#isProven || isCutOff || sound >= spoilt * 4) return text;
      const first = bytes.findIndex((byte) => byte >= 0x80);
      const telling = bytes.subarray(first, first + tellingBytes);
      throw new WrongEncoding(guessEncoding([telling]).encoding);
    }
  }
}

/** Where the last whole character ends. */
function lastBoundary(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); ++back) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue; // inside of a character
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function joined(before: Uint8Array, after: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(before.length + after.length);
  bytes.set(before);
  bytes.set(after, before.length);
  return bytes;
}

function isUtf8(bytes: Uint8Array): boolean {
  return bytes.length > 0 && guessEncoding([bytes]).encoding === "utf-8";
}
