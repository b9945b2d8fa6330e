import { expect, it } from "vitest";
import type { Query } from "../../src/catalog/query.ts";
import { missingFor, noData } from "../../src/session/needs.ts";

const words = { text: (key: string) => `said ${key}` };
const needing = (...needs: string[]) => ({ needs, wants: [] as string[] }) as Query;
const some = { ...noData, orders: 1 };

it.each(["contacts", "touches", "referrals", "ratings"])("says which file has %s", (table) => {
  expect(missingFor(needing("orders", table), some, words)).toBe(`said unavailable.${table}`);
  const given = { ...some, beside: new Set([table]) };
  expect(missingFor(needing("orders", table), given, words)).toBeNull();
});

it("says which column of the orders it says nothing without", () => {
  const query = { ...needing("orders"), wants: ["product"] };
  expect(missingFor(query, some, words)).toBe("said unavailable.product");
  expect(missingFor(query, { ...some, named: new Set(["product"]) }, words)).toBeNull();
});
