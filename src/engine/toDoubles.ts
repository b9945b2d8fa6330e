import {
  DataType,
  Field,
  Float64,
  List,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
} from "apache-arrow";
import type { Data } from "apache-arrow";

/**
 * Turns DECIMAL and HUGEINT columns, which Arrow holds as unscaled 128-bit integers (30.01 as
 * "3001"), into doubles: the nearest one to the decimal, as `::double` in SQL gives it. The engine's
 * own cast (`castDecimalToDouble`) misses it by one unit in the last place for a third of all
 * four-digit decimals, and leaves those inside a list unscaled.
 */
export function toDoubles(table: Table): Table {
  if (!table.schema.fields.some(({ type }) => hasDecimal(type))) return table;
  const fields = table.schema.fields.map(toDoubleField);
  const schema = new Schema(fields, table.schema.metadata);
  // what Arrow reads where there are no rows has not all of its columns
  const filled = table.batches.filter(({ numRows }) => numRows > 0);
  const batches = filled.map((batch) => {
    const children = batch.data.children.map(toDoubleData);
    const type = new Struct(fields);
    return new RecordBatch(
      schema,
      makeData({ type, length: batch.numRows, nullCount: 0, children }),
    );
  });
  return new Table(schema, batches);
}

function hasDecimal(type: DataType): boolean {
  if (DataType.isDecimal(type)) return true;
  return ((type.children as Field[] | null) ?? []).some((field) => hasDecimal(field.type));
}

function toDoubleField(field: Field): Field {
  return new Field(field.name, toDoubleType(field.type), field.nullable, field.metadata);
}

function toDoubleType(type: DataType): DataType {
  if (DataType.isDecimal(type)) return new Float64();
  if (!hasDecimal(type)) return type;
  const children = (type.children as Field[]).map(toDoubleField);
  if (DataType.isList(type)) return new List(children[0] as Field);
  if (DataType.isStruct(type)) return new Struct(children);
  throw new TypeError(`decimal inside a type that cannot be shown: ${type}`);
}

function toDoubleData(data: Data): Data {
  const { type, offset, length, nullCount, nullBitmap } = data;
  if (DataType.isDecimal(type)) {
    const values = toDoubleValues(data.values as Uint32Array, type.scale);
    return makeData({
      type: new Float64(),
      offset,
      length,
      nullCount,
      nullBitmap,
      data: values,
    });
  }
  if (!hasDecimal(type)) return data;
  return data.clone(
    toDoubleType(type),
    offset,
    length,
    nullCount,
    undefined,
    data.children.map(toDoubleData),
  );
}

/** @param words four of 32 bits a value, the lowest first, two's complement */
function toDoubleValues(words: Uint32Array, scale: number): Float64Array {
  const values = new Float64Array(words.length / 4);
  const divisor = 10 ** scale;
  for (let i = 0; i < values.length; ++i) {
    const low = words[4 * i] as number;
    const high = (words[4 * i + 1] as number) | 0;
    const sign = high >> 31;
    const isShort =
      (words[4 * i + 2] as number | 0) === sign && ((words[4 * i + 3] as number) | 0) === sign;
    const unscaled = high * 2 ** 32 + low;
    // two exact doubles divide to the nearest one
    values[i] =
      isShort && Number.isSafeInteger(unscaled) && scale <= 22
        ? unscaled / divisor
        : Number(toText(words.subarray(4 * i, 4 * i + 4), scale));
  }
  return values;
}

function toText(words: Uint32Array, scale: number): string {
  const unscaled = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  return `${BigInt.asIntN(128, unscaled)}e-${scale}`;
}
