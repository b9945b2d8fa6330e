import { channelsOf } from "./channels.ts";
import type { ChartInput } from "./chart.ts";

/**
 * Whether some row has a number, or a day, in every column that the chart cannot do without; of numbered
 * columns one is enough. A column that the table has not is the drawing's to complain about.
 */
export function hasFigures(kind: string, input: ChartInput): boolean {
  const { needs = [], takes = [] } = channelsOf[kind] ?? {};
  const isNumbered = (name: string) => takes.includes(name.replace(/\d*$/, "#"));
  const given = Object.keys(input.channels);
  const always = needs.filter((name) => !isNumbered(name) && name !== "share");
  const numbered = given.filter((name) => /^y\d*$/.test(name) && isNumbered(name));
  const columns = [...always, ...numbered].map((name) => columnOf(input, name));
  if (columns.some((column) => column === undefined)) return true;
  const [sure, some] = [columns.slice(0, always.length), columns.slice(always.length)];
  const isAt = (column: Column, i: number) => column!.isText || isNumber(column!.get(i));
  for (let i = 0; i < input.table.numRows; ++i) {
    if (!sure.every((column) => isAt(column, i))) continue;
    if (some.length === 0 || some.some((column) => isAt(column, i))) return true;
  }
  return false;
}

type Column = { isText: boolean; get: (i: number) => unknown } | undefined;

function columnOf({ table, columns, channels }: ChartInput, channel: string): Column {
  const name = channels[channel] ?? "";
  const vector = table.getChild(name);
  if (!vector) return undefined;
  const isText =
    columns.find((column) => column.name === name)?.type === "text" ||
    /^(Utf8|LargeUtf8|Dictionary)/.test(String(vector.type));
  return { isText, get: (i) => vector.get(i) as unknown };
}

function isNumber(value: unknown): boolean {
  return value !== null && value !== undefined && Number.isFinite(Number(value));
}
