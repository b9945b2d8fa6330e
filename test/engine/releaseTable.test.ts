import { expect, it } from "vitest";
import { releaseTable } from "../../src/engine/releaseTable.ts";
import { toTable } from "../../src/engine/toTable.ts";

const columns = [
  { name: "customer", type: "text", values: ["a", null, "常青"] },
  { name: "orders", type: "count", values: Float64Array.of(1, 2, 3) },
  { name: "is_member", type: "flag", values: [true, false, null] },
];

it("gives every buffer back", () => {
  const table = toTable(columns);
  const buffers = columns.flatMap(({ name }) =>
    table
      .getChild(name)!
      .data.flatMap(({ values, valueOffsets }) =>
        [values, valueOffsets].filter(Boolean).map(({ buffer }) => buffer as ArrayBuffer),
      ),
  );
  expect(buffers.every(({ byteLength }) => byteLength > 0)).toBe(true);
  releaseTable(table);
  expect(buffers.map(({ byteLength }) => byteLength)).toEqual([0, 0, 0, 0]);
});

it("leaves a copy of its texts, with those that are missing", () => {
  const table = toTable(columns);
  const values = table.getChild("customer");
  const copy = toTable([{ name: "customer", type: "text", values }]);
  releaseTable(table);
  expect(copy.getChild("customer")!.toJSON()).toEqual(["a", null, "常青"]);
});
