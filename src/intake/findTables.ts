import { isBlank, cleanCell } from "./cleanCell.ts";
import { isDatum, looksLikeData } from "./looksLikeData.ts";
import type { RawRecord } from "./parseRecords.ts";
import { isKnownHeader } from "./synonyms.ts";

/** A table of a file: where it starts and ends, and what its columns are called. */
export interface FoundTable {
  /** undefined where it has none; its cells are those of all its rows, joined */
  header: RawRecord | undefined;
  /** rows of the header */
  headerRows: number;
  /** records of data, repeated headers left out */
  data: RawRecord[];
  /** line at which the next table starts; 0 when there is none */
  endLine: number;
  /** the header again, between the rows: exports that were put one behind the other */
  repeats: number;
}

/**
 * The tables of some records, one behind the other.
 *
 * @param width most records' number of cells
 * @param told 1-based line of the first table's header, 0 for none, where the reader said so
 */
export function findTables(records: RawRecord[], width: number, told?: number): FoundTable[] {
  const tables: FoundTable[] = [];
  let rest = records;
  let hint = told;
  while (rest.length > 0) {
    const table = takeTable(rest, tables.length === 0 ? width : commonWidth(rest, width), hint);
    tables.push(table);
    hint = undefined;
    rest = table.endLine === 0 ? [] : rest.filter(({ line }) => line >= table.endLine);
  }
  return tables;
}

function takeTable(records: RawRecord[], width: number, told?: number): FoundTable {
  const found = findHeader(records, width, told);
  const after = found ? records.indexOf(found) + 1 : firstData(records, width);
  const rows = found ? 1 + moreHeaderRows(found, records.slice(after), width) : 0;
  const header = found && joinRows(records.slice(after - 1, after - 1 + rows));
  const start = found ? after - 1 + rows : after;
  const first = records.findIndex(
    ({ cells }, i) => i >= start && cells.length >= Math.min(2, width),
  );
  const body = first < 0 ? [] : records.slice(first);
  const data: RawRecord[] = [];
  let repeats = 0;
  for (const [i, record] of body.entries()) {
    if (found && isSame(record, found)) repeats++;
    else if (i > 0 && header && startsTable(body, i, header)) {
      return { header, headerRows: rows, data, endLine: record.line, repeats };
    } else data.push(record);
  }
  return { header, headerRows: rows, data, endLine: 0, repeats };
}

function firstData(records: RawRecord[], width: number): number {
  const first = records.findIndex(({ cells }) => cells.length >= Math.min(2, width));
  return Math.max(0, first);
}

/** The first full row whose cells are names rather than values. */
function findHeader(records: RawRecord[], width: number, told?: number): RawRecord | undefined {
  if (told === 0) return undefined;
  if (told) return records.find((record) => record.line === told);
  const head = records.slice(0, 40);
  for (const [i, record] of head.entries()) {
    if (record.cells.length < Math.max(1, Math.ceil(width * 0.6))) continue;
    const filled = record.cells.filter((cell) => cell.trim() !== "");
    if (filled.length < Math.max(1, record.cells.length * 0.5)) continue;
    const known = filled.filter(isKnownHeader).length;
    if (known >= 2 && known * 4 >= Math.min(filled.length, 12)) return record;
    const below = head.slice(i + 1).filter(isFilled);
    if (looksLikeData(record.cells)) {
      if (record.cells.length !== width && isHeaderOf(below, width)) continue;
      return undefined;
    }
    if (!isTitle(record, below)) return record;
  }
  return undefined;
}

function isFilled({ cells }: RawRecord): boolean {
  return cells.some((cell) => cell.trim() !== "");
}

/** Names as wide as the table, and values below them: what stands above was a remark. */
function isHeaderOf([names, ...rows]: RawRecord[], width: number): boolean {
  return (
    names?.cells.length === width &&
    !looksLikeData(names.cells) &&
    rows.length > 0 &&
    rows.slice(0, 3).every(({ cells }) => cells.length === width && looksLikeData(cells))
  );
}

/** A row of names above another that is fuller, or as full and followed by values. */
function isTitle(record: RawRecord, [next, ...after]: RawRecord[]): boolean {
  if (!next || looksLikeData(next.cells)) return false;
  const count = ({ cells }: RawRecord) => cells.filter((cell) => cell.trim() !== "").length;
  const isProse = record.cells.some((cell) => cell.trim().split(/\s+/).length > 4);
  const isFollowed =
    after.length > 0 && after.slice(0, 3).every(({ cells }) => looksLikeData(cells));
  return isFollowed && (count(next) > count(record) || (isProse && count(next) >= count(record)));
}

/** Rows below the first of a header that go on with it: units, second lines, the header once more. */
function moreHeaderRows(header: RawRecord, below: RawRecord[], width: number): number {
  let rows = 0;
  while (rows < 3 && below[rows] && isSame(below[rows]!, header)) rows++;
  if (rows > 0 || !below[0] || !below[1]) return rows;
  const body = below.slice(1, 40).filter(({ cells }) => cells.length === width);
  const datums = header.cells.map(
    (_, i) =>
      body.filter(({ cells }) => isDatum((cells[i] ?? "").trim())).length > body.length * 0.8,
  );
  const [row] = below as [RawRecord];
  const isName = (cell: string) => !isBlank(cleanCell(cell)) && !isDatum(cell.trim());
  const isBelow =
    body.length >= 2 &&
    row.cells.some((cell, i) => datums[i] && isName(cell)) &&
    row.cells.every((cell, i) => !datums[i] || !isDatum(cell.trim())) &&
    !row.cells.some((cell) => /\d{3}/.test(cell));
  return isBelow ? 1 : 0;
}

function joinRows(rows: RawRecord[]): RawRecord | undefined {
  const [first] = rows;
  if (!first || rows.length === 1) return first;
  const cells = first.cells.map((_, i) =>
    rows
      .map((row) => (row.cells[i] ?? "").trim())
      .filter((text) => text !== "")
      .join(" "),
  );
  const last = rows.at(-1)!;
  return { cells, line: first.line, lines: last.line + last.lines - first.line };
}

/** Names in place of values, other ones than above: another table. */
function startsTable(records: RawRecord[], i: number, header: RawRecord): boolean {
  const { cells } = records[i]!;
  const filled = cells.filter((cell) => cell.trim() !== "");
  if (filled.length < 2 || filled.length < cells.length * 0.6 || looksLikeData(cells)) return false;
  const below = records.slice(i + 1, i + 4);
  if (below.length === 0) return false;
  const known = filled.filter(isKnownHeader).length;
  const again = filled.filter((cell) => header.cells.includes(cell)).length;
  const isNamed = known >= 2 && known * 2 >= filled.length;
  const isAgain = again >= 2 && again * 2 >= filled.length;
  if (!isNamed && !isAgain) return false;
  return below.every((row) => row.cells.length === cells.length && looksLikeData(row.cells));
}

function isSame(record: RawRecord, header: RawRecord): boolean {
  const { cells } = record;
  return (
    cells.length === header.cells.length &&
    cells.every((cell, i) => cell.trim() === header.cells[i]!.trim())
  );
}

function commonWidth(records: RawRecord[], otherwise: number): number {
  return records[1]?.cells.length ?? records[0]?.cells.length ?? otherwise;
}
