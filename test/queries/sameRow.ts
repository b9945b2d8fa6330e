import { expect } from "vitest";
import type { Value } from "./runner.ts";

/**
 * Fails where a row has not what is expected of it: whole numbers, days and texts to the last digit; what was divided
 * to 12.
 */
export function sameRow(row: Record<string, Value>, expected: Record<string, Value>): void {
  const isClose = (ours: Value | undefined, value: Value) =>
    typeof ours === "number" &&
    typeof value === "number" &&
    !(Number.isInteger(ours) && Number.isInteger(value))
      ? Math.abs(ours - value) <= 1e-12 * (1 + Math.abs(value))
      : ours === value;
  // one comparison by the library a row: it takes its time
  if (Object.entries(expected).every(([name, value]) => isClose(row[name], value))) return;
  expect(row).toMatchObject(expected);
}
