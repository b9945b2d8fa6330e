import { cleanCell, isBlank } from "./cleanCell.ts";
import { fitsShape } from "./columnShapes.ts";
import type { ColumnShape } from "./columnShapes.ts";
import { readDate } from "./dateFormats.ts";
import { readNumber } from "./numberFormats.ts";
import type { Delimiter } from "./parseRecords.ts";

export type Repaired =
  | { state: "fits" | "padded" | "rejoined"; cells: string[] }
  | { state: "rejected"; error: "too-many-columns" | "broken-quotes" };

/** What of a plan a row is held against. */
export interface RowShape {
  width: number;
  delimiter: Delimiter;
  /** positions of the order's time, and of money and numbers */
  times: number[];
  numbers: number[];
  /** what the values of each column look like */
  shapes: ColumnShape[];
}

const others = [";", ",", "\t", "|"];

/** Makes a record as wide as the table: pads it, puts what was torn apart together, or says what is wrong. */
export function repairRow(cells: string[], shape: RowShape): Repaired {
  const { width } = shape;
  if (cells.length === width) return { state: "fits", cells };
  const bare = dropTrailingBlanks(cells, width);
  if (bare.length === width) return { state: "fits", cells: bare };
  if (bare.length < width) {
    const again = splitByAnother(bare, shape);
    if (again) return { state: "rejoined", cells: again };
    return { state: "padded", cells: [...bare, ...Array<string>(width - bare.length).fill("")] };
  }
  const joined = rejoin(bare, shape);
  if (joined) return { state: "rejoined", cells: joined };
  const broken = cells.some((cell) => /[\r\n]/.test(cell));
  return { state: "rejected", error: broken ? "broken-quotes" : "too-many-columns" };
}

function dropTrailingBlanks(cells: string[], width: number): string[] {
  let end = cells.length;
  while (end > width && cells[end - 1]!.trim() === "") end--;
  return end === cells.length ? cells : cells.slice(0, end);
}

/** One line written with another delimiter than the rest of the file. */
function splitByAnother(cells: string[], { width, delimiter }: RowShape): string[] | undefined {
  if (cells.length > 2 || delimiter === "whitespace") return undefined;
  const line = cells.join(delimiter);
  for (const other of others) {
    if (other === delimiter) continue;
    const parts = line.split(other);
    if (parts.length === width) return parts;
  }
  return undefined;
}

/** An unquoted delimiter inside a value: the one way to join neighbours under which every column is readable. */
function rejoin(cells: string[], shape: RowShape): string[] | undefined {
  const surplus = cells.length - shape.width;
  if (surplus > 8 || shape.delimiter === "whitespace") return undefined;
  const candidates: { joined: string[]; isLikely: boolean }[] = [];
  for (let i = 0; i + surplus < cells.length; ++i) {
    const value = cells.slice(i, i + surplus + 1).join(shape.delimiter);
    const joined = [...cells.slice(0, i), value, ...cells.slice(i + surplus + 1)];
    const isNumber = shape.numbers.includes(i);
    const isText = (shape.shapes[i] ?? "text") === "text" && !shape.times.includes(i);
    if (!(isNumber || isText) || !isReadable(joined, shape)) continue;
    const parts = cells.slice(i + 1, i + surplus + 1);
    candidates.push({ joined, isLikely: isNumber || parts.every((part) => /^ \S/.test(part)) });
  }
  const likely = candidates.filter(({ isLikely }) => isLikely);
  if (likely.length === 1) return likely[0]!.joined;
  const isTold = shape.shapes.some((known) => known !== "text");
  return candidates.length === 1 && isTold ? candidates[0]!.joined : undefined;
}

function isReadable(cells: string[], { times, numbers, shapes }: RowShape): boolean {
  const isBare = (i: number) => isBlank(cleanCell(cells[i]!));
  return (
    times.every((i) => isBare(i) || readDate(cleanCell(cells[i]!)) !== undefined) &&
    numbers.every((i) => isBare(i) || readNumber(cleanCell(cells[i]!)) !== undefined) &&
    shapes.every((shape, i) => numbers.includes(i) || fitsShape(shape, cells[i] ?? ""))
  );
}
