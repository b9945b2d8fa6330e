import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildShop } from "./buildShop.ts";
import { openNative } from "./openNative.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Runner, Value } from "./runner.ts";

// Reference figures of public data sets, made with other software. The data may not lie in this
// repository; where it is absent the tests say so.
const shared = resolve(import.meta.dirname, "../../../shared");
const isThere = existsSync(resolve(shared, "data")) && existsSync(resolve(shared, "golden"));

const shops: { name: string; file: string; select: (path: string) => string }[] = [
  { name: "cdnow_sample", file: "CDNOW_sample.txt", select: selectCdnow(8, 4, 13) },
  { name: "cdnow_full", file: "CDNOW_master.txt.gz", select: selectCdnow(2, 5, 8) },
  {
    name: "apparel",
    file: "clvtools_apparelTrans.csv",
    select: (
      path,
    ) => `select ${absent("row_number() over ()", "Id", "\"Date\" || ' 00:00:00'", '"Price"')}
      from read_csv('${path}', header = true, all_varchar = true)`,
  },
  {
    name: "superstore",
    file: "superstore_utf8_bom.csv.gz",
    select: (
      path,
    ) => `select ${absent('"Order ID"', '"Customer ID"', "strptime(\"Order Date\", '%m/%d/%Y')::varchar", 'sum("Sales"::decimal(18, 4))')}
      from read_csv('${path}', header = true, all_varchar = true)
      group by "Order ID", "Customer ID", "Order Date"`,
  },
  {
    name: "uci_retail",
    file: "uci_online_retail_2010_2011.csv.gz",
    select: (
      path,
    ) => `select ${absent('"InvoiceNo"', '"CustomerID"', 'min("InvoiceDate")', 'sum("Quantity"::integer * "UnitPrice"::decimal(12, 4))')}
      from read_csv('${path}', header = true, all_varchar = true, encoding = 'utf-8')
      where "CustomerID" is not null and not starts_with("InvoiceNo", 'C')
        and "Quantity"::integer > 0 and "UnitPrice"::decimal(12, 4) > 0
      group by "InvoiceNo", "CustomerID"`,
  },
];

if (!isThere) console.warn("reference.test.ts: ../shared/data or ../shared/golden is absent");

describe.runIf(isThere).each(shops)("$name", ({ name, file, select }) => {
  let runner: Runner;
  let folder: string;
  beforeAll(async () => {
    runner = await openNative();
    folder = mkdtempSync(resolve(tmpdir(), "shop-"));
    const bytes = readFileSync(resolve(shared, "data", file));
    const path = resolve(folder, "orders.csv");
    writeFileSync(path, file.endsWith(".gz") ? gunzipSync(bytes) : bytes);
    await buildShop(runner, select(path));
  }, 120_000);
  afterAll(async () => {
    await runner?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  const run = (id: string, variables: Record<string, Value> = {}) =>
    runAnalysis(runner, id, variables);

  it("has the reference's cohort triangles", async () => {
    const golden = readGolden(name, "cohorts");
    const retention = await run("cohort-retention");
    const revenue = await run("cohort-revenue");
    const days = await runner.read(`select
        left((order_date - days_since_first)::varchar, 7),
        (year(order_date) * 12 + month(order_date)
        - year(order_date - days_since_first) * 12 - month(order_date - days_since_first))::integer,
        count(*)
      from customer_days group by all`);
    golden.cohort.forEach((cohort: string, c: number) => {
      const cells = retention.filter((row) => String(row.cohort).startsWith(cohort));
      const sums = revenue.filter((row) => String(row.cohort).startsWith(cohort));
      const length = golden.size[c] ? golden.active[c].length : 0;
      expect(cells.map((row) => row.active)).toEqual(golden.active[c].slice(0, length));
      if (length) expect(cells[0]!.customers).toBe(golden.size[c]);
      expect(sums).toHaveLength(length);
      // the reference is rounded to hundredths
      sums.forEach((row, k) =>
        expect(Math.abs(Number(row.revenue) - golden.revenue[c][k])).toBeLessThan(0.0051),
      );
      const purchaseDays = golden.active[c].map(
        (_: number, k: number) =>
          days.rows.find((row) => row[0] === cohort && row[1] === k)?.[2] ?? 0,
      );
      expect(purchaseDays).toEqual(golden.purchase_days[c]);
    });
  });

  it("has the reference's Kaplan-Meier steps, standard errors and intervals to 1e-9", async () => {
    const golden = readGolden(name, "km");
    const rows = await run("repurchase-curve", { as_of: golden.period_end });
    expect(rows.map((row) => row.days)).toEqual(golden.steps.map((step: Step) => step.t));
    rows.forEach((row, i) => {
      const step: Step = golden.steps[i];
      expect([row.at_risk, row.events]).toEqual([step.n_risk, step.n_event]);
      const close = (ours: unknown, theirs: number | null) =>
        theirs === null
          ? expect(ours).toBeNull()
          : expect(Math.abs(Number(ours) - theirs)).toBeLessThan(1e-9);
      close(row.survival, step.surv);
      close(row.std_error, step.se);
      close(row.upper, step.lo_loglog === null ? null : 1 - step.lo_loglog);
      close(row.lower, step.hi_loglog === null ? null : 1 - step.hi_loglog);
    });
  });

  const rules = {
    shared: "rank_min",
    "equal-size": "ntile_value_then_id",
    quantile: "quantile_type7",
  };
  it.each(Object.entries(rules))(
    "has the reference's RFM scores with ties %s",
    async (ties, rule) => {
      const golden = readGolden(name, "rfm");
      const rows = await run("rfm", { ties, basis: "days", as_of: golden.period_end });
      const code = (row: Record<string, Value>) =>
        Number(row.r) * 100 + Number(row.f) * 10 + Number(row.m);
      const counts = (key: string) =>
        [1, 2, 3, 4, 5].map((score) => rows.filter((row) => row[key] === score).length);
      const expected = golden.rules[rule];
      expect(rows).toHaveLength(golden.n);
      expect({
        r_counts: counts("r"),
        f_counts: counts("f"),
        m_counts: counts("m"),
        distinct_codes: new Set(rows.map(code)).size,
        code_555: rows.filter((row) => code(row) === 555).length,
        code_111: rows.filter((row) => code(row) === 111).length,
        checksum_sum_of_codes: rows.reduce((sum, row) => sum + code(row), 0),
      }).toEqual(expected);
      for (const customer of golden.customers) {
        const row = rows.find((one) => one.customer_id === String(customer.customer_id))!;
        expect([row.recency_days, row.frequency, code(row)]).toEqual([
          customer.recency_days,
          customer.frequency,
          customer[rule],
        ]);
        expect(row.monetary).toBeCloseTo(customer.monetary, 4);
      }
    },
  );

  it.each(["calibration", "full"])("has the reference's purchase histories, %s", async (part) => {
    const golden = readGolden(name, "btyd")[part];
    const rows = await run("clv-forecast", { as_of: golden.period_end });
    const groups = await run("clv-model", { as_of: golden.period_end });
    const sum = (list: Record<string, Value>[], of: (row: Record<string, Value>) => number) =>
      list.reduce((total, row) => total + of(row), 0);
    expect({
      n_customers: rows.length,
      n_repeat: rows.filter((row) => Number(row.x) > 0).length,
      sum_x: sum(rows, (row) => Number(row.x)),
      max_x: Math.max(...rows.map((row) => Number(row.x))),
      n_groups: new Set(rows.map((row) => `${row.x} ${row.t_x_days} ${row.T_days}`)).size,
    }).toEqual({
      n_customers: golden.n_customers,
      n_repeat: golden.n_repeat,
      sum_x: golden.sum_x,
      max_x: golden.max_x,
      n_groups: golden.n_groups,
    });
    expect(sum(rows, (row) => Number(row.T_days)) / 7 / rows.length).toBeCloseTo(golden.mean_T, 7);
    expect(groups).toHaveLength(rows.length);
    expect(sum(groups, (row) => Number(row.x))).toBe(golden.sum_x);
    for (const customer of golden.customers) {
      const row = rows.find((one) => one.customer_id === String(customer.customer_id))!;
      expect(row.x).toBe(customer.x);
      expect(Number(row.t_x_days) / 7).toBeCloseTo(customer.t_x, 7);
      expect(Number(row.T_days) / 7).toBeCloseTo(customer.T, 7);
      expect(row.monetary).toBeCloseTo(customer.m, 6);
    }
  });

  it("has the reference's split", async () => {
    const { meta, calibration } = readGolden(name, "btyd");
    const rows = await run("clv-validation", { split: meta.cal_end, as_of: meta.obs_end });
    const [frame] = rows;
    const customers = rows.filter((row) => row.section === 1);
    const sum = (of: (row: Record<string, Value>) => number) =>
      customers.reduce((total, row) => total + Number(row.customers) * of(row), 0);
    const { bgnbd } = calibration.models;
    expect(frame!.section).toBe(0);
    expect(sum(() => 1)).toBe(calibration.n_customers);
    expect(sum((row) => Number(row.x))).toBe(calibration.sum_x);
    expect(sum((row) => Number(row.orders))).toBe(bgnbd.holdout.actual_total);
    expect((Number(frame!.last_day) - Number(frame!.split_day)) / 7).toBeCloseTo(
      bgnbd.holdout.weeks,
      7,
    );
    const weeks = rows.filter((row) => row.section === 2);
    const upTo = (last: number) =>
      weeks.reduce((total, row) => total + (Number(row.week) <= last ? Number(row.orders) : 0), 0);
    const { week } = bgnbd.tracking_weekly;
    expect(week.map(upTo)).toEqual(calibration.tracking_actual_cum_repeat);
  });

  it("has the reference's concentration", async () => {
    const golden = readGolden(name, "rfm").concentration;
    const [row] = await run("pareto");
    expect(row).toMatchObject({
      customers: golden.n,
      customers_for_80: golden.customers_for_80pct,
    });
    expect(row!.revenue).toBeCloseTo(golden.total, 2);
    expect(Math.abs(Number(row!.gini) - golden.gini)).toBeLessThan(1e-9);
    for (const q of [1, 5, 10, 20, 50]) {
      expect(Math.abs(Number(row![`top${q}_share`]) - golden.shares[`top_${q}pct`])).toBeLessThan(
        1e-9,
      );
    }
  });
});

interface Step {
  t: number;
  n_risk: number;
  n_event: number;
  surv: number;
  se: number | null;
  lo_loglog: number | null;
  hi_loglog: number | null;
}

function readGolden(name: string, part: string) {
  return JSON.parse(readFileSync(resolve(shared, "golden", `${name}_${part}.json`), "utf8"));
}

function absent(order: string, customer: string, at: string, gross: string): string {
  return `(${order})::varchar as order_id, ${customer} as customer_id, (${at})::timestamp as ordered_at,
    (${gross})::decimal(18, 4) as gross, 0::decimal(18, 4) as refund, null::varchar as channel, null::varchar as domain,
    null::varchar as product, null::varchar as category, null::varchar as country,
    null::varchar as coupon, null::boolean as is_member`;
}

/** Fixed width: customer, yyyymmdd, units, dollars. */
function selectCdnow(idAt: number, idLength: number, dateAt: number) {
  return (path: string) => `select ${absent(
    "row_number() over ()",
    `substr(line, ${idAt}, ${idLength})`,
    `strptime(substr(line, ${dateAt}, 8), '%Y%m%d')::varchar`,
    `regexp_extract(line, '([0-9.]+)\\s*$', 1)`,
  )}
    from read_csv('${path}', columns = {'line': 'varchar'}, header = false, delim = '\\x01', quote = '', escape = '', auto_detect = false)
    where regexp_matches(line, '^ *[0-9]')`;
}
