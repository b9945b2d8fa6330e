/**
 * The rows in which every word of what is looked for occurs, in whichever column, whatever its case.
 *
 * @param rows how many there are
 * @param order row numbers in the order shown; as they lie where absent
 * @returns row numbers in that order; undefined where nothing is looked for
 */
export function findRows(
  wanted: string,
  texts: readonly ((row: number) => string)[],
  { rows, order }: { rows: number; order: Uint32Array | undefined },
): Uint32Array | undefined {
  const words = wanted.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  const found = new Uint32Array(rows);
  let count = 0;
  for (let place = 0; place < rows; ++place) {
    const row = order?.[place] ?? place;
    const shown = texts.map((textOf) => textOf(row).toLocaleLowerCase());
    if (words.every((word) => shown.some((text) => text.includes(word)))) found[count++] = row;
  }
  return found.slice(0, count);
}
