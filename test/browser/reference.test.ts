import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openOnly } from "./page/pageCalls.ts";
import { siteFolder } from "./support/folders.ts";
import { visit } from "./support/visit.ts";
import type { Visit } from "./support/visit.ts";

/**
 * Real data through the page, against the results of other software. The data are not part of the
 * project: where they are missing these tests are skipped.
 */
const shared = join(import.meta.dirname, "../../../shared");
const isHere = existsSync(join(shared, "data")) && existsSync(join(shared, "golden"));
if (!isHere) console.warn("skipped: no ../shared/data and ../shared/golden beside the project");

const shops = [
  { golden: "cdnow_sample", name: "CDNOW_sample.txt", read: () => data("CDNOW_sample.txt") },
  { golden: "cdnow_full", name: "CDNOW_master.txt.gz", read: () => data("CDNOW_master.txt.gz") },
  { golden: "uci_retail", name: "online_retail.csv", read: cleanRetail },
];

// what a reference file or a result holds is checked by the comparisons themselves
type Row = Record<string, any>;

describe.skipIf(!isHere)("real data in the page agree with other software", () => {
  let page: Visit;
  beforeAll(async () => {
    page = await visit({ root: siteFolder });
  });
  afterAll(() => page.close());

  describe.each(shops)("$golden", ({ golden, name, read }) => {
    const cohorts = isHere ? reference(`${golden}_cohorts`) : undefined;
    const models = isHere ? reference(`${golden}_btyd`) : undefined;
    /** rows of a result; of a long one those of the customers alone that are asked for */
    const run = async (id: string, params = {}, customers?: string[]): Promise<Row[]> =>
      (await page.page.evaluate(
        async ([analysis, values, ids]) => {
          const { rows } = await window.perennial.run(analysis, values);
          return ids ? rows.filter((row) => ids.includes(String(row["customer_id"]))) : rows;
        },
        [id, params, customers] as const,
      )) as Row[];

    it("imports every row, order, customer and cent", async () => {
      const report = await importFile(page, name, read());
      const { meta } = cohorts;
      const file = report.files[0]!;
      expect(file.rows.read).toBe(meta.rows);
      const { kept, merged, excluded, rejected } = file.rows;
      expect(kept + merged + excluded + rejected).toBe(meta.rows);
      expect(report.totals.customers).toBe(meta.customers);
      expect(report.totals.ordersWithoutCustomer).toBe(0);
      expect(report.totals.firstDate).toBe(meta.first_date);
      expect(report.totals.lastDate).toBe(meta.last_date);
      const { total } = reference(`${golden}_rfm`).concentration;
      expect(Number(report.totals.net)).toBe(total);
      const rows = await run("overview");
      expect(rows[0]).toMatchObject({ customers: meta.customers, revenue: total });
    });

    it("gives the cohort triangle, counts and money", async () => {
      const rows = await run("cohort-retention");
      const seen = rows.map(({ cohort, k, customers, active }) => [
        String(cohort).slice(0, 7),
        k,
        customers,
        active,
      ]);
      // months that nobody joined are rows of zeros there and none here
      const wanted = (cohorts.cohort as string[]).flatMap((cohort, i) =>
        cohorts.size[i] === 0
          ? []
          : (cohorts.active[i] as number[]).map((active, k) => [
              cohort,
              k,
              cohorts.size[i],
              active,
            ]),
      );
      expect(seen).toEqual(wanted);
      const money = await run("cohort-revenue");
      const revenue = (cohorts.revenue as number[][]).filter((_, i) => cohorts.size[i] > 0).flat();
      expect(money.map((row) => row.revenue)).toHaveLength(revenue.length);
      money.forEach((row, i) => expect(Number(row.revenue)).toBeCloseTo(revenue[i]!, 2));
    });

    it("gives every Kaplan-Meier step and its interval", async () => {
      const { steps } = reference(`${golden}_km`);
      const rows = await run("repurchase-curve");
      expect(rows.map(({ days, at_risk, events }) => [days, at_risk, events])).toEqual(
        steps.map((step: Row) => [step.t, step.n_risk, step.n_event]),
      );
      rows.forEach((row, i) => {
        const step = steps[i];
        expect(Number(row.survival)).toBeCloseTo(step.surv, 9);
        expect(Number(row.probability)).toBeCloseTo(1 - step.surv, 9);
        expect(Number(row.lower)).toBeCloseTo(1 - step.hi_loglog, 8);
        expect(Number(row.upper)).toBeCloseTo(1 - step.lo_loglog, 8);
      });
    });

    it.each([
      ["shared", "rank_min"],
      ["equal-size", "ntile_value_then_id"],
      ["quantile", "quantile_type7"],
    ])("gives the RFM scores where ties are %s", async (ties, rule) => {
      const { rules, customers } = reference(`${golden}_rfm`);
      const scores = await page.page.evaluate(
        async (params) => {
          const { rows } = await window.perennial.run("rfm", params);
          return rows.map(({ customer_id, r, f, m }) => [customer_id, r, f, m].join(" "));
        },
        { ties, basis: "days" },
      );
      const rows = scores.map((text): Row => {
        const [customer_id, ...rfm] = text.split(" ");
        const [r, f, m] = rfm.map(Number);
        return { customer_id, r, f, m };
      });
      const codes = new Map(
        rows.map(({ customer_id, r, f, m }) => [customer_id, r * 100 + f * 10 + m]),
      );
      const sum = [...codes.values()].reduce((all, code) => all + code, 0);
      expect(sum).toBe(rules[rule].checksum_sum_of_codes);
      expect(count(rows, "r")).toEqual(rules[rule].r_counts);
      expect(count(rows, "f")).toEqual(rules[rule].f_counts);
      expect(count(rows, "m")).toEqual(rules[rule].m_counts);
      for (const customer of customers) {
        expect(codes.get(customer.customer_id)).toBe(customer[rule]);
      }
    });

    it("gives the concentration of revenue", async () => {
      const { concentration } = reference(`${golden}_rfm`);
      const [row] = await run("pareto");
      expect(Number(row!.top20_share)).toBeCloseTo(concentration.shares.top_20pct, 9);
      expect(Number(row!.gini)).toBeCloseTo(concentration.gini, 8);
      expect(row!.customers_for_80).toBe(concentration.customers_for_80pct);
    });

    it.each(["calibration", "full"])("fits BG/NBD and gamma-gamma, %s", async (part) => {
      const { period_end, models: fits, gamma_gamma: spend } = models[part];
      const rows = await run("clv-model", { as_of: period_end, model: "bg-nbd" });
      const estimate = (name: string) => rows.find((row) => row.parameter === name)!;
      const { bgnbd } = fits;
      expect(estimate("r").identifiable).toBe(bgnbd.identifiable);
      if (bgnbd.identifiable) {
        compare(["r", "alpha", "a", "b"].map(estimate), bgnbd);
        expect(Math.abs(estimate("r").log_likelihood - bgnbd.ll)).toBeLessThan(1e-4);
      } else {
        // no dropout to be seen: the likelihood has no peak, ours must be at least as good
        expect(Number(estimate("r").log_likelihood)).toBeGreaterThan(bgnbd.ll - 1e-4);
      }
      compare(["p", "q", "v"].map(estimate), spend);
      expect(Math.abs(estimate("p").log_likelihood - spend.ll)).toBeLessThan(1e-4);
    });

    it.each(["calibration", "full"])("forecasts the listed customers, %s", async (part) => {
      const { period_end, models: fits, customers } = models[part];
      if (!fits.bgnbd.identifiable) return;
      for (const horizon of [4, 13, 26, 39, 52]) {
        const ids = customers.map((customer: Row) => customer.customer_id);
        const rows = await run(
          "clv-forecast",
          { as_of: period_end, model: "bg-nbd", horizon },
          ids,
        );
        const byId = new Map(rows.map((row) => [String(row.customer_id), row]));
        for (const { customer_id, x, bgnbd } of customers) {
          const row = byId.get(customer_id)!;
          expect(row.x).toBe(x);
          expect(Math.abs(row.p_alive - bgnbd.p_alive)).toBeLessThan(1e-4);
          expect(Math.abs(row.expected_orders - bgnbd[`expected_${horizon}w`])).toBeLessThan(1e-4);
        }
      }
    });

    it("holds the models against the weeks held out", async () => {
      const { meta, calibration } = models;
      const split = { split: meta.cal_end, as_of: meta.obs_end };
      const judged = await run("clv-validation", { ...split, view: "models" });
      const names = { bgnbd: "bg-nbd", mbgnbd: "mbg-nbd", pnbd: "pareto-nbd" };
      for (const [key, model] of Object.entries(names)) {
        const { holdout, identifiable } = calibration.models[key];
        const row = judged.find((one) => one.model === model)!;
        expect(row.holdout_actual).toBe(holdout.actual_total);
        expect(row.reason.includes("not-identifiable")).toBe(!identifiable);
        if (!identifiable) continue;
        expect(Math.abs(row.holdout_predicted / holdout.expected_total - 1)).toBeLessThan(1e-4);
        expect(Math.abs(row.bias * 100 - holdout.bias_pct)).toBeLessThan(1e-2);
        expect(Math.abs(row.mae / holdout.mae - 1)).toBeLessThan(1e-4);
        expect(Math.abs(row.rmse / holdout.rmse - 1)).toBeLessThan(1e-4);
        expect(Math.abs(row.correlation / holdout.pearson - 1)).toBeLessThan(1e-4);
        expect(Math.abs(row.naive_mae / holdout.naive_mae_same_rate - 1)).toBeLessThan(1e-4);
      }
      const weeks = await run("clv-validation", { ...split, model: "bg-nbd" });
      expect(weeks.map((row) => row.actual_total)).toEqual(calibration.tracking_actual_cum_repeat);
      if (!calibration.models.bgnbd.identifiable) return;
      const { cum_expected } = calibration.models.bgnbd.tracking_weekly;
      weeks.forEach((row, i) =>
        expect(Math.abs(row.predicted_total / cum_expected[i] - 1)).toBeLessThan(1e-4),
      );
    });
  });
});

async function importFile({ page }: Visit, name: string, bytes: Buffer) {
  await page.evaluate(() => window.perennial.ready.then(() => window.perennial.reset()));
  await openOnly(page, "overview"); // the tests ask for each figure themselves
  return page.evaluate(
    async ([fileName, base64]) => {
      const binary = atob(base64);
      const content = Uint8Array.from(binary, (c) => c.charCodeAt(0));
      return window.perennial.importFiles([{ name: fileName, bytes: content }]);
    },
    [name, bytes.toString("base64")] as const,
  );
}

function compare(rows: Row[], { params }: { params: number[] }): void {
  rows.forEach((row, i) => expect(Math.abs(row.estimate / params[i]! - 1)).toBeLessThan(1e-3));
}

function count(rows: Row[], score: string): number[] {
  const counts = [0, 0, 0, 0, 0];
  for (const row of rows) counts[row[score]! - 1]! += 1;
  return counts;
}

function reference(name: string) {
  return JSON.parse(readFileSync(join(shared, "golden", `${name}.json`), "utf8"));
}

function data(name: string): Buffer {
  return readFileSync(join(shared, "data", name));
}

/** Online Retail under the reference's own rule: no line without customer, no C invoice, nothing ≤ 0. */
function cleanRetail(): Buffer {
  const text = gunzipSync(data("uci_online_retail_2010_2011.csv.gz")).toString("utf8");
  const lines = text.split("\n").filter((line) => line !== "");
  const kept = lines.filter((line, i) => {
    if (i === 0) return true;
    const cells = line
      .replace(/\r$/, "")
      .match(/("([^"]|"")*"|[^,]*)(,|$)/g)!
      .map((cell) => cell.replace(/,$/, ""));
    const [invoice = "", , , quantity, , price, customer] = cells;
    return customer !== "" && !invoice.startsWith("C") && Number(quantity) > 0 && Number(price) > 0;
  });
  return Buffer.from(`${kept.join("\n")}\n`);
}
