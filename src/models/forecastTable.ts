import { bgBb } from "./bgBb.ts";
import { collapseHistory, daysPerWeek } from "./buyingHistory.ts";
import { diagnoseData } from "./diagnose.ts";
import { requireTaker } from "./chooseCovariates.ts";
import { discountSchedule, weeksPerMonth } from "./discountSchedule.ts";
import { fittedCovariance } from "./fittedCovariance.ts";
import { forecastParts, type PartForecast } from "./forecastParts.ts";
import { ModelError } from "./modelError.ts";
import { monthHistory } from "./monthHistory.ts";
import type { CustomerColumns, ForecastParams, Labels, ModelResult } from "./modelRequest.ts";
import { pickCovariates } from "./pickCovariates.ts";
import { pickSpend } from "./pickSpend.ts";
import type { SpendForecast } from "./spendForecast.ts";
import { collapseSpend } from "./spendHistory.ts";
import { toDaysPerUnit } from "./timeUnit.ts";

/**
 * Fits, then forecasts every customer: P(alive), orders and their value within the horizon, and
 *
 *   clv = margin · E[spend] · Σ months (orders by its end − orders before) / (1 + discount)^years,
 *
 * future purchases only. lower and upper are a 95 % interval of that expectation, by the delta
 * method on its logarithm with respect to the log-parameters of both models: how far the figures
 * can be trusted, not how far one customer may stray. churn_risk is P(no order in 90 days).
 *
 * The BG/BB counts calendar months with a purchase, and so do x, t_x, T, the orders and the amounts
 * that it is given; the horizon and the churn span are then so many mean months of 30.4375 days.
 *
 * Where the model's parameters cannot be told from the data, the NBD takes its place ("fallback-to-nbd",
 * P(alive) = 1), and the mean purchase that of the gamma-gamma model ("fallback-to-mean-spend").
 *
 * @throws ModelError "too-few-repeat-buyers" or "too-few-spenders" under 30 and none, "no-customers",
 * "invalid-columns", "invalid-parameter", "unknown-model", "missing-columns"
 */
export function forecastTable(
  columns: CustomerColumns,
  params: ForecastParams,
  labels: Labels = {},
): ModelResult {
  const options = toOptions(params);
  if (options.covariates !== "") requireTaker(options.model);
  const { x, t_x_days: tXDays, T_days: TDays, monetary, paid_days = x } = columns;
  const days = collapseHistory({ x, tXDays, TDays, logGaps: columns.log_gaps });
  const history = isMonthly(options) ? monthHistory(columns) : days;
  const notes = diagnoseData(days);
  const { fit, parts } = pickCovariates(options, labels, columns, history, notes);
  const spend = pickSpend(collapseSpend({ x: paid_days, monetary }), notes);
  const { covariance, complete } = fittedCovariance(fit);
  if (!complete) {
    notes.push({ code: "interval-incomplete", value: 0, model: fit.model, blocks: false });
  }
  const schedule = discountSchedule(options.horizonWeeks, options.discount);
  const weeks = isMonthly(options) ? weeksPerMonth : 1; // in the model's unit of time
  const groups = forecastParts(parts, fit.parameters, x.length, {
    horizonWeeks: options.horizonWeeks / weeks,
    churnWeeks: churnDays / daysPerWeek / weeks,
    schedule: { ...schedule, weeks: schedule.weeks.map((end) => end / weeks) },
    covariance,
  });
  return { columns: toColumns(columns, groups, spend, options), notes };
}

const churnDays = 90;
const normal95 = 1.959963984540054;

/** whether the model counts months and not purchase days */
function isMonthly({ model }: Pick<Options, "model">): boolean {
  return model === bgBb.id;
}

interface Options {
  model: string;
  covariates: string;
  daysPerUnit: number;
  horizonWeeks: number;
  discount: number;
  margin: number;
}

function toOptions({
  model = "best",
  unit = "week",
  covariates = "",
  horizon,
  discount = 0.1,
  margin = 1,
}: ForecastParams): Options {
  const daysPerUnit = toDaysPerUnit(unit);
  const horizonWeeks = horizon === undefined ? 52 : (horizon * daysPerUnit) / daysPerWeek;
  if (!(horizonWeeks > 0 && horizonWeeks <= 5200)) {
    throw new ModelError("invalid-parameter", `invalid horizon; not in (0, 100 years]: ${horizon}`);
  }
  if (!(discount > -1 && discount < Infinity)) {
    throw new ModelError("invalid-parameter", `invalid discount; not above -1: ${discount}`);
  }
  if (!(margin > 0 && margin <= 1)) {
    throw new ModelError("invalid-parameter", `invalid margin; not in (0, 1]: ${margin}`);
  }
  return { model, covariates: covariates.trim(), daysPerUnit, horizonWeeks, discount, margin };
}

function toColumns(
  columns: CustomerColumns,
  { groupOfRow, ...groups }: PartForecast,
  spend: SpendForecast,
  options: Options,
): Record<string, Float64Array> {
  const { daysPerUnit, margin } = options;
  const { x, t_x_days, T_days, months_x, months_t_x, months_n, monetary, paid_days = x } = columns;
  const n = x.length;
  const value = new Float64Array(n);
  const clv = new Float64Array(n);
  const lower = new Float64Array(n);
  const upper = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    const group = groupOfRow[i]!;
    value[i] = spend.expected(paid_days[i]!, monetary[i]!);
    clv[i] = margin * value[i]! * groups.discountedOrders[group]!;
    const variance = groups.logVariance[group]! + spend.logVariance(paid_days[i]!, monetary[i]!);
    const factor = Math.exp(Math.min(normal95 * Math.sqrt(variance), 300));
    lower[i] = clv[i]! / factor;
    upper[i] = clv[i]! * factor;
  }
  const age = (days: Float64Array) => days.map((count) => count / daysPerUnit);
  return {
    ...(isMonthly(options)
      ? { x: months_x!.slice(), t_x: months_t_x!.slice(), T: months_n!.slice() }
      : { x: x.slice(), t_x: age(t_x_days), T: age(T_days) }),
    recency_days: T_days.map((days, i) => days - t_x_days[i]!),
    monetary: monetary.map((m) => (Number.isFinite(m) ? m : 0)),
    p_alive: perRow(groups.pAlive, groupOfRow),
    expected_orders: perRow(groups.expectedOrders, groupOfRow),
    expected_value: value,
    clv,
    lower,
    upper,
    churn_risk: perRow(groups.noOrder, groupOfRow),
  };
}

function perRow(values: Float64Array, groupOfRow: Uint32Array): Float64Array {
  const rows = new Float64Array(groupOfRow.length);
  for (let i = 0; i < rows.length; ++i) rows[i] = values[groupOfRow[i]!]!;
  return rows;
}
