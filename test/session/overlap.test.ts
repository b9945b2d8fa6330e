import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { FileReport, ImportReport } from "../../src/intake/report.ts";
import "../propertySeed.ts";
import { openShop } from "./openShop.ts";
import type { NamedFile, Shop } from "./openShop.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("./runWorker.ts"));

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const sample = (name: string): NamedFile => ({
  name,
  content: readFileSync(new URL(`../intake/fixtures/samples/${name}`, import.meta.url)),
});
const file = (name: string, ...lines: string[]): NamedFile => ({
  name,
  content: `${lines.join("\n")}\n`,
});

async function read(...files: NamedFile[]): Promise<ImportReport> {
  const report = await shop.importFiles(files, { currency: "EUR" });
  for (const { name, rows } of report.files) {
    const { read, kept, merged, excluded, rejected } = rows;
    expect([name, read]).toEqual([name, kept + merged + excluded + rejected]);
  }
  return report;
}

/** Rows of a file by what became of them. */
function fatesOf({ files }: ImportReport, name: string): Record<string, number> {
  const { reasons } = files.find((one) => one.name === name)!;
  return Object.fromEntries(reasons.map(({ reason, rows }) => [reason, rows]));
}

const notesOf = ({ files }: ImportReport, name: string): FileReport["notes"] =>
  files.find((one) => one.name === name)!.notes;

const header = "Order ID,Customer ID,Order Date,Total,Refunded Amount,Status,Currency";

describe("an order in two files", () => {
  const january = file(
    "january.csv",
    header,
    "1,ada1,2025-01-02,10.00,0.00,paid,EUR",
    "2,bob1,2025-01-30,20.00,0.00,paid,EUR",
    "3,cay1,2025-01-31,7.00,0.00,paid,EUR",
    "4,cay1,2025-01-31,8.00,0.00,paid,EUR",
  );
  const february = file(
    "february.csv",
    header,
    "2,bob1,2025-01-30,20.00,5.00,paid,EUR",
    "3,cay1,2025-01-31,7.00,0.00,cancelled,EUR",
    "4,cay1,2025-01-31,8.00,0.00,paid,EUR",
    "5,ada1,2025-02-04,30.00,0.00,paid,EUR",
  );

  it.each([
    ["older first", [january, february]],
    ["newer first", [february, january]],
  ])("is taken from the one that reaches further, %s", async (_, files) => {
    const report = await read(...files);
    expect(report.totals).toMatchObject({
      orders: 4,
      gross: "68.00",
      refunds: "5.00",
      net: "63.00",
    });
    expect(fatesOf(report, "january.csv")).toEqual({
      kept: 1,
      "other-file": 1,
      "other-file-differs": 2,
    });
    expect(fatesOf(report, "february.csv")).toEqual({ kept: 3, cancelled: 1 });
    expect(notesOf(report, "january.csv")).toEqual([
      { note: "other-file-differs", count: 2, of: 3, amount: "-12.00", examples: [] },
    ]);
    expect(notesOf(report, "february.csv")).toBeUndefined();
  });

  it("is taken from the one with more refunds where both reach equally far", async () => {
    const before = file("before.csv", header, "1,ada1,2025-01-02,10.00,0.00,paid,EUR");
    const after = file("after.csv", header, "1,ada1,2025-01-02,10.00,10.00,paid,EUR");
    for (const files of [
      [before, after],
      [after, before],
    ])
      expect((await read(...files)).totals).toMatchObject({ orders: 1, net: "0.00" });
  });

  it("keeps a refund that the later file books as a row of its own", async () => {
    const columns = "Order ID,Customer ID,Order Date,SKU,Total,Currency";
    const sales = ["1,ada1,2025-01-02,A,10.00,EUR", "2,ada1,2025-01-05,B,4.00,EUR"];
    const refunds = ["3,bob1,2025-02-01,A,9.00,EUR", "1,ada1,2025-02-03,A,-10.00,EUR"];
    const whole = await read(file("all.csv", columns, ...sales, ...refunds));
    const { totals } = await read(
      file("january.csv", columns, ...sales),
      file("february.csv", columns, ...refunds),
    );
    expect(totals).toEqual(whole.totals);
    expect(totals).toMatchObject({ gross: "23.00", refunds: "10.00" });
  });
});

describe("a file of orders and a file of their lines", () => {
  const [orders, items] = ["taobao_orders.csv", "taobao_order_items.csv"] as const;

  it.each([[[orders, items]], [[items, orders]]])("count the amounts once: %j", async (names) => {
    const alone = await read(sample(orders));
    const report = await read(...names.map(sample));
    expect(report.totals).toEqual(alone.totals);
    expect(fatesOf(report, items)).toEqual({ items: 5 });
    expect(
      await shop.rows(
        "select order_id, line, sku, net from order_lines where order_id like '%0002' order by line",
      ),
    ).toEqual([
      { order_id: "2026091000000000002", line: 1, sku: "OIL-1", net: 159 },
      { order_id: "2026091000000000002", line: 2, sku: "GRAIN-1", net: 40 },
    ]);
  });

  it("leave lines out whose order no order file has", async () => {
    const report = await read(
      file("orders.csv", header, "1,ada1,2025-01-02,10.00,0.00,paid,EUR"),
      file("lines.csv", "Order ID,Product,Quantity,Unit Price", "1,Tea,2,5.00", "9,Cup,1,3.00"),
    );
    expect(report.totals).toMatchObject({ orders: 1, net: "10.00" });
    expect(fatesOf(report, "lines.csv")).toEqual({ items: 1, "not-in-orders": 1 });
  });
});

it("takes rows without an id for repeated only where the files overlap", async () => {
  const columns = "Customer ID,Order Date,Total,Currency";
  const rows = [
    "ada1,2025-01-02,10.00,EUR",
    "ada1,2025-01-02,10.00,EUR",
    "bob1,2025-01-03,5.00,EUR",
  ];
  const later = ["bob1,2025-01-03,5.00,EUR", "ada1,2025-02-03,1.00,EUR"];
  const twice = await read(file("a.csv", columns, ...rows), file("b.csv", columns, ...rows));
  expect(twice.totals).toMatchObject({ orders: 3, net: "25.00" });
  const months = await read(file("a.csv", columns, ...rows), file("b.csv", columns, ...later));
  expect(months.totals).toMatchObject({ orders: 4, net: "26.00" });
  const days = [
    "dan1,2025-01-02,2.00,EUR",
    "ada1,2025-01-02,10.00,EUR",
    "eve1,2025-01-03,4.00,EUR",
  ];
  const others = await read(file("a.csv", columns, ...rows), file("b.csv", columns, ...days));
  expect(others.totals).toMatchObject({ orders: 6, net: "41.00" });
});

it("counts costs once that two files have, and chance equals twice", async () => {
  const columns = "Date,Channel,Cost,Currency";
  const orders = file("orders.csv", header, "1,ada1,2025-01-02,10.00,0.00,paid,EUR");
  const january = [
    "2025-01-01,Ads,5.00,EUR",
    "2025-01-01,Ads,5.00,EUR",
    "2025-01-02,Mail,1.00,EUR",
  ];
  const later = ["2025-01-02,Mail,1.00,EUR", "2025-02-01,Ads,4.00,EUR"];
  const others = ["2025-01-01,Ads,5.00,EUR", "2025-01-01,TV,7.00,EUR", "2025-01-02,TV,7.00,EUR"];
  const spent = async (...rows: string[][]) => {
    const files = rows.map((lines, i) => file(`costs ${i}.csv`, columns, ...lines));
    const report = await read(orders, ...files);
    const [row] = await shop.rows("select sum(amount) as spent from costs");
    return [row, fatesOf(report, "costs 1.csv")];
  };
  expect(await spent(january, january)).toEqual([{ spent: 11 }, { "other-file": 3 }]);
  expect(await spent(january, later)).toEqual([{ spent: 15 }, { "other-file": 1, kept: 1 }]);
  expect(await spent(january, others)).toEqual([{ spent: 30 }, { kept: 3 }]);
});

interface Line {
  order: number;
  customer: number;
  day: number;
  cents: number;
}

const day = (n: number) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10);
const money = (cents: number) => (cents / 100).toFixed(2);

/** Orders of one to three lines with different articles. */
const shops = fc.array(
  fc.record({
    customer: fc.integer({ min: 1, max: 6 }),
    lines: fc.array(fc.integer({ min: 1, max: 99_999 }), { minLength: 1, maxLength: 3 }),
  }),
  { minLength: 4, maxLength: 25 },
);

type ShopLines = { customer: number; lines: number[] }[];

function toLines(orders: ShopLines): (Line & { place: number; total: number })[] {
  return orders.flatMap(({ customer, lines }, order) =>
    lines.map((cents, place) => ({
      order: 1000 + order,
      customer,
      day: order * 3,
      cents,
      place,
      total: lines.reduce((sum, one) => sum + one, 0),
    })),
  );
}

const layouts = {
  order: {
    columns: "Order ID,Customer ID,Order Date,Total,Currency",
    rows: (orders: ShopLines) =>
      toLines(orders)
        .filter(({ place }) => place === 0)
        .map((l) => `${l.order},c${l.customer},${day(l.day)},${money(l.total)},EUR`),
  },
  line: {
    columns: "Order ID,Customer ID,Order Date,SKU,Line Total,Currency",
    rows: (orders: ShopLines) =>
      toLines(orders).map(
        (l) => `${l.order},c${l.customer},${day(l.day)},S${l.place},${money(l.cents)},EUR`,
      ),
  },
  "first row": {
    columns: "Order ID,Customer ID,Order Date,SKU,Order Total,Currency",
    rows: (orders: ShopLines) =>
      toLines(orders).map(
        (l) =>
          `${l.order},c${l.customer},${day(l.day)},S${l.place},${l.place === 0 ? money(l.total) : ""},EUR`,
      ),
  },
  "no id": {
    columns: "Customer ID,Order Date,Total,Currency",
    rows: (orders: ShopLines) =>
      toLines(orders)
        .filter(({ place }) => place === 0)
        .map((l) => `c${l.customer},${day(l.day)},${money(l.total)},EUR`),
  },
};

const marts = () =>
  shop.rows("select customer_id, orders, net from customer_summary order by customer_id");

describe.each(Object.entries(layouts))(
  "one row: %s",
  { timeout: 60_000 },
  (_, { columns, rows }) => {
    const cases = { numRuns: 2 };

    it("a file given twice changes nothing", async () => {
      await fc.assert(
        fc.asyncProperty(shops, async (orders) => {
          const lines = rows(orders);
          const once = await read(file("a.csv", columns, ...lines));
          const before = await marts();
          const twice = await read(
            file("a.csv", columns, ...lines),
            file("b.csv", columns, ...lines),
          );
          expect(twice.totals).toEqual(once.totals);
          expect(await marts()).toEqual(before);
        }),
        cases,
      );
    });

    it("a file cut in two gives the same", async () => {
      await fc.assert(
        fc.asyncProperty(
          shops,
          fc.double({ min: 0.05, max: 0.95, noNaN: true }),
          async (orders, at) => {
            const lines = rows(orders);
            const cut = Math.min(lines.length - 2, Math.max(2, Math.floor(lines.length * at)));
            const once = await read(file("a.csv", columns, ...lines));
            const before = await marts();
            const parts = [
              file("a.csv", columns, ...lines.slice(0, cut)),
              file("b.csv", columns, ...lines.slice(cut)),
            ];
            expect((await read(...parts)).totals).toEqual(once.totals);
            expect(await marts()).toEqual(before);
          },
        ),
        cases,
      );
    });

    it("months that overlap give the same", async () => {
      await fc.assert(
        fc.asyncProperty(shops, async (orders) => {
          const third = Math.floor(orders.length / 3);
          const lines = rows(orders);
          const once = await read(file("a.csv", columns, ...lines));
          const early = rows(orders).slice(0, rows(orders.slice(0, orders.length - third)).length);
          const late = rows(orders).slice(rows(orders.slice(0, third)).length);
          const both = await read(
            file("a.csv", columns, ...early),
            file("b.csv", columns, ...late),
          );
          expect(both.totals).toEqual(once.totals);
        }),
        cases,
      );
    });
  },
);
