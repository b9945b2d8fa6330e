import type { Table } from "apache-arrow";

/**
 * Gives the memory of a table back at once, where the browser can do that, and not when garbage is next
 * collected: a million rows take some hundred megabytes. Nobody may read the table afterwards, nor a
 * column of it.
 */
export function releaseTable(table: Table): void {
  const columns = table.batches.flatMap(({ data }) => data.children);
  const parts = columns.flatMap(({ values, valueOffsets, nullBitmap }) => [
    values as ArrayBufferView | undefined,
    valueOffsets as ArrayBufferView | undefined,
    nullBitmap as ArrayBufferView | undefined,
  ]);
  for (const buffer of new Set(parts.map((part) => part?.buffer))) {
    (buffer as MovableBuffer | undefined)?.transfer?.(0);
  }
}

/** what browsers before 2024 do not have */
interface MovableBuffer {
  /** a buffer of that length that takes over the memory */
  transfer?(length: number): ArrayBuffer;
}
