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
  const decoder = new TextDecoder(encoding, { fatal: encoding === "utf-8" });
  const reader = inflated.getReader();
  let last = new Uint8Array();
  try {
    for (;;) {
      if (signal?.aborted) throw new IntakeError("cancelled");
      const { done, value } = await reader.read();
      if (done) break;
      last = value as Uint8Array<ArrayBuffer>;
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof IntakeError) throw error;
    if (error instanceof TypeError && encoding === "utf-8" && !isUtf8(last))
      throw new WrongEncoding(guessEncoding([last]).encoding);
    throw new IntakeError("unreadable", {}, error);
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  return bytes.length > 0 && guessEncoding([bytes]).encoding === "utf-8";
}
