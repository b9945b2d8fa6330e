import type { Data, Utf8 } from "apache-arrow";

/** Texts in one buffer: text i is the bytes from offset i to offset i + 1. */
export interface JoinedTexts {
  bytes: Uint8Array;
  offsets: Int32Array;
}

/** The parts of a column of text as one copy; missing ones are empty. */
export function joinTexts(parts: readonly Data<Utf8>[]): JoinedTexts {
  const lengthOf = ({ valueOffsets, length }: Data<Utf8>) =>
    valueOffsets[length]! - valueOffsets[0]!;
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + lengthOf(part), 0));
  const offsets = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0) + 1);
  let row = 0;
  let at = 0;
  for (const part of parts) {
    const first = part.valueOffsets[0]!;
    bytes.set(part.values.subarray(first, first + lengthOf(part)), at);
    for (let i = 0; i < part.length; ++i) offsets[++row] = at + part.valueOffsets[i + 1]! - first;
    at += lengthOf(part);
  }
  return { bytes, offsets };
}
