import { formatInfo, parseInfo } from "./fenceInfo.ts";
import type { Params } from "./notebook.ts";
import { NotebookError } from "./notebookError.ts";
import type { NotebookErrorCode } from "./notebookError.ts";

/** The customers that a notebook is about, and until when; days are ISO, both ends included. */
export interface Filter {
  /** chosen values by attribute, such as channel: a customer has one of them in each */
  segments: Readonly<Record<string, readonly string[]>>;
  /** days of the first order */
  firstFrom?: string;
  firstUntil?: string;
  /** what comes later does not count */
  until?: string;
  /** whom a mark of a figure counts */
  mark?: Mark;
}

/** One row of a prebuilt analysis. */
export interface Mark {
  analysis: string;
  params: Params;
  /** the values of the row by column */
  row: Params;
}

const days = { first_from: "firstFrom", first_until: "firstUntil", until: "until" } as const;
type DayWord = keyof typeof days;

/** One value of one attribute. */
export function segmentFilter(by: string, value: string): Filter {
  return { segments: { [by]: [value] } };
}

/** Another document's filter, undefined when it leaves nobody out. */
export function toFilter(filter: Filter): Filter | undefined {
  const chosen = Object.entries(filter.segments).filter(([, values]) => values.length > 0);
  const { firstFrom, firstUntil, until, mark } = filter;
  const rest = Object.entries({ firstFrom, firstUntil, until, mark }).filter(([, value]) => value);
  if (chosen.length + rest.length === 0) return undefined;
  return { segments: Object.fromEntries(chosen), ...Object.fromEntries(rest) };
}

/** What stands behind `filter` in a fence's info string. */
export function formatFilter({ segments, mark, ...dates }: Filter): string {
  const words: [string, Params[string]][] = Object.entries(segments).flatMap(([by, values]) =>
    values.map((value): [string, string] => [by, value]),
  );
  for (const [word, name] of Object.entries(days)) {
    if (dates[name] !== undefined) words.push([word, dates[name]]);
  }
  if (mark) {
    const info = { name: mark.analysis, id: undefined, isFolded: false, params: mark.params };
    words.push(["mark", formatInfo(info)]);
    for (const [column, value] of Object.entries(mark.row)) words.push([`row_${column}`, value]);
  }
  return words.map(([word, value]) => formatWord(word, value)).join(" ");
}

/** Of a row also what is not there is said. */
function formatWord(word: string, value: Params[string]): string {
  if (value === null) return `${word}=null`;
  return formatInfo({ name: undefined, id: undefined, isFolded: false, params: { [word]: value } });
}

/**
 * Reads what `formatFilter` writes: `attribute=value`, an attribute as often as it has values, and the
 * words for days and for a mark.
 *
 * @param line of the fence in its document; named in errors
 * @throws NotebookError
 */
export function parseFilter(text: string, line: number): Filter {
  const { name, id, isFolded, words } = parseInfo(text, line);
  const fail = (code: NotebookErrorCode, what: string, at = "") =>
    new NotebookError(`invalid filter; ${what}`, { code, line, word: at });
  if (name !== undefined || id !== undefined || isFolded || words.length === 0)
    throw fail("filter", "not attribute=value");
  const segments: Record<string, string[]> = {};
  const filter: Filter = { segments };
  const row: Params = {};
  for (const [word, value] of words) {
    if (value === null && !word.startsWith("row_")) throw fail("filterValue", "no value", word);
    if (Object.hasOwn(days, word)) {
      if (!/^\d{4}-\d\d-\d\d$/.test(String(value))) throw fail("day", "no day", String(value));
      filter[days[word as DayWord]] = String(value);
    } else if (word === "mark") filter.mark = { ...toMark(String(value), line), row };
    else if (word.startsWith("row_")) row[word.slice("row_".length)] = value;
    else (segments[word] ??= []).push(String(value));
  }
  return filter;
}

function toMark(text: string, line: number): Omit<Mark, "row"> {
  const { name, params } = parseInfo(text, line);
  if (!name)
    throw new NotebookError("invalid filter; no analysis of the mark", { code: "mark", line });
  return { analysis: name, params };
}
