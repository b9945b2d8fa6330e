import { expect, it } from "vitest";
import { toFall } from "../../src/charts/toFall.ts";

const entry = (code: string, size: number) => ({ name: code, code, size, rows: [] });

it("falls from what was read to what was kept, and ends where kept begins", () => {
  const falls = toFall([
    entry("kept", 60),
    entry("merged", 25),
    entry("excluded", 10),
    entry("rejected", 5),
    entry("read", 100),
  ]);
  expect(falls.map(({ code, from, to }) => [code, from, to])).toEqual([
    ["read", 0, 100],
    ["rejected", 95, 100],
    ["excluded", 85, 95],
    ["merged", 60, 85],
    ["kept", 0, 60],
  ]);
});

it("leaves out steps of no size, and refunds, which are none of the rows", () => {
  const falls = toFall([
    entry("read", 5),
    entry("rejected", 0),
    entry("refund", 2),
    entry("kept", 5),
  ]);
  expect(falls.map(({ code }) => code)).toEqual(["read", "kept"]);
});
