import fc from "fast-check";
import { expect, it } from "vitest";
import { packColumn, pickRows, unpackTable, valuesOf } from "../../src/report/packTable.ts";

const values = fc.oneof(
  fc.array(fc.option(fc.double({ noNaN: true })), { maxLength: 30 }),
  fc.array(fc.option(fc.integer()), { maxLength: 30 }),
  fc.array(fc.option(fc.constantFrom("a", "b", "长的名字")), { maxLength: 30 }),
  fc.array(fc.option(fc.boolean()), { maxLength: 30 }),
);

it("gives every value back exactly after a way through JSON", () => {
  fc.assert(
    fc.property(values, (column) => {
      const packed = JSON.parse(JSON.stringify(packColumn("c", "number", column)));
      // JSON has no minus zero
      expect(valuesOf(packed).map(plain)).toEqual(column.map(plain));
    }),
  );
});

it("takes the shorter form", () => {
  const thirds = Array.from({ length: 50 }, (_, i) => i / 3);
  expect(packColumn("c", "share", thirds)).toHaveProperty("doubles");
  expect(packColumn("c", "count", [1, 2, 3])).toEqual({
    name: "c",
    type: "count",
    values: [1, 2, 3],
  });
  const names = Array.from({ length: 50 }, (_, i) => (i % 2 ? "new customers" : "all others"));
  expect(packColumn("c", "text", names)).toHaveProperty("words");
});

it("is a table to the charts, also of some of its rows", () => {
  const table = unpackTable({ rows: 3, columns: [packColumn("n", "count", [1, null, 3])] });
  expect(table.getChild("n")).toMatchObject({ length: 3, nullCount: 1 });
  expect(table.getChild("other")).toBeNull();
  const some = pickRows(table, [2, 0]);
  expect([some.numRows, some.getChild("n")?.get(0), some.getChild("n")?.nullCount]).toEqual([
    2, 3, 0,
  ]);
});

function plain(value: unknown): unknown {
  return value === 0 ? 0 : value;
}
