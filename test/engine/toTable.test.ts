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

it("takes a column of another table for itself, whatever parts it comes in", () => {
  const words = Array.from({ length: 40 }, (_, i) => (i % 4 ? `顾客 ${i}` : ""));
  const other = toTable([
    { name: "id", type: "text", values: words },
    { name: "x", type: "number", values: words.map((_, i) => i) },
  ]);
  const parts = other.slice(3, 9).concat(other.slice(20, 20), other.slice(12, 40));
  const taken = toTable([{ name: "id", type: "text", values: parts.getChild("id") }]);
  expect([...taken.getChild("id")!]).toEqual([...words.slice(3, 9), ...words.slice(12, 40)]);
  const buffers = taken.getChild("id")!.data.map(({ values }) => (values as Uint8Array).buffer);
  const bytes = [...words.slice(3, 9), ...words.slice(12, 40)].join("");
  expect(buffers.map(({ byteLength }) => byteLength)).toEqual([Buffer.byteLength(bytes)]);
});
