/**
 * Cuts a file into slices that each hold whole records, without copying it: the engine gives the
 * memory of a statement back only at its end, so a large file is read by one statement a slice.
 *
 * @param file as RFC 4180 has it: a line end ends a record unless an odd number of quotes is open
 * @param sliceBytes of a slice, about; a longer record makes a longer slice
 */
export async function* recordSlices(
  file: Blob,
  { sliceBytes, newline = "\n" }: { sliceBytes: number; newline?: string },
): AsyncGenerator<Blob> {
  if (file.size <= sliceBytes || !Number.isFinite(sliceBytes)) {
    if (file.size > 0) yield file;
    return;
  }
  const end = newline === "\r" ? carriageReturn : lineFeed;
  const reader = file.stream().getReader();
  let start = 0; // of the slice
  let cut = 0; // after the last record that has ended
  let at = 0; // bytes seen
  let quotes = 0; // before them
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const last = lastRecordEnd(value, end, quotes);
    if (last >= 0) cut = at + last + 1;
    quotes += countQuotes(value);
    at += value.length;
    if (at - start < sliceBytes || cut === start) continue;
    yield file.slice(start, cut);
    start = cut;
  }
  if (start < file.size) yield file.slice(start);
}

const [lineFeed, carriageReturn, quote] = [10, 13, 34];

/** The last line end outside of quotes, of bytes with so many quotes before them; -1 when there is none. */
function lastRecordEnd(bytes: Uint8Array, end: number, quotesBefore: number): number {
  let quotes = quotesBefore + countQuotes(bytes);
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
