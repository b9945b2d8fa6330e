import { expect, it } from "vitest";
import { columnsBeyond, columnWidths } from "../../src/views/columnWidths.ts";

const options = { perCharacter: 10, least: 50, most: 300 };

it("fits the longest of header and values, within bounds", () => {
  const headers = ["k", "customer", "note"];
  const samples = [["1", "C1", "x".repeat(100)]];
  expect(columnWidths(headers, samples, options)).toEqual([64, 134, 300]);
});

it("takes half of a long header, which breaks in two, but no less than its longest word", () => {
  const widths = columnWidths(
    ["Days since last purchase", "Straightforwardly so", "客户终身价值的区间"],
    [],
    options,
  );
  expect(widths).toEqual([14, 17, 11].map((characters) => (characters + 3) * 10 + 24));
});

it("counts a Chinese character as two", () => {
  const [latin, han] = columnWidths(["", ""], [["abcdef", "客户终身价值"]], options);
  expect(han).toBe((latin ?? 0) + 60);
});

it("counts the columns beyond the edge", () => {
  expect(columnsBeyond([100, 100, 100], 300)).toBe(0);
  expect(columnsBeyond([100, 100, 100], 150)).toBe(2);
  expect(columnsBeyond([100, 100, 100], 195)).toBe(1);
  expect(columnsBeyond([100, 100, 100], 0)).toBe(0); // not laid out yet
});
