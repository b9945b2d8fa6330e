import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openShop } from "./openShop.ts";
import type { Shop } from "./openShop.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("./runWorker.ts"));

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});

afterAll(() => shop?.close());

const header = "order_id,customer,ordered_at,amount,currency\n";
const euros = `${header}1,ann,2025-01-03,10.00,EUR\n2,bob,2025-01-04,20.50,EUR\n`;
const mixed = `${euros}3,cay,2025-01-05,30.25,USD\n`;

async function read(contents: string[], answers: Record<string, string> = {}) {
  const files = contents.map((content, i) => ({ name: `${i}.csv`, content }));
  const { files: reports, totals } = await shop.importFiles(files, answers);
  const excluded = reports.flatMap(({ reasons }) =>
    reasons.filter(({ reason }) => reason === "other-currency"),
  );
  return { totals, excluded, questions: reports.flatMap(({ questions }) => questions) };
}

describe("amounts of several currencies are not added", () => {
  it("counts the most frequent and asks", async () => {
    const { totals, excluded, questions } = await read([mixed]);
    expect(totals).toMatchObject({ orders: 2, gross: "30.50", net: "30.50", currency: "EUR" });
    expect(excluded).toMatchObject([{ rows: 1, orders: 1, amount: "30.25" }]);
    expect(questions).toMatchObject([
      { id: "currency-mix", options: ["EUR", "USD"], guess: "EUR" },
    ]);
  });

  it("counts the one that was answered, and asks no more", async () => {
    const { totals, excluded, questions } = await read([mixed], { "currency-mix": "USD" });
    expect(totals).toMatchObject({ orders: 1, gross: "30.25", currency: "USD" });
    expect(excluded).toMatchObject([{ rows: 2, amount: "30.50" }]);
    expect(questions).toEqual([]);
  });

  it("also not those of two files", async () => {
    const dollars = `${header}3,cay,2025-01-05,30.25,USD\n`;
    const { totals, questions } = await read([euros, dollars]);
    expect(totals).toMatchObject({ orders: 2, gross: "30.50", currency: "EUR" });
    expect(questions.map(({ id }) => id)).toEqual(["currency-mix"]);
  });

  it("nor those behind signs in the values", async () => {
    const { totals } = await read([
      "Order ID,Date,Total\n1,2024-01-05,$10.00\n2,2024-01-05,€20.50\n3,2024-01-06,$5.00\n",
    ]);
    expect(totals).toMatchObject({ orders: 2, gross: "15.00", currency: "USD" });
  });

  it("leaves the whole order out where its lines repeat the total", async () => {
    const lines = (id: string, code: string) =>
      `${id},ann,2025-01-03,9.00,${code},tea\n${id},ann,2025-01-03,9.00,${code},mug\n`;
    const { totals } = await read([
      `order_id,customer,ordered_at,order_total,currency,product\n${lines("1", "EUR")}${lines("2", "USD")}${lines("3", "EUR")}`,
    ]);
    expect(totals).toMatchObject({ orders: 2, gross: "18.00", currency: "EUR" });
  });
});
