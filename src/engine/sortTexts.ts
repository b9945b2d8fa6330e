import type { Data, Utf8 } from "apache-arrow";
import { joinTexts, type JoinedTexts } from "./joinTexts.ts";
import { radixOrder } from "./radixOrder.ts";

/**
 * The order of many texts by their bytes, which is that of their characters' numbers. Texts that are equal
 * keep their order, also downwards.
 *
 * The eight bytes behind what all texts begin with are sorted as one number; those that share them are compared.
 */
export function sortTexts(
  parts: readonly Data<Utf8>[],
  { isDescending = false } = {},
): Uint32Array {
  const texts = joinTexts(parts);
  const rows = texts.offsets.length - 1;
  const from = sharedLength(texts);
  const turn = isDescending ? -1 : 0;
  const words = [0, 4].map((skip) => {
    const word = new Uint32Array(rows);
    for (let row = 0; row < rows; ++row) word[row] = wordAt(texts, row, from + skip) ^ turn;
    return word;
  });
  const [high, low] = words as [Uint32Array, Uint32Array];
  const order = radixOrder(high.slice(), low.slice());
  const isEqual = (a: number, b: number) => high[a] === high[b] && low[a] === low[b];
  const sign = isDescending ? -1 : 1;
  for (let start = 0, end = 0; start < rows; start = end) {
    end = start + 1;
    while (end < rows && isEqual(order[start]!, order[end]!)) ++end;
    if (end - start > 1)
      order.subarray(start, end).sort((a, b) => sign * compare(texts, a, b, from + 8) || a - b);
  }
  return order;
}

/** how many bytes all texts begin with */
function sharedLength({ bytes, offsets }: JoinedTexts): number {
  const [start = 0, end = 0] = offsets;
  let shared = end - start;
  for (let row = 1; row < offsets.length - 1 && shared > 0; ++row) {
    const at = offsets[row]!;
    shared = Math.min(shared, offsets[row + 1]! - at);
    let same = 0;
    while (same < shared && bytes[at + same] === bytes[start + same]) ++same;
    shared = same;
  }
  return shared;
}

/** four bytes of a text as a number, zeros behind its end */
function wordAt({ bytes, offsets }: JoinedTexts, row: number, from: number): number {
  const end = offsets[row + 1]!;
  const at = offsets[row]! + from;
  let word = 0;
  for (let i = 0; i < 4; ++i) word = (word << 8) | (at + i < end ? bytes[at + i]! : 0);
  return word;
}

/** of two texts, all but their first bytes */
function compare({ bytes, offsets }: JoinedTexts, a: number, b: number, from: number): number {
  const [lengthA, lengthB] = [offsets[a + 1]! - offsets[a]!, offsets[b + 1]! - offsets[b]!];
  const shorter = Math.min(lengthA, lengthB);
  for (let i = from; i < shorter; ++i) {
    const difference = bytes[offsets[a]! + i]! - bytes[offsets[b]! + i]!;
    if (difference !== 0) return difference;
  }
  return lengthA - lengthB;
}
