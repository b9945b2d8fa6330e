import { expect, it } from "vitest";
import { rawLines } from "../../src/intake/rawLines.ts";

const lines = Array.from({ length: 30 }, (_, i) => `line ${i + 1}`);

it("begins at the first line where the header is near it", () => {
  const { from, lines: shown } = rawLines(lines.join("\r\n"), 1);
  expect([from, shown]).toEqual([1, lines.slice(0, 8)]);
});

it("begins three lines before a header that stands further down", () => {
  const { from, lines: shown } = rawLines(lines.join("\n"), 12);
  expect([from, shown]).toEqual([9, lines.slice(8, 16)]);
});

it("does not take the end of the last line for a line", () => {
  expect(rawLines("a,b\r1,2\r", 1).lines).toEqual(["a,b", "1,2"]);
  expect(rawLines("", 0).lines).toEqual([]);
});

it("keeps blank lines, and cuts long ones", () => {
  const { lines: shown } = rawLines(`a\n\n${"x".repeat(300)}\n`, 1);
  expect(shown).toEqual(["a", "", `${"x".repeat(200)}…`]);
});
