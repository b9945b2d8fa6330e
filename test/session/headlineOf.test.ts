import { afterAll, beforeAll, expect, it } from "vitest";
import { headlineOf } from "../../src/session/headlineOf.ts";
import { readQuery } from "../queries/readQueries.ts";
import { openShop, type Shop } from "./openShop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop?.close());

it("gives the revenue that the overview has, where a refund has no order", async () => {
  const content = `order_id,customer_id,ordered_at,amount,currency
A-1,ann,2025-01-03,120.00,EUR
A-1,ann,2025-01-10,-20.00,EUR
A-2,bob,2025-01-09,80.50,EUR
A-9,cay,2025-02-01,-7.00,EUR
`;
  const { totals } = await shop.importFiles([{ name: "orders.csv", content }]);
  expect(totals).toMatchObject({ net: "173.50", refunds: "27.00", unbookedRefunds: "7.00" });
  expect(headlineOf(totals)).toEqual({ net: 180.5, refunds: 20 });
  const [overview] = (await rowsOf("overview")) as [Record<string, unknown>];
  expect(overview).toMatchObject({ revenue: 180.5, refunds: 20 });
  const health = (await rowsOf("data-health")) as Record<string, unknown>[];
  expect(health.find(({ check }) => check === "unbooked-refunds")).toMatchObject({
    value: 1,
    share: 0.25,
    severity: "warning",
  });
});

function rowsOf(id: string): Promise<unknown[]> {
  const { sql } = readQuery("analyses", id);
  return shop.rows(sql.trimEnd().replace(/;$/, "")) as Promise<unknown[]>;
}
