import { readFileSync } from "node:fs";
import type { ShopName } from "./readShop.ts";

/** Reference fits and predictions (scipy at 1e-7 gradients, mpmath), weeks = days / 7. */
export interface Golden {
  calibration: GoldenPeriod;
  full: GoldenPeriod;
}

interface GoldenPeriod {
  period_end: string;
  n_customers: number;
  n_repeat: number;
  sum_x: number;
  n_groups: number;
  mean_T: number;
  nbd: GoldenFit;
  bgnbd: GoldenDropout;
  mbgnbd: GoldenDropout;
  pnbd: GoldenDropout;
  gamma_gamma: GoldenFit & { n: number; population_mean_spend: number; pearson_x_m: number };
  customers: GoldenCustomer[];
}

export interface GoldenFit {
  params: number[];
  se: (number | null)[];
  ll: number;
  aic: number;
}

interface GoldenDropout extends GoldenFit {
  identifiable: boolean;
  bic: number;
  sum_p_alive: number;
  sum_expected_52w: number;
  /** Σ E[repeat purchases by T of a new customer] */
  expected_total_x_in_calibration: number;
  /** customers by repeat purchases, 0 to 6, and 7 or more */
  freq_table?: { actual: number[]; expected: number[] };
}

interface GoldenCustomer {
  customer_id: string;
  x: number;
  t_x: number;
  T: number;
  m: number;
  gg_expected_spend: number;
  bgnbd: GoldenForecast;
  mbgnbd: GoldenForecast;
  pnbd: GoldenForecast;
}

interface GoldenForecast {
  p_alive: number;
  expected_4w: number;
  expected_13w: number;
  expected_26w: number;
  expected_39w: number;
  expected_52w: number;
  clv12: number;
}

export function readGolden(name: ShopName): Golden {
  return readJson<Golden>(name);
}

/** a file of golden/ by its name */
export function readJson<Content>(name: string): Content {
  return JSON.parse(
    readFileSync(new URL(`golden/${name}.json`, import.meta.url), "utf8"),
  ) as Content;
}

export const shopNames: ShopName[] = [
  "cdnow_sample",
  "cdnow_full",
  "apparel",
  "superstore",
  "uci_retail",
];

export const periods = ["calibration", "full"] as const;
