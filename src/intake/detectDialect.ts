import { parseRecords } from "./parseRecords.ts";
import type { Delimiter, Dialect, NewLine, RawRecord } from "./parseRecords.ts";
import { looksLikeData } from "./looksLikeData.ts";
import { isKnownHeader } from "./synonyms.ts";

const usual: Delimiter[] = [",", ";", "\t", "|"];
/** taken only where no usual one fits */
const unusual: Delimiter[] = ["^", "~", "¦", "§", "\u0001", "\u001f", "#", "!", "&", "*", ":"];

interface Candidate {
  dialect: Dialect;
  /** share of the records that agree on the number of columns */
  agreement: number;
  width: number;
  badQuotes: number;
  score: number;
}

/**
 * The dialect under which the most records agree on the most columns.
 *
 * @param text the start of a file, up to a line end
 * @param told a delimiter that is known already
 */
export function detectDialect(text: string, newline: NewLine, told?: Delimiter): Dialect {
  const quotings = quotingsOf(text);
  const tryAll = (delimiter: Delimiter) =>
    quotings.map((quoting) => judge(text, newline, { delimiter, ...quoting }));
  if (told === "whitespace") return { delimiter: told, quote: '"', escape: '"' };
  if (told !== undefined) return best(tryAll(told)).dialect;
  const found = best(usual.flatMap(tryAll));
  const blanks = blanksOf(text, newline);
  if (blanks && found.score < 1) return blanks;
  const comma =
    found.dialect.delimiter === "," && text.includes(", ")
      ? spacedComma(found, tryAll(", "))
      : found;
  if (comma.agreement >= 0.8 && comma.width > 1) return comma.dialect;
  const others = unusual.flatMap(tryAll).filter((one) => one.agreement >= 0.9 && one.width >= 3);
  const rare = best([...tryAll(" "), ...others]);
  return rare.score > comma.score + 0.2 ? rare.dialect : comma.dialect;
}

function best(candidates: Candidate[]): Candidate {
  return candidates.reduce((most, one) => (one.score > most.score + 1e-9 ? one : most));
}

/** A comma with a blank behind it, where the quotes open after the blank. */
function spacedComma(plain: Candidate, spaced: Candidate[]): Candidate {
  const other = best(spaced);
  const isCleaner = other.badQuotes < plain.badQuotes || other.agreement > plain.agreement + 0.02;
  return isCleaner && other.width >= 2 && other.agreement >= plain.agreement ? other : plain;
}

/** The usual quoting first, and what else the text shows signs of. */
function quotingsOf(text: string): Omit<Dialect, "delimiter">[] {
  const found: Omit<Dialect, "delimiter">[] = [{ quote: '"', escape: '"' }];
  if (/[^,;\t|\r\n\\]\\"(?![,;\t|\r\n])/.test(text)) found.push({ quote: '"', escape: "\\" });
  // eslint-disable-next-line no-control-regex -- NUL is one of the escapes that are met
  if (/\0"/.test(text)) found.push({ quote: '"', escape: "\0" });
  const wrapped = text.match(/(?<=^|[,;\t| ])'[^'\r\n]*'(?=[,;\t| \r\n]|$)/gm)?.length ?? 0;
  const lines = text.split(/\r\n|\n|\r/).length;
  if (wrapped >= 2 && wrapped * 10 >= lines) {
    found.push({ quote: "'", escape: "'" });
    if (/\\'/.test(text)) found.push({ quote: "'", escape: "\\" });
  }
  return found;
}

function judge(text: string, newline: NewLine, dialect: Dialect): Candidate {
  const { records, badQuotes } = parseRecords(text, dialect, newline);
  const width = modalWidth(records);
  const nothing = { dialect, agreement: 0, width, badQuotes, score: 0 };
  if (records.length === 0 || width < 2) return nothing;
  const agreement =
    records.filter((record) => record.cells.length === width).length / records.length;
  const known = Math.max(
    ...records.slice(0, 20).map((record) => record.cells.filter(isKnownHeader).length),
  );
  const wrapped = records.filter(({ cells }) => cells.some((cell) => isWrapped(cell))).length;
  const left = wrapped * 10 >= records.length ? wrapped : 0;
  const stray = (badQuotes + left) / records.length;
  const score =
    agreement * Math.log2(width + 1) + Math.min(known, 6) * 0.25 - Math.min(1, stray) * 0.5;
  return { dialect, agreement, width, badQuotes, score };
}

/** Still in quotes of the other kind. */
function isWrapped(cell: string): boolean {
  return cell.length > 2 && cell.startsWith("'") && cell.endsWith("'");
}

/** Columns that runs of blanks hold apart. */
function blanksOf(text: string, newline: NewLine): Dialect | undefined {
  const dialect: Dialect = { delimiter: "whitespace", quote: '"', escape: '"' };
  const { records } = parseRecords(text, dialect, newline);
  const width = modalWidth(records);
  const agreeing = records.filter((record) => record.cells.length === width).length;
  const fits =
    width >= 3 && agreeing >= records.length * 0.98 && looksLikeData(records.at(-1)!.cells);
  return fits && !text.includes('"') ? dialect : undefined;
}

/** The most frequent number of cells among records of at least two; the later half counts double. */
export function modalWidth(records: RawRecord[]): number {
  const counts = new Map<number, number>();
  records.forEach((record, i) => {
    const width = record.cells.length;
    if (width < 2) return;
    const weight = (i * 2 >= records.length ? 2 : 1) + (width > 2 ? 0.1 : 0);
    counts.set(width, (counts.get(width) ?? 0) + weight);
  });
  let found = records[0]?.cells.length ?? 0;
  let most = 0;
  for (const [width, count] of counts)
    if (count > most || (count === most && width > found)) [found, most] = [width, count];
  return found;
}
