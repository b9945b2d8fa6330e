import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Answers } from "../../src/session/source.ts";
import { encodeText } from "../intake/encodeText.ts";
import { openShop } from "./openShop.ts";
import type { NamedFile, Shop } from "./openShop.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("./runWorker.ts"));

interface Order {
  customer: number;
  /** after 2023-01-01 */
  day: number;
  minute: number;
  /** of each line, in cents */
  lines: number[];
  refund: "none" | "half" | "all";
  isCancelled: boolean;
}

type Layout = "an order a row" | "a line a row";

const header = ["订单号", "客户", "下单时间", "金额", "退款金额", "订单状态", "币种", "商品名称"];
const statuses = ["已完成", "已取消"];
const day = 86_400_000; // milliseconds

const order: fc.Arbitrary<Order> = fc.record({
  customer: fc.nat(5),
  day: fc.nat(500),
  minute: fc.nat(1439),
  lines: fc.uniqueArray(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 1, maxLength: 3 }),
  refund: fc.constantFrom("none", "none", "none", "half", "all"),
  isCancelled: fc.nat(9).map((n) => n === 0),
});
const shops = fc.array(order, { minLength: 12, maxLength: 30 });

// PROPERTY_RUNS=50 npx vitest run --project node test/session/invariants.test.ts
const numRuns = Number(process.env["PROPERTY_RUNS"] ?? 2);

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});

afterAll(() => shop?.close());

describe.each<Layout>(["an order a row", "a line a row"])("%s", (layout) => {
  const records = (orders: Order[]) => orders.flatMap((one, i) => toRecords(one, i, layout));
  const write = (orders: Order[], delimiter = ",", newline = "\n") =>
    [header, ...records(orders)].map((cells) => cells.join(delimiter) + newline).join("");
  const file = (content: string | Uint8Array, name = "orders.csv"): NamedFile => ({
    name,
    content,
  });

  const sameShop: [string, (orders: Order[]) => NamedFile[]][] = [
    ["as it is", (orders) => [file(write(orders))]],
    ["in another order", (orders) => [file(toText(shuffled(records(orders), layout)))]],
    [
      "in two files",
      (orders) => halves(records(orders), layout).map((half, i) => file(toText(half), `${i}.csv`)),
    ],
    ["given twice", (orders) => [file(write(orders)), file(write(orders), "again.csv")]],
    ["with a byte order mark", (orders) => [file(`\uFEFF${write(orders)}`)]],
    [
      "in UTF-16, little endian",
      (orders) => [file(encodeText(`\uFEFF${write(orders)}`, "utf-16le"))],
    ],
    ["in UTF-16, big endian", (orders) => [file(encodeText(`\uFEFF${write(orders)}`, "utf-16be"))]],
    ["in GB18030", (orders) => [file(encodeText(write(orders), "gb18030"))]],
    ["with semicolons", (orders) => [file(write(orders, ";"))]],
    ["with tabs", (orders) => [file(write(orders, "\t"))]],
    ["with bars", (orders) => [file(write(orders, "|"))]],
    ["quoted", (orders) => [file(write(orders).replace(/[^,\n]+/g, '"$&"'))]],
    ["with CR LF", (orders) => [file(write(orders, ",", "\r\n"))]],
    ["with CR", (orders) => [file(write(orders, ",", "\r"))]],
    ["with two kinds of line end", (orders) => [file(write(orders).replace("\n", "\r\n"))]],
    ["under a title", (orders) => [file(`店铺订单\n导出时间,2025-05-01\n\n${write(orders)}`)]],
    ["with a footer", (orders) => [file(`${write(orders)}\n合计,,,99.00\n`)]],
    ["compressed", (orders) => [file(gzipSync(write(orders)), "orders.csv.gz")]],
  ];

  it.each(sameShop)(
    "gives the same to the cent %s",
    async (_, toFiles) => {
      const property = fc.asyncProperty(shops, async (orders) => {
        expect(await read(toFiles(orders))).toEqual(fold(orders));
      });
      await fc.assert(property, { numRuns });
    },
    60_000,
  );

  it.each(["Z", " +0000", " -0500", "+09:00", " PST"])(
    "gives the same to the cent where the times are written with %s, moved to the shop's clock",
    async (offset) => {
      const property = fc.asyncProperty(shops, async (orders) => {
        const elsewhere = write(orders).replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, (time) =>
          writtenIn(time, offset),
        );
        expect(await read([file(elsewhere)], { "time-zone": "Asia/Shanghai" })).toEqual(
          fold(orders),
        );
      });
      await fc.assert(property, { numRuns });
    },
    60_000,
  );

  it("gains an order that was refunded in full in gross and refunds alike", async () => {
    const property = fc.asyncProperty(shops, order, async (orders, one) => {
      const added = [
        ...orders,
        { ...one, customer: 6, refund: "all" as const, isCancelled: false },
      ];
      const before = fold(orders);
      const after = await read([file(write(added))]);
      const cents = one.lines.reduce((sum, line) => sum + line, 0);
      expect(after).toEqual(fold(added));
      expect(after.totals).toMatchObject({
        orders: before.totals.orders + 1,
        customers: before.totals.customers + 1,
        gross: money(toCents(before.totals.gross) + cents),
        refunds: money(toCents(before.totals.refunds) + cents),
        net: before.totals.net,
      });
      const ofOthers = (days: Row[]) => days.filter(([customer]) => customer !== "客户6");
      expect(ofOthers(after.days)).toEqual(before.days);
      expect(ofOthers(after.periods)).toEqual(before.periods);
    });
    await fc.assert(property, { numRuns });
  }, 60_000);
});

type Row = (string | number)[];

interface Figures {
  totals: Record<"orders" | "customers", number> & Record<"gross" | "refunds" | "net", string>;
  /** customer, day, purchase, orders, net in cents */
  days: Row[];
  /** customer, months since the year 0, months since the first, orders, net in cents */
  periods: Row[];
}

/** The instant of a time in Shanghai as a clock elsewhere has it. */
function writtenIn(time: string, offset: string): string {
  const hours = { Z: 0, " +0000": 0, " -0500": -5, "+09:00": 9, " PST": -8 }[offset]!;
  const instant = Date.parse(`${time.replace(" ", "T")}+08:00`);
  const there = new Date(instant + hours * 3_600_000).toISOString().slice(0, 19);
  return (offset.startsWith(" ") ? there.replace("T", " ") : there) + offset;
}

async function read(files: NamedFile[], answers: Answers = {}): Promise<Figures> {
  const report = await shop.importFiles(files, answers);
  expect(report.files.map(({ error }) => error)).toEqual(files.map(() => undefined));
  for (const { rows } of report.files) expect(rows.rejected).toBe(0);
  const { orders, customers, gross, refunds, net } = report.totals;
  const days = await shop.rows(
    `select customer_id, order_date::varchar as day, nth, orders, (net * 100)::bigint as cents
     from customer_days inner join customers using (customer_key) order by all`,
  );
  const periods = await shop.rows(
    `select customer_id, period_index, k, orders, (net * 100)::bigint as cents
     from customer_periods inner join customers using (customer_key) order by all`,
  );
  const plain = (rows: unknown[]) => rows.map((row) => Object.values(row as object) as Row);
  return {
    totals: { orders, customers, gross, refunds, net },
    days: plain(days),
    periods: plain(periods),
  };
}

/** What the orders come to, without any of the code under test. */
function fold(orders: Order[]): Figures {
  const kept = orders.filter(({ isCancelled }) => !isCancelled);
  const gross = kept.reduce((sum, one) => sum + grossOf(one), 0);
  const refunds = kept.reduce((sum, one) => sum + refundOf(one), 0);
  const days = new Map<string, Row>();
  const periods = new Map<string, Row>();
  const firsts = new Map<string, number>();
  const inTime = kept.toSorted((a, b) => a.day - b.day);
  for (const one of inTime) {
    const customer = `客户${one.customer}`;
    const date = dateOf(one).toISOString().slice(0, 10);
    const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
    firsts.set(customer, firsts.get(customer) ?? index);
    const nth =
      [...days.values()].filter(([owner, at]) => owner === customer && at !== date).length + 1;
    add(days, [customer, date, nth], grossOf(one) - refundOf(one));
    add(periods, [customer, index, index - firsts.get(customer)!], grossOf(one) - refundOf(one));
  }
  return {
    totals: {
      orders: kept.length,
      customers: firsts.size,
      gross: money(gross),
      refunds: money(refunds),
      net: money(gross - refunds),
    },
    days: [...days.values()].sort(byKey),
    periods: [...periods.values()].sort(byKey),
  };
}

function add(rows: Map<string, Row>, key: Row, cents: number): void {
  const name = key.join(" ");
  const [, , , orders = 0, sum = 0] = rows.get(name) ?? [];
  rows.set(name, [...key, Number(orders) + 1, Number(sum) + cents]);
}

function byKey(a: Row, b: Row): number {
  const [x, y] = [a, b].map((row) => `${row[0]} ${String(row[1]).padStart(10, "0")}`);
  return x! < y! ? -1 : 1;
}

const grossOf = ({ lines }: Order) => lines.reduce((sum, line) => sum + line, 0);

function refundOf(one: Order): number {
  if (one.refund === "none") return 0;
  return one.refund === "all" ? grossOf(one) : Math.floor(grossOf(one) / 2);
}

const dateOf = ({ day: days, minute }: Order) =>
  new Date(Date.UTC(2023, 0, 1) + days * day + minute * 60_000);

function toRecords(one: Order, index: number, layout: Layout): string[][] {
  const time = dateOf(one).toISOString().slice(0, 19).replace("T", " ");
  const lines = layout === "an order a row" ? [grossOf(one)] : one.lines;
  return lines.map((cents, i) => [
    `D${1000 + index}`,
    `客户${one.customer}`,
    time,
    money(cents),
    money(i === 0 ? refundOf(one) : 0),
    statuses[Number(one.isCancelled)]!,
    "CNY",
    `商品${i}`,
  ]);
}

function toText(records: string[][]): string {
  return [header, ...records].map((cells) => `${cells.join(",")}\n`).join("");
}

/** By the time of day, so that days and customers are mixed; the lines of an order stay together. */
function shuffled(records: string[][], layout: Layout): string[][] {
  const key = (cells: string[]) => (layout === "a line a row" ? "" : cells[2]!.slice(11));
  const ids = [...new Set(records.map(([id]) => id))];
  const byOrder = ids.map((id) => records.filter((cells) => cells[0] === id));
  const mixed = byOrder
    .toReversed()
    .map((lines, i) => ({ lines, place: key(lines[0]!) + ((i * 7) % 5) }));
  return mixed.sort((a, b) => (a.place < b.place ? -1 : 1)).flatMap(({ lines }) => lines);
}

/** The first and the second half; no order is in both. */
function halves(records: string[][], layout: Layout): string[][][] {
  const middle = records[Math.floor(records.length / 2)]![0]!;
  const cut =
    layout === "a line a row" ? records.findIndex(([id]) => id === middle) : records.length >> 1;
  return [records.slice(0, cut), records.slice(cut)];
}

const money = (cents: number) =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
const toCents = (text: string) => Math.round(Number(text) * 100);
