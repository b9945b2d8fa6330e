import fc from "fast-check";
import { expect, it } from "vitest";
import { sortRows, type ColumnReader } from "../../src/engine/sortRows.ts";
import { toTable } from "../../src/engine/toTable.ts";

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

/** as the page has them: typed arrays and bytes */
function vectorOf(type: string, values: Float64Array | readonly unknown[]) {
  return toTable([{ name: "a", type, values }]).getChild("a")!;
}

it("sorts doubles as comparisons do, both ways, also where they lie close or far apart", () => {
  const value = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -0, 5e-324, Number.NaN));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 200 }), (values) => {
      const column = vectorOf("number", Float64Array.from(values));
      for (const [direction, sign] of [
        ["ascending", 1],
        ["descending", -1],
      ] as const) {
        const known = [...values.keys()].filter((row) => !Number.isNaN(values[row]));
        const unknown = [...values.keys()].filter((row) => Number.isNaN(values[row]));
        known.sort((a, b) =>
          values[a]! === values[b]! ? a - b : values[a]! < values[b]! ? -sign : sign,
        );
        expect([...sortRows(column, values.length, direction)]).toEqual([...known, ...unknown]);
      }
    }),
  );
});

it("sorts many texts by their characters, whatever they begin with, ties in the order of the table", () => {
  const count = 21_000;
  const texts = Array.from({ length: count }, (_, i) => {
    const number = (i * 7919) % 20_011;
    return `customer-${number % 3 === 0 ? "Ä-" : ""}${String(number).padStart(number % 2 ? 0 : 14, "0")}`;
  });
  const column = vectorOf("text", texts);
  const bytes = texts.map((text) => Buffer.from(text));
  for (const [direction, sign] of [
    ["ascending", 1],
    ["descending", -1],
  ] as const) {
    const expected = [...texts.keys()].sort(
      (a, b) => sign * Buffer.compare(bytes[a]!, bytes[b]!) || a - b,
    );
    expect([...sortRows(column, count, direction)]).toEqual(expected);
  }
});

it("takes texts that are missing last, and columns in several parts", () => {
  const texts = vectorOf("text", ["b", null, "a"]);
  expect([...sortRows(texts, 3, "descending")]).toEqual([0, 2, 1]);
  const parts = vectorOf("number", Float64Array.of(3, 1)).concat(
    vectorOf("number", Float64Array.of(2)),
  );
  expect([...sortRows(parts, 3, "ascending")]).toEqual([1, 2, 0]);
});
