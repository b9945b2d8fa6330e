import { describe, expect, it } from "vitest";
import type { Answers } from "../../src/intake/askQuestions.ts";
import { inspectFile } from "../../src/intake/inspectFile.ts";
import type { Corrections } from "../../src/intake/plan.ts";
import type { FileKind } from "../../src/intake/report.ts";
import { compared, ours, samples } from "./samples.ts";
import { fixture } from "./stageFile.ts";

const inspect = (text: string | Blob, answers: Answers = {}, corrections: Corrections = {}) =>
  inspectFile(
    typeof text === "string" ? new Blob([text]) : text,
    "orders.csv",
    answers,
    corrections,
  );

const kinds: Record<string, FileKind> = { line_items: "lines" };

const orderFiles = samples.filter(({ role }) => role === "orders" || role === "line_items");

describe("the roles of a platform's export", () => {
  it.each(orderFiles)("$file", async ({ file, mapping, rules, role }) => {
    const plan = await inspect(fixture(`samples/${file}`));
    expect(plan.kind).toBe(kinds[role] ?? role);
    expect(plan.amountLevel).toBe(
      file === "paypal_activity.csv" ? "transaction" : rules.amount_level,
    );
    for (const [role, theirs] of compared) {
      const expected = ours[file]?.[role] ?? mapping[theirs];
      if (expected === null || expected === undefined || expected.length === 0) continue;
      const [first] = [expected].flat();
      const found = [plan.mapping[role] ?? []].flat();
      expect(found[0], role).toBe(first!.trim());
    }
  });

  it("names the platforms", async () => {
    const named = await Promise.all(
      samples.map(async ({ file }) => [file, (await inspect(fixture(`samples/${file}`))).platform]),
    );
    const nameless = named.filter(([, platform]) => platform === null).map(([file]) => file);
    expect(nameless).toEqual(["cdnow_master.csv", "seed_ltv_orders.csv", "seed_ltv_costs.csv"]);
  });

  it.each([
    ["seed_ltv_costs.csv", "costs", "获客成本", "渠道"],
    ["google_ads_costs.csv", "costs", "Cost", "Campaign"],
  ])("%s is a %s file", async (file, kind, amount, channel) => {
    expect(await inspect(fixture(`samples/${file}`))).toMatchObject({
      kind,
      mapping: { amount, channel },
    });
  });

  it.each(["youzan_customers.csv", "wecom_customers.csv"])(
    "%s is a list of customers",
    async (file) => {
      expect((await inspect(fixture(`samples/${file}`))).kind).toBe("customers");
    },
  );

  it("falls back on a second identity where the first is blank", async () => {
    const { mapping } = await inspect(fixture("samples/stripe_payments.csv"));
    expect(mapping.customer).toEqual(["Customer ID", "Customer Email"]);
  });

  it("keeps names made of prototypes and quotes as columns", async () => {
    const plan = await inspect(
      '__proto__,date,total,"a"" FROM orders; DROP TABLE orders; --"\nx,2024-01-05,1.00,y\n',
    );
    expect(plan.columns).toEqual([
      "__proto__",
      "date",
      "total",
      'a" FROM orders; DROP TABLE orders; --',
    ]);
    expect(plan.preview).toEqual([["x", "2024-01-05", "1.00", "y"]]);
  });
});

describe("a table without a header", () => {
  it("is named by what its values look like", async () => {
    const { columns, mapping } = await inspect(fixture("probes/no_header.csv"));
    expect(columns).toEqual(["order_id", "date", "email", "amount"]);
    expect(mapping).toMatchObject({
      order_id: "order_id",
      customer: "email",
      ordered_at: "date",
      amount: "amount",
    });
  });

  it("takes the denser of two ids that go together, and asks", async () => {
    const rows = [1, 2, 2, 3, 4, 4, 5].map(
      (n) => ` 0${n * 17 + 100} 000${n} 1997010${n}  ${(n % 3) + 1}   ${n * 3}.95\n`,
    );
    const plan = await inspect(rows.join(""));
    expect(plan.columns).toEqual(["other_id", "customer_id", "date", "quantity", "amount"]);
    expect(plan.mapping.customer).toBe("customer_id");
    expect(plan.questions.find(({ id }) => id === "identity")).toMatchObject({
      options: ["other_id", "customer_id"],
      guess: "customer_id",
    });
    const told = await inspect(rows.join(""), { identity: "other_id" });
    expect(told.mapping.customer).toBe("other_id");
    expect(told.questions.map(({ id }) => id)).not.toContain("identity");
  });
});

describe("what is refused", () => {
  it.each([
    ["no-time", "Order ID,Email,Total\n1,a@x.com,5.00\n"],
    [
      "no-time",
      "Order ID,Order Date,Item name,Total\n1,le cinq mai,Tea,5.00\n2,le six mai,Mug,6.00\n",
    ],
    ["no-amount", "Order ID,Date,Email\n1,2024-01-05,a@x.com\n"],
    ["no-orders", "a,b\nx,y\n"],
    ["header-only", "Order ID,Date,Total\n"],
    ["empty", ""],
    ["html", "<html><body>no</body></html>"],
  ])("%s", async (code, text) => {
    expect(await inspect(text)).toMatchObject({ kind: "refused", error: { code } });
  });

  it("is never a file whose amount stands under a plain price", async () => {
    expect(
      await inspect(
        "Id,Date,Price\n1,2005-01-02,230.3\n1,2005-09-06,84.39\n2,2005-01-03,9\n1,2005-12-06,1.5\n",
      ),
    ).toMatchObject({
      kind: "orders",
      mapping: { customer: "Id", ordered_at: "Date", amount: "Price" },
    });
  });
});

describe("questions", () => {
  const ambiguous =
    "Order ID,Date,Email,Total\n1,03/04/2024,a@x.com,1.00\n2,05/06/2024,b@x.com,2.00\n";

  it("asks for the order of day and month, and takes the answer", async () => {
    const plan = await inspect(ambiguous);
    expect(plan.questions).toContainEqual(
      expect.objectContaining({ id: "date-order", options: ["day-first", "month-first"] }),
    );
    for (const key of ["date-order", "orders.csv:date-order"]) {
      const told = await inspect(ambiguous, { [key]: "day-first" });
      expect(told.formats.ordered_at?.date.order).toBe("day-first");
      expect(told.questions.map(({ id }) => id)).not.toContain("date-order");
    }
  });

  it("guesses the order under which the rows follow each other", async () => {
    const days = Array.from(
      { length: 12 },
      (_, i) => `${i},0${(i % 9) + 1}/0${Math.floor(i / 9) + 1}/2024,a${i}@x.com,1.00`,
    );
    const { questions } = await inspect(`Order ID,Date,Email,Total\n${days.join("\n")}\n`);
    expect(questions.find(({ id }) => id === "date-order")?.guess).toBe("day-first");
  });

  it("borrows the order of another date column", async () => {
    const { questions, formats } = await inspect(
      "Order ID,Order Date,Ship Date,Total\n1,03/04/2024,13/04/2024,1.00\n2,05/06/2024,06/06/2024,2.00\n",
    );
    expect(questions.map(({ id }) => id)).not.toContain("date-order");
    expect(formats.ordered_at?.date.order).toBe("day-first");
  });

  it("asks what the mark in 1.234 means, unless another column tells", async () => {
    const open = "Order ID;Date;Total\n1;2024-01-05;1.234\n2;2024-01-06;2.500\n";
    expect((await inspect(open)).questions.find(({ id }) => id === "decimal")).toMatchObject({
      guess: "comma",
    });
    expect((await inspect(open, { decimal: "point" })).formats.amount?.number.decimal).toBe(".");
    const told = await inspect(
      "Order ID;Date;Total;Tax\n1;2024-01-05;1.234;0,50\n2;2024-01-06;2.500;1.000,10\n",
    );
    expect(told.questions.map(({ id }) => id)).not.toContain("decimal");
    expect(told.formats.amount?.number.decimal).toBe(",");
  });

  it("asks for the currency only where nothing names it", async () => {
    const currencyOf = async (text: string) => {
      const { currency, questions } = await inspect(text);
      return [currency, questions.some(({ id }) => id === "currency")];
    };
    expect(await currencyOf("Order ID,Date,Total\n1,2024-01-05,1.00\n")).toEqual(["USD", true]);
    expect(await currencyOf("订单号,下单时间,实付金额\n1,2024-01-05,1.00\n")).toEqual([
      "CNY",
      true,
    ]);
    expect(
      await currencyOf("Order ID,Date,Total,Country\n1,2024-01-05,1.00,United Kingdom\n"),
    ).toEqual(["GBP", true]);
    expect(await currencyOf("Order ID,Date,Total\n1,2024-01-05,€1.00\n")).toEqual(["EUR", false]);
    expect(await currencyOf("Order ID,Date,Total (EUR)\n1,2024-01-05,1.00\n")).toEqual([
      "EUR",
      false,
    ]);
    expect(await currencyOf("订单号,下单时间,实付金额(元)\n1,2024-01-05,1.00\n")).toEqual([
      "CNY",
      false,
    ]);
    expect(await currencyOf("Order ID,Date,Total,Currency\n1,2024-01-05,1.00,USD\n")).toEqual([
      null,
      false,
    ]);
    expect((await inspect(fixture("samples/youzan_orders.csv"))).currency).toBe("CNY");
  });
});

describe("corrections", () => {
  const text = "Order ID,Date,Email,Phone,Total,Net\n1,2024-01-05,a@x.com,5551234,1.00,0.90\n";

  it("override what was found, from the mapping panel or as answers", async () => {
    const byPanel = await inspect(
      text,
      {},
      { mapping: { customer: "Phone", amount: "Net", product: null } },
    );
    expect(byPanel.mapping).toMatchObject({ customer: "Phone", amount: "Net" });
    expect(byPanel.confidence.customer).toBe(1);
    const byAnswer = await inspect(text, { "mapping.customer": "Phone" });
    expect(byAnswer.mapping.customer).toBe("Phone");
  });

  it("can take a role away", async () => {
    expect(
      (await inspect(text, {}, { mapping: { customer: null } })).mapping.customer,
    ).toBeUndefined();
  });
});

it("inspects the slices of a long file, not all of it", async () => {
  const row = "O1,2024-01-05 10:00:00,C1,10.00\n";
  const blob = new Blob([
    "Order ID,Date,Customer ID,Total\n",
    ...Array.from({ length: 60 }, () => row.repeat(40_000)),
  ]);
  const started = performance.now();
  expect(await inspect(blob)).toMatchObject({ kind: "orders", lane: "clean" });
  expect(performance.now() - started).toBeLessThan(3000);
});
