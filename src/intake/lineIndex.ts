/**
 * Lines of records: where record n + 1 stands on the line after record n nothing is kept, so that
 * ten million records cost a few numbers. Plain data, to cross from a worker.
 */
export interface LineIndex {
  /** ascending record numbers, from 1, that do not follow on the line before */
  records: number[];
  /** their lines */
  lines: number[];
}

export function toLineIndex(): LineIndex {
  return { records: [], lines: [] };
}

/** Notes the line of the next record; records come in order. */
export function addLine(index: LineIndex, record: number, line: number): void {
  if (lineOf(index, record) !== line) {
    index.records.push(record);
    index.lines.push(line);
  }
}

/** The line that a record starts on; 0 when the index does not reach it. */
export function lineOf({ records, lines }: LineIndex, record: number): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (records[middle]! <= record) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0;
  return lines[low - 1]! + record - records[low - 1]!;
}
