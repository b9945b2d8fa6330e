import fc from "fast-check";
import { expect, it } from "vitest";
import { findRows } from "../../src/views/findRows.ts";

const names = ["Ada", "bob", "Čeněk", "ada lovelace", ""];
const cities = ["Rome", "Paris", "ROME", "London", "paris"];
const texts = [(row: number) => names[row]!, (row: number) => cities[row]!];

it("finds every word, in whichever column, whatever its case, in the order shown", () => {
  const order = Uint32Array.from([4, 3, 2, 1, 0]);
  const find = (wanted: string) => findRows(wanted, texts, { rows: 5, order });
  expect([...find("rome")!]).toEqual([2, 0]);
  expect([...find("  ADA   rom ")!]).toEqual([0]);
  expect([...find("čen")!]).toEqual([2]);
  expect([...find("nobody")!]).toEqual([]);
  expect(find("")).toBeUndefined();
  expect(find("  \t")).toBeUndefined();
  expect([...findRows("paris", texts, { rows: 5, order: undefined })!]).toEqual([1, 4]);
});

it("is what a filter of the rows gives", () => {
  const cell = fc.stringMatching(/^[abC ]{0,4}$/);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell), { minLength: 5, maxLength: 40 }),
      cell,
      (rows, wanted) => {
        const columns = [0, 1].map((i) => (row: number) => rows[row]![i]!);
        const words = wanted.toLowerCase().split(" ").filter(Boolean);
        const expected = rows.flatMap((row, i) =>
          words.every((word) => row.some((text) => text.toLowerCase().includes(word))) ? [i] : [],
        );
        const found = findRows(wanted, columns, { rows: rows.length, order: undefined });
        expect(found ? [...found] : undefined).toEqual(words.length > 0 ? expected : undefined);
      },
    ),
  );
});
