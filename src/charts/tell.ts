import { fillWord, type Locale, type WordValues } from "../words/words.ts";
import type { ChartInput } from "./chart.ts";
import type { Field } from "./fields.ts";

/** A word of the interface with its places filled. */
export function tell(input: ChartInput, key: string, values: WordValues = {}): string {
  return fillWord(input.locale as Locale, input.word(key), values);
}

export interface Figures {
  value: Field;
  lower?: Field | undefined;
  upper?: Field | undefined;
  n?: Field | undefined;
  /** 0 where the period is not over */
  complete?: Uint8Array | undefined;
}

/** The figures of one row: the value, its interval, its base, and whether the period is over. */
export function tellRow(
  input: ChartInput,
  { value, lower, upper, n, complete }: Figures,
  i: number,
): string[] {
  const lines = [tell(input, "chart.pair", { name: value.label, value: value.say(i) })];
  if (lower && upper && !(lower.isNull(i) || upper.isNull(i))) {
    lines.push(tell(input, "chart.interval", { lower: lower.say(i), upper: upper.say(i) }));
  }
  if (n && !n.isNull(i)) lines.push(tell(input, "chart.pair", { name: n.label, value: n.say(i) }));
  if (complete?.[i] === 0) lines.push(input.word("chart.incomplete"));
  return lines;
}

/** Below this base a rate says little; charts fade it. */
export const smallBase = 30;

/** 1 where the base of a row is known and small. */
export function smallOf(n: Field | undefined, length: number): Uint8Array {
  const small = new Uint8Array(length);
  if (n)
    for (let i = 0; i < length; ++i) small[i] = (n.numbers[i] ?? smallBase) < smallBase ? 1 : 0;
  return small;
}
