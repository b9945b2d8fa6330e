import { Bool, Float64, Table, Utf8, Vector, vectorFromArray } from "apache-arrow";

/** One column of a table to be: typed arrays are taken as they are, lists by the type that is declared. */
export interface TableColumn {
  name: string;
  /** text and flag are what they say; everything else is a number */
  type: string;
  values: Vector | Float64Array | readonly unknown[] | null;
}

/** Columns of one length as an Arrow table, in their order. */
export function toTable(columns: TableColumn[]): Table {
  return new Table(
    Object.fromEntries(columns.map(({ name, type, values }) => [name, toVector(type, values)])),
  );
}

function toVector(type: string, values: TableColumn["values"]): Vector {
  if (values instanceof Vector) return values;
  if (values instanceof Float64Array) return vectorFromArray(values);
  const list = values ?? [];
  if (type === "text") return vectorFromArray(list as string[], new Utf8());
  if (type === "flag") return vectorFromArray(list as boolean[], new Bool());
  return vectorFromArray(list as number[], new Float64());
}
