import { Bool, DataType, Float64, makeData, makeVector, Table, Utf8, Vector } from "apache-arrow";
import { joinTexts } from "./joinTexts.ts";

/** One column of a table to be: typed arrays are taken as they are, lists by the type that is declared. */
export interface TableColumn {
  name: string;
  /** text and flag are what they say; everything else is a number */
  type: string;
  values: Vector | Float64Array | readonly unknown[] | null;
}

/**
 * Columns of one length as an Arrow table, in their order. Arrow's own builders compile their checks
 * with `new Function`, which the page's policy forbids: the buffers are laid out here.
 */
export function toTable(columns: TableColumn[]): Table {
  return new Table(
    Object.fromEntries(columns.map(({ name, type, values }) => [name, toVector(type, values)])),
  );
}

function toVector(kind: string, values: TableColumn["values"]): Vector {
  if (values instanceof Vector) return copyOf(values);
  if (values instanceof Float64Array) return makeVector(values);
  const list = values ?? [];
  if (kind === "text") return toTexts(list);
  if (kind === "flag") return toFlags(list);
  const data = Float64Array.from(list, (value) => (value === null ? 0 : Number(value)));
  const type = new Float64();
  return new Vector([makeData({ type, length: list.length, ...presence(list), data })]);
}

/** A column of another table, for itself: its buffers lie in one with all of that table's columns. */
function copyOf(vector: Vector): Vector {
  if (!DataType.isUtf8(vector.type) || vector.nullCount > 0) return vector;
  const { bytes: data, offsets: valueOffsets } = joinTexts((vector as Vector<Utf8>).data);
  const length = vector.length;
  return new Vector([makeData({ type: new Utf8(), length, nullCount: 0, valueOffsets, data })]);
}

function toTexts(list: readonly unknown[]): Vector<Utf8> {
  const encoder = new TextEncoder();
  const parts = list.map((value) => encoder.encode(value === null ? "" : String(value)));
  const valueOffsets = new Int32Array(list.length + 1);
  for (const [i, part] of parts.entries()) valueOffsets[i + 1] = valueOffsets[i]! + part.length;
  const data = new Uint8Array(valueOffsets[list.length]!);
  for (const [i, part] of parts.entries()) data.set(part, valueOffsets[i]);
  const type = new Utf8();
  return new Vector([
    makeData({ type, length: list.length, ...presence(list), valueOffsets, data }),
  ]);
}

function toFlags(list: readonly unknown[]): Vector<Bool> {
  const data = bits(list, (value) => value === true);
  return new Vector([makeData({ type: new Bool(), length: list.length, ...presence(list), data })]);
}

function presence(list: readonly unknown[]): { nullBitmap: Uint8Array; nullCount: number } {
  const isThere = (value: unknown) => value !== null && value !== undefined;
  return {
    nullBitmap: bits(list, isThere),
    nullCount: list.filter((value) => !isThere(value)).length,
  };
}

function bits(list: readonly unknown[], test: (value: unknown) => boolean): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(list.length / 8));
  for (const [i, value] of list.entries()) if (test(value)) bytes[i >> 3]! |= 1 << (i & 7);
  return bytes;
}
