export interface WidthOptions {
  /** CSS pixels of an average character; a CJK character counts as two */
  perCharacter?: number;
  least?: number;
  most?: number;
}

/**
 * Widths of the columns of a table whose rows are not all drawn, from its headers, of which a long one stands in
 * two lines, and a few rows.
 *
 * @param headers one text a column
 * @param samples rows of formatted values
 * @returns CSS pixels
 */
export function columnWidths(
  headers: string[],
  samples: string[][],
  { perCharacter = 7.8, least = 76, most = 300 }: WidthOptions = {},
): number[] {
  return headers.map((header, column) => {
    // A header has a sort mark beside it.
    let longest = lineOf(header) + 3;
    for (const row of samples) longest = Math.max(longest, lengthOf(row[column] ?? ""));
    return Math.round(Math.max(least, Math.min(most, longest * perCharacter + 24)));
  });
}

/** The longer line of a header, or its longest word. */
function lineOf(header: string): number {
  const whole = lengthOf(header);
  if (whole <= longHeader) return whole;
  const words = header.split(" ");
  const longestWord = words.length > 1 ? Math.max(...words.map(lengthOf)) : 0;
  return Math.max(longestWord, Math.ceil(whole / 2) + 2);
}

const longHeader = 14; // characters

function lengthOf(text: string): number {
  let length = 0;
  for (const character of text) length += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1;
  return length;
}

/** How many columns end beyond a place, pixels from the left; one that is cut by a little is in sight. */
export function columnsBeyond(widths: readonly number[], place: number): number {
  const slack = 12; // of the space at the end of a cell
  if (place <= 0) return 0;
  let end = 0;
  return widths.filter((width) => (end += width) > place + slack).length;
}
