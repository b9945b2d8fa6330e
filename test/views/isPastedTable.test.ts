import { expect, it } from "vitest";
import { isPastedTable } from "../../src/views/isPastedTable.ts";

it.each([
  ["id\tamount\n1\t2", true],
  ["\n\nid;amount\r\n1;2", true],
  ['"id\nno"\tamount\n1\t2', true],
  ['"one\nof two, or three"', false],
  ['a\t5" pipe\n1\t2', true],
  ["a,b", false],
  ["two lines\nof prose", false],
  ["https://example.com/?a=1,2", false],
  ["", false],
])("%j: %s", (text, is) => {
  expect(isPastedTable(text)).toBe(is);
});
