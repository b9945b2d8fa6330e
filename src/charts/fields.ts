import type { Vector } from "apache-arrow";
import type { ColumnType } from "../catalog/query.ts";
import { formatDate, formatText, formatValue, type Locale } from "../words/words.ts";
import type { ChartColumn, ChartInput } from "./chart.ts";
import { grainOf, type Grain } from "./grainOf.ts";

/** A column that a channel draws. */
export interface Field {
  name: string;
  type: ColumnType;
  label: string;
  length: number;
  /** numbers, or days and times in milliseconds since 1970; NaN where there is none */
  numbers: Float64Array;
  /** of dates: the period that they open; "day" for every other column */
  grain: Grain;
  bands: ChartColumn["bands"];
  isNull(i: number): boolean;
  /** the value in full, in the reader's language */
  say(i: number): string;
  /** a value that stands in no row, such as a tick, the same way */
  sayValue(value: number): string;
}

/** @throws Error where the channel is not given or its column is absent */
export function needField(input: ChartInput, channel: string): Field {
  const field = maybeField(input, channel);
  if (!field) throw new Error(`missing channel: ${channel}`);
  return field;
}

export function maybeField(input: ChartInput, channel: string): Field | undefined {
  const column = Object.hasOwn(input.channels, channel) ? input.channels[channel] : undefined;
  return column === undefined ? undefined : toField(input, column);
}

/** @throws Error where the table has no such column */
export function toField(input: ChartInput, name: string): Field {
  const vector = input.table.getChild(name) as Vector | null;
  if (!vector) throw new Error(`missing column: ${name}`);
  const declared = input.columns.find((column) => column.name === name);
  const type = declared?.type ?? inferType(vector);
  const locale = input.locale as Locale;
  const numbers = type === "text" ? new Float64Array(0) : toNumbers(vector);
  const grain = type === "date" ? grainOf(numbers, input.params["grain"]) : "day";
  const sayValue = (value: number) =>
    type === "date"
      ? formatDate(locale, value, grain)
      : formatValue(locale, type, value, input.currency);
  const sayText = (value: unknown) => {
    if (value === null || value === undefined) return formatValue(locale, "text", null);
    const text = String(value);
    const named = input.values && Object.hasOwn(input.values, text) ? input.values[text] : text;
    return named === undefined || named === text ? formatText(locale, name, text) : named;
  };
  return {
    name,
    type,
    label: declared?.label ?? name,
    length: vector.length,
    numbers,
    grain,
    bands: declared?.bands,
    isNull: (i) => (type === "text" ? vector.get(i) === null : Number.isNaN(numbers[i])),
    say: (i) => (type === "text" ? sayText(vector.get(i)) : sayValue(numbers[i] ?? Number.NaN)),
    sayValue,
  };
}

/** Flags as 1 and 0; null counts as 1, since what says nothing is not incomplete. */
export function flagsOf(field: Field | undefined, length: number): Uint8Array {
  const flags = new Uint8Array(length).fill(1);
  if (field) for (let i = 0; i < length; ++i) flags[i] = field.numbers[i] === 0 ? 0 : 1;
  return flags;
}

function toNumbers(vector: Vector): Float64Array {
  const numbers = new Float64Array(vector.length);
  if (vector.nullCount === 0 && /^(Float|Int(8|16|32)$)/.test(String(vector.type))) {
    // a value at a time takes a quarter of a second for a million
    let at = 0;
    for (const { values, length } of vector.data) {
      numbers.set((values as Float64Array).subarray(0, length), at);
      at += length;
    }
    return numbers;
  }
  for (let i = 0; i < numbers.length; ++i) {
    const value: unknown = vector.get(i);
    numbers[i] = value === null || value === undefined ? Number.NaN : Number(value);
  }
  return numbers;
}

function inferType(vector: Vector): ColumnType {
  const name = String(vector.type);
  if (/^(Utf8|LargeUtf8|Dictionary)/.test(name)) return "text";
  if (/^(Date|Timestamp)/.test(name)) return "date";
  return name.startsWith("Bool") ? "flag" : "number";
}
