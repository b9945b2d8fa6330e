import { expect, it } from "vitest";
import { columnWidths } from "../../src/views/columnWidths.ts";

const options = { perCharacter: 10, least: 50, most: 300 };

it("fits the longest of header and values, within bounds", () => {
  const headers = ["k", "customer", "note"];
  const samples = [["1", "C1", "x".repeat(100)]];
  expect(columnWidths(headers, samples, options)).toEqual([64, 134, 300]);
});

it("counts a Chinese character as two", () => {
  const [latin, han] = columnWidths(["", ""], [["abcdef", "客户终身价值"]], options);
  expect(han).toBe((latin ?? 0) + 60);
});
