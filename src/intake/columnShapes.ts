import { cleanCell, isBlank } from "./cleanCell.ts";
import { readDate } from "./dateFormats.ts";
import { readNumber } from "./numberFormats.ts";
import type { RawRecord } from "./parseRecords.ts";

/** What nearly all values of a column look like; text says nothing. */
export type ColumnShape = "date" | "clock" | "number" | "email" | "link" | "code" | "text";

const tests: [ColumnShape, (text: string) => boolean][] = [
  ["clock", (text) => /^\d{1,2}:\d{2}(:\d{2})?( ?[AP]M)?$/i.test(text)],
  ["date", (text) => readDate(text) !== undefined],
  ["number", (text) => readNumber(text) !== undefined],
  ["email", (text) => /^[^@\s]+@[^@\s]+\.\w+$/.test(text)],
  ["link", (text) => /^https?:\/\/\S+$/i.test(text)],
  ["code", (text) => /^(?=\S*\d)[\w#/.:-]+$/.test(text)],
];

const enough = 500; // records that are looked at

/** Shapes of the columns, from the records that have them all. */
export function detectShapes(records: RawRecord[], width: number): ColumnShape[] {
  const whole = records.filter(({ cells }) => cells.length === width);
  const step = Math.max(1, Math.floor(whole.length / enough));
  const sample = whole.filter((_, i) => i % step === 0);
  return Array.from({ length: width }, (_, i) =>
    shapeOf(sample.map(({ cells }) => cells[i] ?? "")),
  );
}

function shapeOf(values: string[]): ColumnShape {
  const filled = values.map(cleanCell).filter((text) => !isBlank(text));
  if (filled.length === 0) return "text";
  const found = tests.find(([, test]) => filled.filter(test).length >= filled.length * 0.95);
  return found?.[0] ?? "text";
}

/** Whether a value may stand in a column of the shape; blank ones may anywhere. */
export function fitsShape(shape: ColumnShape, cell: string): boolean {
  const text = cleanCell(cell);
  if (shape === "text" || isBlank(text)) return true;
  return tests.some(([name, test]) => name === shape && test(text));
}
