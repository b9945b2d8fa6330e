import { expect, it } from "vitest";
import { evaluateFacts } from "../../src/catalog/evaluateFacts.ts";

const columns: Record<string, unknown[]> = {
  kind: ["on", "on", "off", null],
  k: [0, 1, 1, 2],
  active: [10n, 4n, 1n, 0n],
  customers: [10n, 10n, 5n, 0n],
  share: [1, 0.4, null, Number.NaN],
  is_complete: [true, true, false, null],
};
const table = { numRows: 4, column: (name: string) => (row: number) => columns[name]![row] };

it.each([
  ["count()", 4],
  ["count() where kind = 'on'", 2],
  ["count() where kind = null", 1],
  ["count() where kind != null and k >= 1", 2],
  ["sum(active)", 15],
  ["sum(active) where k < 1", 10],
  ["sum(active) where k > 7", null],
  ["first(kind)", "on"],
  ["last(kind)", null],
  ["first(is_complete) where is_complete = false", false],
  ["max(share)", 1],
  ["min(share)", 0.4],
  ["max(share) where k = 7", null],
  ["ratio(active, customers) where k = 1", 1 / 3],
  ["ratio(active, customers) where k = 2", null],
])("%s is %s", (of, expected) => {
  expect(evaluateFacts([{ name: "fact", type: "number", of }], table).fact).toBe(expected);
});

it("bounds a ratio as Wilson (1927) does: 81 of 263 gives 0.2553 to 0.3662 (Newcombe 1998, table I)", () => {
  const newcombe = { numRows: 1, column: (name: string) => () => (name === "k" ? 81 : 263) };
  const { lower, upper } = evaluateFacts(
    [
      { name: "lower", type: "share", of: "lower(k, n)" },
      { name: "upper", type: "share", of: "upper(k, n)" },
    ],
    newcombe,
  );
  expect(lower).toBeCloseTo(0.2553, 4);
  expect(upper).toBeCloseTo(0.3662, 4);
});

it("counts nothing as 0", () => {
  const of = "sum(active) where k > 7";
  expect(evaluateFacts([{ name: "fact", type: "count", of }], table).fact).toBe(0);
});

it.each(["median(k)", "sum()", "sum(k) where k ~ 1", "sum(k"])("refuses %s", (of) => {
  expect(() => evaluateFacts([{ name: "fact", type: "number", of }], table)).toThrow(SyntaxError);
});
