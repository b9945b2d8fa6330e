import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inspectFile } from "../../src/intake/inspectFile.ts";
import { query, toStagingSql } from "./stageFile.ts";

const folder = new URL("../../../shared/data/", import.meta.url);
const isThere = existsSync(folder);
if (!isThere) console.info("skipped: real data sets are not beside the repository");

const open = (name: string) => new Blob([readFileSync(new URL(name, folder))]);
const minute = 60_000;

async function totalsOf(name: string) {
  const plan = await inspectFile(open(name), name);
  const { sql } = await toStagingSql(plan, open(name));
  const [totals] = await query(
    `select
      count(*)::integer as rows,
      count(*) filter (where verdict is null)::integer as usable,
      count(*) filter (where verdict like 'rejected%')::integer as rejected,
      count(distinct customer)::integer as customers,
      count(*) filter (where customer is null)::integer as anonymous,
      count(*) filter (where amount = 0)::integer as zeros,
      count(order_id)::integer as with_order,
      sum(amount)::varchar as amount,
      min(customer) as first_customer,
      min(ordered_at)::date::varchar as first_day,
      max(ordered_at)::date::varchar as last_day
    from (${sql})`,
  );
  return { plan, totals };
}

describe.skipIf(!isThere)("real data", () => {
  it(
    "CDNOW sample: the second id is the customer",
    async () => {
      const { plan, totals } = await totalsOf("CDNOW_sample.txt");
      expect(plan.questions.map(({ id }) => id)).toContain("identity");
      expect(totals).toMatchObject({ rows: 6919, usable: 6919, customers: 2357, with_order: 0 });
      expect(totals).toMatchObject({
        first_customer: "0001",
        first_day: "1997-01-01",
        last_day: "1998-06-30",
      });
    },
    minute,
  );

  it(
    "CDNOW master: compressed, fixed width, with a header",
    async () => {
      const { totals } = await totalsOf("CDNOW_master.txt.gz");
      expect(totals).toMatchObject({ rows: 69659, usable: 69659, customers: 23570, zeros: 80 });
    },
    minute,
  );

  it(
    "UCI Online Retail: 541,909 lines, none rejected",
    async () => {
      const { plan, totals } = await totalsOf("uci_online_retail_2010_2011.csv.gz");
      expect(plan).toMatchObject({
        amountLevel: "transaction",
        amountIsProduct: true,
        currency: "GBP",
      });
      expect(totals).toMatchObject({
        rows: 541909,
        usable: 541909,
        customers: 4372,
        anonymous: 135080,
      });
      expect(totals!.amount).toBe("9747747.9340");
    },
    minute,
  );

  it(
    "Superstore, as two spreadsheets saved it",
    async () => {
      const { plan, totals } = await totalsOf("superstore_utf8_bom.csv.gz");
      expect(plan.formats.ordered_at?.date.order).toBe("month-first");
      expect(totals).toMatchObject({ rows: 9994, usable: 9994, customers: 793 });
      const european = await totalsOf("superstore_cp1252_semicolon.csv.gz");
      expect(european.plan).toMatchObject({ encoding: "windows-1252", delimiter: ";" });
      expect(european.totals).toMatchObject({ rows: 9994, usable: 9994 });
    },
    minute,
  );

  it(
    "Tmall: orders without a customer",
    async () => {
      const { plan, totals } = await totalsOf("tmall_order_report_utf8.csv.gz");
      expect(plan.mapping.customer).toBeUndefined();
      expect(plan.notes.map(({ code }) => code)).toContain("no-customer");
      expect(totals).toMatchObject({ rows: 28010, rejected: 0 });
    },
    minute,
  );

  it("apparel: an id that comes back is the customer's", async () => {
    const { plan, totals } = await totalsOf("clvtools_apparelTrans.csv");
    expect(plan.mapping).toMatchObject({ customer: "Id", ordered_at: "Date", amount: "Price" });
    expect(totals).toMatchObject({ usable: 3187, customers: 600 });
  });

  it.each(["donations.csv", "donations_rf_matrix.csv", "clvtools_apparelStaticCov.csv"])(
    "%s is refused",
    async (name) => {
      expect((await inspectFile(open(name), name)).kind).toBe("refused");
    },
  );
});
