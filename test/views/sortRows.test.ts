import fc from "fast-check";
import { expect, it } from "vitest";
import { sortRows, type ColumnReader } from "../../src/views/sortRows.ts";

function columnOf(values: unknown[]): ColumnReader {
  return { get: (row) => values[row] };
}

function sorted(values: unknown[], direction: "ascending" | "descending"): unknown[] {
  return [...sortRows(columnOf(values), values.length, direction)].map((row) => values[row]);
}

it("sorts numbers by size, not by their digits", () => {
  expect(sorted([10, 9, 100, -1], "ascending")).toEqual([-1, 9, 10, 100]);
  expect(sorted([10n, 9n, 100n], "descending")).toEqual([100n, 10n, 9n]);
});

it("sorts days and flags", () => {
  const days = [new Date("2011-03-01"), new Date("2010-12-01")];
  expect(sorted(days, "ascending")).toEqual([days[1], days[0]]);
  expect(sorted([true, false, true], "ascending")).toEqual([false, true, true]);
});

it("sorts text by the rules of a language, numbers inside it by size", () => {
  expect(sorted(["b", "a10", "a2", "Á"], "ascending")).toEqual(["Á", "a2", "a10", "b"]);
});

it("leaves missing values and NaN last in both directions", () => {
  const values = [null, 2, Number.NaN, 1, undefined];
  expect(sorted(values, "ascending")).toEqual([1, 2, null, Number.NaN, undefined]);
  expect(sorted(values, "descending")).toEqual([2, 1, null, Number.NaN, undefined]);
});

it("keeps the order of the table where values are equal, in both directions", () => {
  const column = columnOf([1, 0, 1, 0]);
  expect([...sortRows(column, 4, "ascending")]).toEqual([1, 3, 0, 2]);
  expect([...sortRows(column, 4, "descending")]).toEqual([0, 2, 1, 3]);
});

it("gives each row once", () => {
  const value = fc.oneof(fc.constant(null), fc.double(), fc.integer());
  fc.assert(
    fc.property(fc.array(value), (values) => {
      const order = sortRows(columnOf(values), values.length, "ascending");
      expect([...order].sort((a, b) => a - b)).toEqual(values.map((_, row) => row));
    }),
  );
});
