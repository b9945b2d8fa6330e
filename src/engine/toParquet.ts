import { DataType } from "apache-arrow";
import type { Table, Vector } from "apache-arrow";

type Physical = "BOOLEAN" | "INT32" | "INT64" | "DOUBLE" | "BYTE_ARRAY";

interface Kind {
  type: Physical;
  converted?: "UTF8" | "DATE" | "TIMESTAMP_MICROS";
  /** a value as Arrow gives it, as the file holds it */
  toStored: (value: unknown) => unknown;
}

/**
 * A table as a Parquet file (Snappy): days as DATE, times as TIMESTAMP in microseconds, whole numbers as
 * INT64, others as DOUBLE, text as UTF-8; NaN and what is not there as null. The writer is fetched at the
 * first use.
 *
 * @param order row numbers in the order to write them; as they lie where absent
 */
export async function toParquet(table: Table, order?: Uint32Array): Promise<Blob> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const { fields } = table.schema;
  const kinds = fields.map(({ type }) => kindOf(type as DataType));
  const rows = order?.length ?? table.numRows;
  const columnData = fields.map(({ name }, i) => {
    const vector = table.getChildAt(i) as Vector;
    const { toStored } = kinds[i]!;
    const data = Array.from({ length: rows }, (_, place) => {
      const value: unknown = vector.get(order ? order[place]! : place);
      return value === null || value === undefined || Number.isNaN(value) ? null : toStored(value);
    });
    return { name, data };
  });
  const schema = [
    { name: "root", num_children: fields.length },
    ...fields.map(({ name }, i) => {
      const { type, converted } = kinds[i]!;
      const converted_type = converted && { converted_type: converted };
      return { name, type, ...converted_type, repetition_type: "OPTIONAL" as const };
    }),
  ];
  const bytes = parquetWriteBuffer({ columnData, schema });
  return new Blob([bytes], { type: "application/vnd.apache.parquet" });
}

function kindOf(type: DataType): Kind {
  if (DataType.isBool(type)) return { type: "BOOLEAN", toStored: (value) => value === true };
  if (DataType.isInt(type)) return { type: "INT64", toStored: (value) => BigInt(value as number) };
  if (DataType.isFloat(type)) return { type: "DOUBLE", toStored: Number };
  // Arrow gives milliseconds for both
  if (DataType.isDate(type)) {
    return { type: "INT32", converted: "DATE", toStored: (value) => new Date(Number(value)) };
  }
  if (DataType.isTimestamp(type)) {
    const toStored = (value: unknown) => BigInt(Math.round(Number(value) * 1000));
    return { type: "INT64", converted: "TIMESTAMP_MICROS", toStored };
  }
  return { type: "BYTE_ARRAY", converted: "UTF8", toStored: String };
}
