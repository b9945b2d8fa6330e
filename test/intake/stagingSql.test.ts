import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { costsSql } from "../../src/intake/costsSql.ts";
import { inspectFile } from "../../src/intake/inspectFile.ts";
import { applyProof, proofSql } from "../../src/intake/proveFormats.ts";
import type { Proof } from "../../src/intake/proveFormats.ts";
import { repair } from "../../src/intake/repair.ts";
import { stagingSql } from "../../src/intake/stagingSql.ts";
import { fixture, query, stage, stageAs, toPath } from "./stageFile.ts";
import type { Row, Staged } from "./stageFile.ts";

const manifest = JSON.parse(
  readFileSync(new URL("fixtures/samples/MANIFEST.json", import.meta.url), "utf8"),
) as { files: { file: string; role: string; expected: Expected }[] };

interface Expected {
  orders: number;
  customers: number;
  gross: string;
  refunds: string;
  first_date: string | null;
  last_date: string | null;
}

/** Orders as the canonical tables make them: by order id, by the amount's level, rows of excluded orders out. */
function fold({ plan, rows }: Staged) {
  const byId = new Map<string, Row[]>();
  for (const row of rows) {
    const id = (row.order_id as string | null) ?? `row ${String(row.row_no)}`;
    byId.set(id, [...(byId.get(id) ?? []), row]);
  }
  const isOnce = (level: string) => level === "order_first_row" || level === "order_repeated";
  const cents = (value: unknown) => Math.round(Number(value ?? 0) * 10_000);
  let gross = 0;
  let refunds = 0;
  let orders = 0;
  const customers = new Set<unknown>();
  const days: string[] = [];
  for (const group of byId.values()) {
    if (isOnce(plan.amountLevel) && group.some((row) => row.verdict !== null)) continue;
    const usable = group.filter((row) => row.verdict === null);
    const amounts = isOnce(plan.amountLevel)
      ? usable.filter((row) => row.amount !== null).slice(0, 1)
      : usable;
    const positive = amounts.filter((row) => cents(row.amount) > 0);
    for (const row of amounts) if (cents(row.amount) < 0) refunds -= cents(row.amount);
    for (const row of positive) gross += cents(row.amount);
    const taken = isOnce(plan.refundLevel) ? usable.slice(0, 1) : usable;
    for (const row of taken) refunds += cents(row.refund);
    if (positive.length === 0) continue;
    orders++;
    for (const row of positive) days.push(String(row.ordered_at).slice(0, 10));
    const customer = usable.find((row) => row.customer !== null)?.customer;
    if (customer !== undefined) customers.add(customer);
  }
  days.sort();
  const money = (value: number) => (value / 10_000).toFixed(2);
  return {
    orders,
    customers: customers.size,
    gross: money(gross),
    refunds: money(refunds),
    first_date: plan.kind === "lines" ? null : (days[0] ?? null),
    last_date: plan.kind === "lines" ? null : (days.at(-1) ?? null),
  };
}

describe("a platform's export comes to what its manifest says", () => {
  const files = manifest.files.filter(({ role }) => role === "orders" || role === "line_items");
  it.each(files)("$file", async ({ file, expected }) => {
    const { orders, customers, gross, refunds, first_date, last_date } = expected;
    const staged = await stage(fixture(`samples/${file}`), { name: file });
    const wanted = { orders, customers, gross, refunds, first_date, last_date };
    expect(fold(staged)).toEqual(wanted);
  });

  it.each(["seed_ltv_costs.csv", "google_ads_costs.csv"])("%s", async (file) => {
    const blob = fixture(`samples/${file}`);
    const plan = await inspectFile(blob, file);
    const repaired = plan.lane === "careful";
    const bytes = repaired ? (await repair(blob, plan)).blob : blob;
    const sql = costsSql(plan, toPath(new Uint8Array(await bytes.arrayBuffer())), { repaired });
    const expected = manifest.files.find((entry) => entry.file === file)!
      .expected as unknown as Record<string, string>;
    const [totals] = await query(
      `select sum(amount)::decimal(18,2)::varchar as total, min(cost_date)::varchar as first, max(cost_date)::varchar as last, any_value(currency) as currency from (${sql}) where verdict is null`,
    );
    expect(totals).toEqual({
      total: expected.total_cost,
      first: expected.first_date,
      last: expected.last_date,
      currency: expected.currency,
    });
  });
});

const columns = [
  "row_no",
  "order_id",
  "customer",
  "ordered_at",
  "amount",
  "refund",
  "discount",
  "quantity",
  "channel",
  "product",
  "sku",
  "category",
  "coupon",
  "country",
  "tags",
  "currency",
  "spelling",
  "verdict",
  "raw_time",
  "raw_amount",
];

it("has the columns and types of the contract, whatever the file lacks", async () => {
  const path = toPath("Date,Total\n2024-01-05,1.00\n");
  const plan = await inspectFile(new Blob([readFileSync(path)]), "x.csv");
  const described = await query(`describe ${stagingSql(plan, path)}`);
  expect(described.map(({ column_name }) => column_name)).toEqual(columns);
  const types = new Map(
    described.map(({ column_name, column_type }) => [column_name, column_type]),
  );
  expect(types.get("row_no")).toBe("BIGINT");
  expect(types.get("ordered_at")).toBe("TIMESTAMP");
  for (const money of ["amount", "refund", "discount", "quantity"])
    expect(types.get(money)).toBe("DECIMAL(18,4)");
  for (const text of ["order_id", "customer", "tags", "verdict", "raw_time"])
    expect(types.get(text)).toBe("VARCHAR");
});

describe("customers", () => {
  it("are trimmed, lower-cased where an address, unwrapped, and never placeholders", async () => {
    const written = [
      "Ann@X.com",
      "ann@x.com ",
      '="0012"',
      "0012\t",
      "——",
      "-",
      "null",
      "N/A",
      "A\u200bB",
      "e\u0301te\u0301",
      " ",
      "'0012",
      "ID-1",
    ];
    const body = written
      .map((name, i) => `${i},2024-01-05,"${name.replaceAll('"', '""')}",1.00`)
      .join("\n");
    const { rows } = await stage(`Order ID,Date,Customer,Total\n${body}\n`);
    expect(rows.map(({ customer }) => customer)).toEqual([
      "ann@x.com",
      "ann@x.com",
      "0012",
      "0012",
      null,
      null,
      null,
      null,
      "AB",
      "été",
      null,
      "0012",
      "ID-1",
    ]);
  });

  it("keep leading zeros and twenty digits", async () => {
    const { rows } = await stage(
      "Order ID,Date,Customer ID,Total\n12345678901234567890,2024-01-05,007,1\n12345678901234567891,2024-01-05,042,2\n",
    );
    expect(rows.map(({ order_id, customer }) => [order_id, customer])).toEqual([
      ["12345678901234567890", "007"],
      ["12345678901234567891", "042"],
    ]);
  });
});

describe("verdicts", () => {
  it("name what is wrong, and keep the value as it was written", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i},2024-01-05 10:00:00,c${i},10.00`);
    const text = `Order ID,Date,Customer,Total\n${rows.join("\n")}\nA,soon,c,10.00\nB,2024-01-05 10:00:00,c,1e3\nC,2024-01-05 10:00:00,c,\nD,0024-01-05 10:00:00,c,1.00\nE,infinity,c,1.00\n${rows.join("\n")}\n`;
    const { rows: staged } = await stage(text);
    expect(
      staged
        .filter(({ verdict }) => verdict !== null)
        .map(({ order_id, verdict, raw_time, raw_amount }) => [
          order_id,
          verdict,
          raw_time,
          raw_amount,
        ]),
    ).toEqual([
      ["A", "rejected:time", "soon", "10.00"],
      ["B", "rejected:amount", "2024-01-05 10:00:00", "1e3"],
      ["C", "rejected:amount", "2024-01-05 10:00:00", null],
      ["D", "rejected:time", "0024-01-05 10:00:00", "1.00"],
      ["E", "rejected:time", "infinity", "1.00"],
    ]);
    expect(
      staged.filter(({ verdict }) => verdict === null).every(({ raw_time }) => raw_time === null),
    ).toBe(true);
  });

  it("leave out what was cancelled, never paid, a test or voided, in English and Chinese", async () => {
    const states = [
      "paid",
      "Cancelled",
      "canceled ",
      "Pending",
      "VOIDED",
      "test",
      "已取消",
      "等待付款",
      "待支付",
      "交易成功",
      "交易关闭",
      "refunded",
    ];
    const body = states.map((state, i) => `${i},2024-01-05,c${i},1.00,${state}`).join("\n");
    const { rows } = await stage(`Order ID,Date,Customer,Total,Status\n${body}\n`);
    expect(rows.map(({ verdict }) => verdict)).toEqual([
      null,
      "excluded:cancelled",
      "excluded:cancelled",
      "excluded:unpaid",
      "excluded:voided",
      "excluded:test",
      "excluded:cancelled",
      "excluded:unpaid",
      "excluded:unpaid",
      null,
      "excluded:cancelled",
      null,
    ]);
  });

  it("find a total in the middle of the rows", async () => {
    const { rows } = await stage(
      "Order ID,Date,Customer,Total\n1,2024-01-05,a,1.00\nTotal,,,1.00\n2,2024-01-06,b,2.00\n",
    );
    expect(rows.map(({ verdict }) => verdict)).toEqual([null, "rejected:total", null]);
  });

  it("come late: text in a number column 30,001 rows down is one rejected row", async () => {
    const body = "1,2024-01-05,a@x.com,1.00\n".repeat(30_000);
    const { plan, rows } = await stage(
      `Order ID,Date,Customer Email,Total\n${body}A30000,2024-01-05,z@x.com,N/A\n`,
    );
    expect(plan.lane).toBe("clean");
    expect(rows.filter(({ verdict }) => verdict !== null)).toMatchObject([
      { row_no: "30001", order_id: "A30000", verdict: "rejected:amount", raw_amount: "N/A" },
    ]);
  });
});

describe("times", () => {
  it("keep the wall clock and drop the offset", async () => {
    const { rows } = await stage(fixture("probes/shopify_tz.csv"));
    expect(rows.map(({ ordered_at }) => ordered_at)).toEqual([
      "2024-03-10 01:59:59",
      "2024-03-10 03:00:01",
    ]);
  });

  it.each([
    ["2024-01-05T10:11:12Z", "2024-01-05 10:11:12"],
    ["2024-01-05 10:11", "2024-01-05 10:11:00"],
    ["2024年1月5日", "2024-01-05 00:00:00"],
    ["20240105", "2024-01-05 00:00:00"],
    ["31/01/2024 9:05 PM", "2024-01-31 21:05:00"],
    ["05.01.2024 10:11", "2024-01-05 10:11:00"],
    ["Jan 5, 2024", "2024-01-05 00:00:00"],
    ["5-Jan-24", "2024-01-05 00:00:00"],
    ["1704449472", "2024-01-05 10:11:12"],
    ["1704449472000", "2024-01-05 10:11:12"],
    ["45296.5", "2024-01-05 12:00:00"],
  ])("%s", async (written, read) => {
    const { rows } = await stage(`Order ID,Order Date,Total\n1,"${written}",1.00\n`);
    expect(rows[0]).toMatchObject({ ordered_at: read, verdict: null });
  });

  it("of three formats in one column are all read", async () => {
    const { rows } = await stage(fixture("probes/dates_mixed.csv"), {
      answers: { "date-order": "day-first" },
    });
    expect(rows.map(({ ordered_at }) => String(ordered_at).slice(0, 10))).toEqual([
      "2024-01-05",
      "2024-01-06",
      "2024-02-07",
    ]);
  });
});

describe("the proof over the whole file", () => {
  const row = "1,03/04/2024,a@x.com,1.00\n";
  const file = (late: string) =>
    `Order ID,Date,Email,Total\n${row.repeat(20_000)}${late}${row.repeat(30_000)}`;

  it("settles day and month by one value that no slice of the sample had", async () => {
    const text = file("2,31/12/2024,b@x.com,5.00\n");
    const blob = new Blob([text]);
    const asked = await inspectFile(blob, "x.csv", {}, {});
    expect(asked.questions.map(({ id }) => id)).toContain("date-order");
    const [proof] = await query(proofSql(asked, toPath(text))!);
    expect(proof).toEqual({ dayFirst: 50_001, monthFirst: 50_000, point: 0, comma: 0 });
    const plan = applyProof(asked, proof as unknown as Proof);
    expect(plan.questions.map(({ id }) => id)).not.toContain("date-order");
    const { rows } = await stageAs(plan, blob, "clean");
    expect(rows[20_000]).toMatchObject({ ordered_at: "2024-12-31 00:00:00", verdict: null });
    expect(rows[0]).toMatchObject({ ordered_at: "2024-04-03 00:00:00" });
  });

  it("leaves the question where both readings fit, and has none where nothing is open", async () => {
    const text = file("");
    const plan = await inspectFile(new Blob([text]), "x.csv");
    const [proof] = await query(proofSql(plan, toPath(text))!);
    expect(applyProof(plan, proof as unknown as Proof).questions).toEqual(plan.questions);
    const clear = await inspectFile(
      new Blob(["Date,Total,Currency\n2024-01-05,1.00,USD\n"]),
      "x.csv",
    );
    expect(proofSql(clear, "x")).toBeUndefined();
  });
});

describe("amounts", () => {
  it("of quantity and unit price are multiplied exactly", async () => {
    const { rows, plan } = await stage(
      "InvoiceNo,InvoiceDate,CustomerID,Quantity,UnitPrice\n1,2024-01-05,a,3,0.1\n1,2024-01-05,a,-3,1.37\n2,2024-01-06,a,7,0.07\n",
    );
    expect(plan).toMatchObject({ amountLevel: "transaction", amountIsProduct: true });
    expect(rows.map(({ amount }) => amount)).toEqual(["0.3000", "-4.1100", "0.4900"]);
  });

  it("in several currencies keep the one of each row", async () => {
    const { rows } = await stage(
      "Order ID,Date,Total\n1,2024-01-05,$10.00\n2,2024-01-05,€20.50\n3,2024-01-05,AU$ 5.00\n",
    );
    expect(rows.map(({ currency, amount }) => [currency, amount])).toEqual([
      ["USD", "10.0000"],
      ["EUR", "20.5000"],
      ["AUD", "5.0000"],
    ]);
  });
});

it("binds no header into the statement", async () => {
  const { plan, rows } = await stage(
    '"Order ID","a"" FROM orders; DROP TABLE orders; --","__proto__",Date,Total\n1,x,y,2024-01-05,1.00\n',
  );
  expect(plan.columns[1]).toBe('a" FROM orders; DROP TABLE orders; --');
  expect(stagingSql(plan, "it's.csv")).not.toContain("DROP");
  expect(stagingSql(plan, "it's.csv")).toContain("'it''s.csv'");
  expect(rows).toHaveLength(1);
});
