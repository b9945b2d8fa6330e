import { expect, it } from "vitest";
import { toTable } from "../../src/engine/toTable.ts";

it("lays out numbers, texts and flags with what is missing", () => {
  const table = toTable([
    { name: "model", type: "text", values: ["bg-nbd", null, "常青"] },
    { name: "estimate", type: "number", values: [0.25, null, -3] },
    { name: "converged", type: "flag", values: [true, null, false] },
    { name: "clv", type: "money", values: Float64Array.of(1.5, Number.NaN, 2) },
  ]);
  expect(table.numRows).toBe(3);
  expect(table.schema.fields.map(({ name }) => name)).toEqual([
    "model",
    "estimate",
    "converged",
    "clv",
  ]);
  const rows = [0, 1, 2].map((row) =>
    table.schema.fields.map((_, i) => table.getChildAt(i)?.get(row)),
  );
  expect(rows).toEqual([
    ["bg-nbd", 0.25, true, 1.5],
    [null, null, null, Number.NaN],
    ["常青", -3, false, 2],
  ]);
});

it("makes no function out of text, which the page's policy forbids", () => {
  const before = globalThis.Function;
  globalThis.Function = (() => {
    throw new EvalError("refused");
  }) as unknown as FunctionConstructor;
  try {
    const values = Array.from({ length: 20 }, (_, i) => (i % 3 ? `v${i}` : null));
    expect(
      toTable([{ name: "a", type: "text", values }])
        .getChild("a")
        ?.get(19),
    ).toBe("v19");
  } finally {
    globalThis.Function = before;
  }
});
