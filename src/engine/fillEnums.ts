import { DataType, makeVector, makeData, Utf8 } from "apache-arrow";
import type { Table, Vector } from "apache-arrow";

export function hasEnums(table: Table): boolean {
  return table.schema.fields.some(({ type }) => hasDictionary(type));
}

/**
 * Gives ENUM columns their words. The engine sends a result piece by piece without the dictionaries
 * that its ENUM columns refer to, and every value would read as null; the words stand in the types
 * that `describe` shows.
 *
 * @param types of the columns as `describe` writes them, for example ENUM('a', 'b')
 * @throws TypeError where an ENUM is inside a list or struct, whose words cannot be filled in
 */
export function fillEnums(table: Table, types: string[]): void {
  table.schema.fields.forEach((field, index) => {
    if (!hasDictionary(field.type)) return;
    if (!DataType.isDictionary(field.type)) {
      throw new TypeError(`ENUM inside another type; cast it to VARCHAR: ${field.name}`);
    }
    const words = toTextVector(toWords(types[index] ?? ""));
    for (const batch of table.batches) {
      const data = batch.data.children[index];
      if (data) data.dictionary = words;
    }
  });
}

function hasDictionary(type: DataType): boolean {
  if (DataType.isDictionary(type)) return true;
  return (type.children ?? []).some((field) => hasDictionary(field.type as DataType));
}

function toWords(type: string): string[] {
  if (!type.startsWith("ENUM(")) throw new TypeError(`not an ENUM: ${type}`);
  return Array.from(type.matchAll(/'((?:[^']|'')*)'/g), ([, word]) =>
    (word ?? "").replaceAll("''", "'"),
  );
}

/**
 * By hand: the builders of Arrow (`vectorFromArray`, `tableFromArrays`) make code from text, which
 * the policy of the page forbids.
 */
function toTextVector(texts: string[]): Vector<Utf8> {
  const encoder = new TextEncoder();
  const parts = texts.map((text) => encoder.encode(text));
  const valueOffsets = new Int32Array(texts.length + 1);
  parts.forEach((part, index) => {
    valueOffsets[index + 1] = (valueOffsets[index] ?? 0) + part.length;
  });
  const data = new Uint8Array(valueOffsets[texts.length] ?? 0);
  parts.forEach((part, index) => data.set(part, valueOffsets[index]));
  return makeVector(
    makeData({ type: new Utf8(), length: texts.length, nullCount: 0, valueOffsets, data }),
  );
}
