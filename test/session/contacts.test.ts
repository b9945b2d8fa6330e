import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { FileReport } from "../../src/intake/report.ts";
import type { Answers } from "../../src/session/source.ts";
import { openShop } from "./openShop.ts";
import type { NamedFile, Shop } from "./openShop.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("./runWorker.ts"));

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const folder = new URL("../intake/fixtures/samples/", import.meta.url);
const sample = (name: string): NamedFile => ({
  name,
  content: readFileSync(new URL(name, folder)),
});
const file = (name: string, ...lines: string[]): NamedFile => ({
  name,
  content: `${lines.join("\n")}\n`,
});

/** The reports by name; the rows of each tie. */
async function read(files: NamedFile[], answers: Answers = {}) {
  const report = await shop.importFiles(files, answers);
  for (const { name, rows } of report.files) {
    const { read, kept, merged, excluded, rejected } = rows;
    expect([name, read]).toEqual([name, kept + merged + excluded + rejected]);
  }
  const byName = Object.fromEntries(report.files.map((one) => [one.name, one]));
  return { totals: report.totals, files: byName as Record<string, FileReport> };
}

const fatesOf = ({ reasons }: FileReport) =>
  Object.fromEntries(reasons.map(({ reason, rows }) => [reason, rows]));

const orders = file(
  "orders.csv",
  "Order ID,Customer Email,Order Date,Total,Currency",
  "1,ada@x.com,2025-01-02,10.00,EUR",
  "2,bob@x.com,2025-01-03,20.00,EUR",
  "3,ada@x.com,2025-02-04,30.00,EUR",
);

describe("a platform's file comes to what its manifest says", () => {
  const manifest = JSON.parse(readFileSync(new URL("MANIFEST.json", folder), "utf8")) as {
    files: { file: string; expected: Record<string, unknown> }[];
  };
  const expectedOf = (name: string) => manifest.files.find((one) => one.file === name)!.expected;

  it("有赞 customers", async () => {
    const expected = expectedOf("youzan_customers.csv");
    const { files } = await read([sample("youzan_orders.csv"), sample("youzan_customers.csv")]);
    const { rows, matched } = files["youzan_customers.csv"]!;
    expect(rows).toMatchObject({ read: expected.data_rows, kept: expected.customers });
    expect(matched).toEqual({ customers: 2, of: expected.customers });
    const [contacts] = await shop.rows(
      `select count(member_since) as members, min(acquired_at)::varchar as first_date,
         max(acquired_at)::varchar as last_date from contacts`,
    );
    const { members, first_date, last_date } = expected;
    expect(contacts).toEqual({ members, first_date, last_date });
    expect(
      await shop.rows(
        `select customer_id, acquired_at, joined_private_at, member_since, source, domain, tags
         from customers order by customer_key`,
      ),
    ).toEqual([
      {
        customer_id: "13800138000",
        acquired_at: "2026-03-01",
        joined_private_at: "2026-03-01",
        member_since: "2026-03-02",
        source: "有赞后台",
        domain: "public",
        tags: "生日蛋糕, 高价值",
      },
      {
        customer_id: "13900139000",
        acquired_at: "2026-06-10",
        joined_private_at: "2026-06-10",
        member_since: "2026-06-19",
        source: "微信小程序",
        domain: "private",
        tags: null,
      },
    ]);
  });

  it("企业微信 customers, once for each colleague", async () => {
    const expected = expectedOf("wecom_customers.csv");
    const { files } = await read([sample("youzan_orders.csv"), sample("wecom_customers.csv")]);
    const report = files["wecom_customers.csv"]!;
    expect(report.rows).toMatchObject({ read: expected.data_rows, kept: expected.customers });
    expect(fatesOf(report)).toEqual({ kept: 2, "no-order": 1, "same-customer": 1 });
    const months = await shop.rows(
      `select strftime(joined_private_at, '%Y-%m') as month, count(*) as people
       from contacts group by month order by month`,
    );
    expect(months).toEqual(
      Object.entries(expected.added_first_touch_by_month as object).map(([month, people]) => ({
        month,
        people: people as number,
      })),
    );
    expect(await shop.rows("select tags from contacts where customer_id = '13800138000'")).toEqual([
      { tags: "A级, 抖音" },
    ]);
  });

  it("GA4 events: purchases are the orders where there are no others", async () => {
    const expected = expectedOf("ga4_events.csv");
    const { files, totals } = await read([sample("ga4_events.csv")]);
    expect(files["ga4_events.csv"]!.rows).toMatchObject({ read: expected.data_rows, kept: 6 });
    expect(totals).toMatchObject({ orders: 2, gross: expected.purchase_value, currency: "USD" });
    expect(
      await shop.rows("select order_id, net, ordered_at::varchar as at from orders order by 1"),
    ).toEqual([
      { order_id: "T100", net: 48.5, at: "2021-01-27 23:18:20" },
      { order_id: "T101", net: 20, at: "2021-02-15 14:40:00" },
    ]);
    const [first] = await shop.rows("select kind, channel, touched_at::varchar as at from touches");
    expect(first).toEqual({
      kind: "first_visit",
      channel: "google / cpc",
      at: "2021-01-27 23:11:18.248882",
    });
  });

  it("GA4 events: purchases are touches beside an order file", async () => {
    const { files, totals } = await read([orders, sample("ga4_events.csv")]);
    expect(totals.orders).toBe(3);
    expect(files["ga4_events.csv"]!.matched).toEqual({ customers: 0, of: 2 });
    const kinds = "select count(*) as n from touches where kind = 'purchase'";
    expect(await shop.rows(kinds)).toEqual([{ n: 2 }]);
  });
});

it("counts a purchase once that two events report, and takes a refund off", async () => {
  const { totals, files } = await read([
    file(
      "events.csv",
      "event_name,user_id,event_timestamp,transaction_id,value,currency",
      "page_view,u1,1611789000000000,,,",
      "view_item,u1,1611789000000000,,,",
      "page_view,u2,1611789000000001,,,",
      "add_to_cart,u2,1611789000000002,,,",
      "purchase,u1,1611789500000000,T1,48.50,USD",
      "purchase,u1,1611789500900000,T1,48.50,USD",
      "purchase,u2,1611799500000000,T2,20.00,USD",
      "refund,u2,1611899500000000,T2,5.00,USD",
      "refund,u2,1611899500000000,T9,7.00,USD",
    ),
  ]);
  expect(totals).toMatchObject({ orders: 2, gross: "68.50", refunds: "5.00", currency: "USD" });
  expect(files["events.csv"]!.rows).toMatchObject({ read: 9, kept: 7, merged: 2 });
  expect(
    await shop.rows("select count(*) as n, max_by(kind, touched_at) as last from touches"),
  ).toEqual([{ n: 5, last: "refund" }]);
});

it("puts the rows of one person together: earliest days, latest tier, all tags", async () => {
  const columns = "Customer Email,Registration Date,Source,Tier,Tags,Member Since,Referred By";
  const { files } = await read([
    orders,
    file(
      "2025.csv",
      columns,
      "ADA@x.com ,2025-01-01,Fair,silver,vip; tea,2025-01-05,bob@x.com",
      "zoe@x.com,2025-01-09,Fair,,,,",
      "guest,2025-01-09,Fair,,,,",
    ),
    file("2024.csv", columns, "ada@x.com,2024-12-01,Ad,bronze,tea,2025-02-05,"),
  ]);
  expect(files["2025.csv"]).toMatchObject({ kind: "customers", matched: { customers: 1, of: 2 } });
  expect(fatesOf(files["2025.csv"]!)).toEqual({ kept: 1, "no-order": 1, "no-customer": 1 });
  expect(fatesOf(files["2024.csv"]!)).toEqual({ "same-customer": 1 });
  expect(await shop.rows("select * exclude (customer_key, domain) from customers")).toEqual([
    {
      customer_id: "ada@x.com",
      first_order_date: "2025-01-02",
      last_order_date: "2025-02-04",
      acquired_at: "2024-12-01",
      joined_private_at: null,
      source: "Ad",
      member_since: "2025-01-05",
      tier: "silver",
      tags: "tea, vip",
      referrer_id: "bob@x.com",
    },
    expect.objectContaining({ customer_id: "bob@x.com", acquired_at: null }),
  ]);
  expect(await shop.rows("select customer_id from contacts order by 1")).toEqual([
    { customer_id: "ada@x.com" },
    { customer_id: "zoe@x.com" },
  ]);
});

it("reads touches, their answers and durations, and names what it cannot read", async () => {
  const { files } = await read([
    orders,
    file(
      "calls.csv",
      "Customer Email,Call Time,Channel,Campaign,Responded At,Duration,Agent,Cost",
      "ada@x.com,2025-03-01 10:00:00,phone,spring,2025-03-01 10:00:30,01:30,Wang,0.50",
      "nobody@x.com,2025-03-01 11:00:00,phone,spring,,00:12,Wang,0.50",
      "bob@x.com,yesterday,phone,spring,,00:12,Wang,0.50",
      "bob@x.com,2025-03-02 09:00:00,phone,spring,,00:12,Wang,cheap",
      ",2025-03-02 09:00:00,phone,spring,,00:12,Wang,0.50",
    ),
  ]);
  const calls = files["calls.csv"]!;
  expect(calls).toMatchObject({ kind: "touches", matched: { customers: 1, of: 2 } });
  expect(calls.rows).toEqual({ read: 5, kept: 2, merged: 0, excluded: 1, rejected: 2 });
  expect(calls.rejects).toEqual([
    { line: 4, column: "Call Time", value: "yesterday", error: "time" },
    { line: 5, column: "Cost", value: "cheap", error: "amount" },
  ]);
  expect(await shop.rows("select * from touches")).toEqual([
    {
      customer_id: "ada@x.com",
      touched_at: "2025-03-01 10:00:00",
      channel: "phone",
      domain: "public",
      kind: null,
      campaign: "spring",
      cost: 0.5,
      responded_at: "2025-03-01 10:00:30",
      duration_s: 90,
      staff: "Wang",
    },
    expect.objectContaining({ customer_id: "nobody@x.com", duration_s: 12, responded_at: null }),
  ]);
});

it("reads referrals once a pair, and lets them say who brought a customer", async () => {
  const { files } = await read([
    orders,
    file(
      "referrals.csv",
      "Referrer,Referee,Referred At,Method,Reward",
      "ada@x.com,bob@x.com,2025-01-02,coupon,5.00",
      "ada@x.com,Bob@x.com,2025-01-05,coupon,5.00",
      "ada@x.com,,2025-01-05,coupon,5.00",
    ),
  ]);
  const report = files["referrals.csv"]!;
  expect(report).toMatchObject({ kind: "referrals", matched: { customers: 2, of: 2 } });
  expect(fatesOf(report)).toEqual({ kept: 1, duplicate: 1, "no-customer": 1 });
  expect(await shop.rows("select referee_id, referred_at, reward from referrals")).toEqual([
    { referee_id: "bob@x.com", referred_at: "2025-01-02 00:00:00", reward: 5 },
  ]);
  const who = "select customer_id, referrer_id from customers where referrer_id is not null";
  expect(await shop.rows(who)).toEqual([{ customer_id: "bob@x.com", referrer_id: "ada@x.com" }]);
});

it("reads ratings of customers and of orders", async () => {
  const { files } = await read([
    orders,
    file(
      "ratings.csv",
      "Order ID,Review Date,Rating",
      "1,2025-01-09,5",
      "2,2025-01-10,3.5",
      "9,2025-01-10,1",
      "3,2025-02-10,good",
    ),
  ]);
  const report = files["ratings.csv"]!;
  expect(report).toMatchObject({ kind: "ratings", matched: { customers: 2, of: 2 } });
  expect(report.rejects).toEqual([{ line: 5, column: "Rating", value: "good", error: "score" }]);
  expect(await shop.rows("select customer_id, order_id, score from ratings order by 2")).toEqual([
    { customer_id: "ada@x.com", order_id: "1", score: 5 },
    { customer_id: "bob@x.com", order_id: "2", score: 3.5 },
    { customer_id: null, order_id: "9", score: 1 },
  ]);
});

describe("a file given twice, or cut in two, gives the same tables", () => {
  const tables = ["contacts", "touches", "referrals", "ratings"];
  const header = {
    "people.csv": "Customer Email,Registration Date,Source,Tags",
    "calls.csv": "Customer Email,Call Time,Channel,Agent",
    "referrals.csv": "Referrer,Referee,Referred At,Reward",
    "ratings.csv": "Customer Email,Review Date,Rating",
  };
  const rows = {
    "people.csv": [
      "ada@x.com,2025-01-01,Ad,a",
      "bob@x.com,2025-01-02,Ad,b",
      "cay@x.com,2025-01-03,Ad,",
    ],
    "calls.csv": [
      "ada@x.com,2025-03-01 10:00:00,phone,Li",
      "ada@x.com,2025-03-01 10:00:00,phone,Li",
      "bob@x.com,2025-03-02 10:00:00,mail,Li",
      "bob@x.com,2025-03-03 10:00:00,mail,Li",
    ],
    "referrals.csv": ["ada@x.com,bob@x.com,2025-01-02,1.00", "bob@x.com,cay@x.com,2025-01-04,1.00"],
    "ratings.csv": ["ada@x.com,2025-01-09,5", "bob@x.com,2025-01-10,4"],
  };
  const all = async () => {
    const found: unknown[] = [];
    for (const table of [...tables, "customers"])
      found.push(await shop.rows(`select * from ${table} order by all`));
    return found;
  };

  it.each(Object.keys(rows) as (keyof typeof rows)[])("%s", { timeout: 30_000 }, async (name) => {
    const whole = file(name, header[name], ...rows[name]);
    await read([orders, whole]);
    const once = await all();
    await read([orders, whole, { ...whole, name: "again.csv" }]);
    expect(await all()).toEqual(once);
    const cut = Math.ceil(rows[name].length / 2);
    await read([
      orders,
      file("a.csv", header[name], ...rows[name].slice(0, cut)),
      file("b.csv", header[name], ...rows[name].slice(cut)),
    ]);
    expect(await all()).toEqual(once);
  });
});

it("names the line of a value below the first slice of a long file", async () => {
  // a slice has 32 MB
  const rows = Array.from(
    { length: 320_000 },
    (_, i) =>
      `c${i % 5000}@x.com,2025-03-01 10:00:${String(i % 60).padStart(2, "0")},phone call of spring,Wang the agent of the north,outbound telephone channel by day and by night`,
  );
  rows[319_998] = "ada@x.com,soon,phone,Wang,phone";
  const { files } = await read([
    orders,
    file("calls.csv", "Customer Email,Call Time,Campaign,Agent,Channel", rows.join("\n")),
  ]);
  const calls = files["calls.csv"]!;
  expect(calls.rows).toMatchObject({ read: 320_000, rejected: 1 });
  expect(calls.rejects).toEqual([
    { line: 320_000, column: "Call Time", value: "soon", error: "time" },
  ]);
  expect(calls.matched).toEqual({ customers: 0, of: 5000 });
}, 60_000);

it("says what a dataset has", async () => {
  await read([orders]);
  const flags =
    "select has_contacts, has_touches, has_referrals, has_ratings, has_costs from dataset";
  const none = Object.fromEntries(
    ["contacts", "touches", "referrals", "ratings", "costs"].map((name) => [`has_${name}`, false]),
  );
  expect(await shop.rows(flags)).toEqual([none]);
  await read([
    orders,
    file("r.csv", "Customer Email,Review Date,Rating", "ada@x.com,2025-01-09,5"),
  ]);
  expect(await shop.rows(flags)).toEqual([{ ...none, has_ratings: true }]);
});
