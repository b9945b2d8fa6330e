import type { ColumnType } from "../catalog/query.ts";

/**
 * A column without loss: what stands in JSON, or doubles in base64, NaN for null, where those are shorter; text that comes
 * again, as places in the list of its words. Days in milliseconds since 1970; null is nothing.
 */
export type PackedColumn = { name: string; type: ColumnType } & (
  { values: Value[] } | { doubles: string } | { words: string[]; places: (number | null)[] }
);

type Value = string | number | boolean | null;

export interface PackedTable {
  rows: number;
  columns: PackedColumn[];
}

/** @param values of one column: text, numbers but NaN, flags and nulls */
export function packColumn(name: string, type: ColumnType, values: Value[]): PackedColumn {
  const plain = { name, type, values };
  if (values.every((value) => typeof value === "string" || value === null)) {
    const words = [...new Set(values.filter((value) => value !== null))] as string[];
    const placeOf = new Map(words.map((word, i) => [word, i]));
    const places = values.map((value) => placeOf.get(value as string) ?? null);
    return shortest<PackedColumn>([plain, { name, type, words, places }]);
  }
  if (values.every((value) => typeof value === "number" || value === null)) {
    const numbers = Float64Array.from(values, (value) =>
      value === null ? Number.NaN : Number(value),
    );
    const packed = { name, type, doubles: toBase64(new Uint8Array(numbers.buffer)) };
    const isJson = values.every((value) => value === null || Number.isFinite(value));
    return isJson ? shortest<PackedColumn>([plain, packed]) : packed;
  }
  return plain;
}

/** What a chart and a table of the page ask of an Arrow table. */
export interface ColumnTable {
  numRows: number;
  getChild(name: string): ColumnVector | null;
}

export interface ColumnVector {
  length: number;
  nullCount: number;
  type: string;
  get(row: number): Value;
}

export function unpackTable({ rows, columns }: PackedTable): ColumnTable {
  const vectors = new Map(columns.map((column) => [column.name, toVector(column)]));
  return { numRows: rows, getChild: (name) => vectors.get(name) ?? null };
}

/** The same table with these rows alone. */
export function pickRows(table: ColumnTable, rows: readonly number[]): ColumnTable {
  return {
    numRows: rows.length,
    getChild(name) {
      const whole = table.getChild(name);
      return (
        whole &&
        vectorOf(
          whole.type,
          rows.map((row) => whole.get(row)),
        )
      );
    },
  };
}

export function valuesOf(column: PackedColumn): Value[] {
  if ("values" in column) return column.values;
  if ("words" in column)
    return column.places.map((place) => (place === null ? null : column.words[place]!));
  const bytes = Uint8Array.from(atob(column.doubles), (character) => character.charCodeAt(0));
  return Array.from(new Float64Array(bytes.buffer), (value) =>
    Number.isNaN(value) ? null : value,
  );
}

function toVector(column: PackedColumn): ColumnVector {
  const types = { text: "Utf8", date: "Date", flag: "Bool" } as const;
  const type = Object.hasOwn(types, column.type) ? types[column.type as "text"] : "Plain";
  return vectorOf(type, valuesOf(column));
}

function vectorOf(type: string, values: readonly Value[]): ColumnVector {
  return {
    type,
    length: values.length,
    nullCount: values.filter((value) => value === null).length,
    get: (row) => values[row] ?? null,
  };
}

function shortest<T>(forms: T[]): T {
  const lengths = forms.map((form) => JSON.stringify(form).length);
  return forms[lengths.indexOf(Math.min(...lengths))]!;
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
