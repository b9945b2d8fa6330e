import { cleanCell, isBlank } from "./cleanCell.ts";
import { collectDateFormat, readDate, readEpoch } from "./dateFormats.ts";
import type { DateFormat, DateReading } from "./dateFormats.ts";
import { collectNumberFormat, readNumber } from "./numberFormats.ts";
import type { NumberFormat, NumberReading } from "./numberFormats.ts";
import type { RawRecord } from "./parseRecords.ts";

/** What the values of one column look like, from a sample of the whole file. Shares are of `filled`. */
export interface ColumnProfile {
  index: number;
  records: number;
  /** values that are not blank */
  filled: number;
  distinct: number;
  dates: number;
  dateFormat: DateFormat;
  epochs: number;
  epochFormat: DateFormat;
  numbers: number;
  numberFormat: NumberFormat;
  negatives: number;
  /** numbers with a fraction */
  fractions: number;
  percents: number;
  largest: number;
  emails: number;
  /** values with asterisks in the place of digits or letters */
  masked: number;
  clocks: number;
  /** values with a digit in them */
  digits: number;
  /** digits only, with a leading zero */
  zeroPadded: number;
  /** three letters */
  codes: number;
  /** some value carries blanks, zero-width characters or spreadsheet armour */
  dressed: boolean;
}

const sampleSize = 3000;

/** Profiles of all columns, from at most 3,000 records spread over those given. */
export function profileColumns(
  records: RawRecord[],
  width: number,
  delimiter: string,
): ColumnProfile[] {
  const step = Math.max(1, records.length / sampleSize);
  const sample: RawRecord[] = [];
  for (let i = 0; i < records.length; i += step) sample.push(records[Math.floor(i)]!);
  return Array.from({ length: width }, (_, index) => profileColumn(sample, index, delimiter));
}

/** What one value looks like; kept by value, since most columns repeat theirs. */
interface Shape {
  text: string;
  dressed: boolean;
  date: DateReading | undefined;
  epoch: DateReading | undefined;
  number: NumberReading | undefined;
  magnitude: number;
}

function shapeOf(cell: string): Shape {
  const text = cleanCell(cell);
  const dressed = text !== cell;
  const short = text.length < 45 && /\d/.test(text) && !isBlank(text);
  const number =
    short && text.length < 30 && !/[A-Za-z]{4}/.test(text) ? readNumber(text) : undefined;
  return {
    text: isBlank(text) ? "" : text,
    dressed,
    date: short ? readDate(text) : undefined,
    epoch: short ? readEpoch(text) : undefined,
    number,
    magnitude: number ? Math.abs(Number(text.replace(/[^\d.]/g, ""))) || 0 : 0,
  };
}

const noShapes = { emails: 0, masked: 0, clocks: 0, digits: 0, zeroPadded: 0, codes: 0 };

function profileColumn(records: RawRecord[], index: number, delimiter: string): ColumnProfile {
  const counts = { ...noShapes };
  const shapes = new Map<string, Shape>();
  const dates: DateReading[] = [];
  const epochs: DateReading[] = [];
  const numbers: NumberReading[] = [];
  let filled = 0;
  let dressed = false;
  let largest = 0;
  let fractions = 0;
  for (const { cells } of records) {
    const cell = cells[index] ?? "";
    if (cell === "") continue;
    let shape = shapes.get(cell);
    if (!shape) shapes.set(cell, (shape = shapeOf(cell)));
    dressed ||= shape.dressed;
    if (shape.text === "") continue;
    filled++;
    countShapes(shape.text, counts);
    if (shape.date) dates.push(shape.date);
    if (shape.epoch) epochs.push(shape.epoch);
    if (!shape.number) continue;
    numbers.push(shape.number);
    if (shape.number.decimals > 0) fractions++;
    largest = Math.max(largest, shape.magnitude);
  }
  const distinct = new Set(
    [...shapes.values()].map(({ text }) => text).filter((text) => text !== ""),
  );
  const share = (n: number) => (filled ? n / filled : 0);
  return {
    index,
    records: records.length,
    filled,
    distinct: distinct.size,
    dates: share(dates.length),
    dateFormat: collectDateFormat(dates),
    epochs: share(epochs.length),
    epochFormat: collectDateFormat(epochs),
    numbers: share(numbers.length),
    numberFormat: collectNumberFormat(numbers, delimiter),
    negatives: share(numbers.filter((number) => number.negative).length),
    fractions: share(fractions),
    percents: share(numbers.filter((number) => number.percent).length),
    largest,
    emails: share(counts.emails),
    masked: share(counts.masked),
    clocks: share(counts.clocks),
    digits: share(counts.digits),
    zeroPadded: share(counts.zeroPadded),
    codes: share(counts.codes),
    dressed,
  };
}

function countShapes(text: string, counts: typeof noShapes): void {
  if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text)) counts.emails++;
  if (/[*＊]/.test(text) && /[\p{L}\d]/u.test(text)) counts.masked++;
  if (/^\d{1,2}:\d{2}(:\d{2})?( ?[AP]M)?$/i.test(text)) counts.clocks++;
  if (/\d/.test(text)) counts.digits++;
  if (/^0\d+$/.test(text)) counts.zeroPadded++;
  if (/^[A-Za-z]{3}$/.test(text)) counts.codes++;
}
