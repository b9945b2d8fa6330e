/**
 * Cuts a file into slices that each hold whole records, without copying it: the engine gives the
 * memory of a statement back only at its end, so a large file is read by one statement a slice.
 *
 * @param file as RFC 4180 has it: a line feed ends a record unless an odd number of quotes is open
 * @param sliceBytes of a slice; a longer record makes a longer slice
 */
export async function* recordSlices(
  file: Blob,
  { sliceBytes, newline = "\n" }: { sliceBytes: number; newline?: string },
): AsyncGenerator<Blob> {
  const end = newline === "\r" ? carriageReturn : lineFeed;
  let start = 0;
  let length = sliceBytes;
  while (start < file.size) {
    if (start + length >= file.size) {
      yield file.slice(start);
      return;
    }
    const bytes = new Uint8Array(await file.slice(start, start + length).arrayBuffer());
    const cut = lastRecordEnd(bytes, end);
    if (cut < 0) {
      length *= 2;
      continue;
    }
    yield file.slice(start, start + cut + 1);
    start += cut + 1;
    length = sliceBytes;
  }
}

const [lineFeed, carriageReturn, quote] = [10, 13, 34];

/** The last line end outside of quotes, of bytes that begin with a record; -1 when there is none. */
function lastRecordEnd(bytes: Uint8Array, end: number): number {
  let quotes = countQuotes(bytes);
  let to = bytes.length;
  while (to > 0) {
    const at = bytes.lastIndexOf(end, to - 1);
    if (at < 0) return -1;
    quotes -= countQuotes(bytes.subarray(at, to));
    if (quotes % 2 === 0) return at;
    to = at;
  }
  return -1;
}

function countQuotes(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(quote); at >= 0; at = bytes.indexOf(quote, at + 1)) count += 1;
  return count;
}
