import { collapseHistory } from "./buyingHistory.ts";
import { type Diagnostic, diagnoseData } from "./diagnose.ts";
import { discountSchedule } from "./discountSchedule.ts";
import { fittedCovariance } from "./fittedCovariance.ts";
import { ModelError } from "./modelError.ts";
import type { EquityColumns, EquityParams, ModelCell, ModelResult } from "./modelRequest.ts";
import { pickModel } from "./pickModel.ts";
import { pickSpend } from "./pickSpend.ts";
import { type PresentValue, valueOfAll, valueOfMonths } from "./presentValue.ts";
import type { SpendForecast } from "./spendForecast.ts";
import { collapseSpend } from "./spendHistory.ts";
import { type Matrix, quadraticForm } from "./symmetricMatrix.ts";
import { type GroupValue, valueGroups } from "./valueGroups.ts";

/**
 * What the customers are worth together, in all and by segment:
 *
 *   equity = customers more likely active than not × their mean residual value × (1 + K),
 *
 * the residual value being margin · E[spend] · discounted purchases to come, within a horizon or for
 * ever. lower and upper are a 95 % interval by the delta method on its logarithm over the parameters
 * of both models, with those customers and K as they are. What 10 % more of each factor adds stands
 * beside it; 10 % less takes the same, of the discount rate nearly so.
 *
 * @throws ModelError as `forecastTable`, and "invalid-parameter" for a value for ever that is not discounted
 */
export function equityTable(
  columns: EquityColumns,
  { segment_name: names = ["all"] }: { segment_name?: readonly string[] },
  params: EquityParams,
): ModelResult {
  const options = toOptions(params);
  const { x, t_x_days: tXDays, T_days: TDays, monetary, paid_days = x, log_gaps } = columns;
  const history = collapseHistory({ x, tXDays, TDays, ...(log_gaps && { logGaps: log_gaps }) });
  const notes: Diagnostic[] = diagnoseData(history);
  const { model, fit } = pickModel(options.model, history, notes);
  const spend = pickSpend(collapseSpend({ x: paid_days, monetary }), notes);
  const { covariance, complete } = fittedCovariance(fit);
  if (!complete) {
    notes.push({ code: "interval-incomplete", value: 0, model: fit.model, blocks: false });
  }
  const groups = valueGroups(model, fit.parameters, history, presentValues(options));
  const worth = new Worth(groups, history.groupOfRow, spend, options.margin);
  const bySegment = names.map(() => worth.none());
  for (let i = 0; i < x.length; ++i) {
    worth.add(bySegment[columns.segment_name?.[i] ?? 0]!, i, paid_days[i]!, monetary[i]!);
  }
  const all = bySegment.reduce((total, part) => worth.join(total, part), worth.none());
  const kFactor = toKFactor(params.k_factor, columns.k_observed?.[0]);
  const rows = [{ segment: "all", sum: all }];
  if (names.length > 1 || names[0] !== "all") {
    const named = names.map((segment, i) => ({ segment, sum: bySegment[i]! }));
    rows.push(...sortByPlace(named, columns));
  }
  const table = rows.map((row) => toRow(row, all, { kFactor, options, covariance, spend }));
  return { columns: toColumns(table), notes };
}

interface Options {
  model: string;
  /** 0: all that is to come */
  horizonWeeks: number;
  discount: number;
  margin: number;
  isLiteral: boolean;
}

function toOptions(params: EquityParams): Options {
  const { model = "best", horizon = 52, discount = 0.1, margin = 1, formula } = params;
  if (!(horizon >= 0 && horizon <= 5200)) {
    throw new ModelError("invalid-parameter", `invalid horizon; not in [0, 100 years]: ${horizon}`);
  }
  const least = horizon === 0 ? 0 : -1;
  if (!(discount > least && discount < Infinity)) {
    throw new ModelError("invalid-parameter", `invalid discount; not above ${least}: ${discount}`);
  }
  if (!(margin > 0 && margin <= 1)) {
    throw new ModelError("invalid-parameter", `invalid margin; not in (0, 1]: ${margin}`);
  }
  return { model, horizonWeeks: horizon, discount, margin, isLiteral: formula === "literal" };
}

/** at the discount rate, and at one a tenth higher */
function presentValues({ horizonWeeks, discount }: Options): PresentValue[] {
  if (horizonWeeks === 0) {
    const value = valueOfAll(discount);
    return [value, valueOfAll(1.1 * discount, value.weeks)];
  }
  return [discount, 1.1 * discount].map((rate) =>
    valueOfMonths(discountSchedule(horizonWeeks, rate)),
  );
}

interface KFactor {
  value: number;
  source: "given" | "referrals" | "unknown";
}

/** what the reader says, else what the referrals show, else nobody brings anybody */
function toKFactor(given: number | undefined, observed: number | undefined): KFactor {
  if (given !== undefined && !(given >= 0 && given < Infinity)) {
    throw new ModelError("invalid-parameter", `invalid k_factor; below 0: ${given}`);
  }
  if (given !== undefined) return { value: given, source: "given" };
  return observed === undefined
    ? { value: 0, source: "unknown" }
    : { value: observed, source: "referrals" };
}

/** Σ over customers of a segment; the last three over those more likely active than not */
interface Sum {
  customers: number;
  alive: number;
  value: number;
  /** at the higher discount rate */
  lessValue: number;
  /** Σ value × slope of its logarithm, by the parameters of buying, then of spend */
  slopes: Float64Array;
}

class Worth {
  readonly #groups: GroupValue;
  readonly #groupOfRow: Uint32Array;
  readonly #spend: SpendForecast;
  readonly #margin: number;

  constructor(groups: GroupValue, groupOfRow: Uint32Array, spend: SpendForecast, margin: number) {
    this.#groups = groups;
    this.#groupOfRow = groupOfRow;
    this.#spend = spend;
    this.#margin = margin;
  }

  none(): Sum {
    const parameters = this.#groups.slopes.length + this.#spend.covariance.length;
    return { customers: 0, alive: 0, value: 0, lessValue: 0, slopes: new Float64Array(parameters) };
  }

  add(sum: Sum, row: number, paidDays: number, monetary: number): void {
    const { pAlive, values, slopes } = this.#groups;
    const group = this.#groupOfRow[row]!;
    sum.customers += 1;
    if (!(pAlive[group]! > 0.5)) return;
    const each = this.#margin * this.#spend.expected(paidDays, monetary);
    const value = each * values[0]![group]!;
    sum.alive += 1;
    sum.value += value;
    sum.lessValue += each * values[1]![group]!;
    slopes.forEach((slope, k) => (sum.slopes[k]! += value * slope[group]!));
    const spent = this.#spend.slopes(paidDays, monetary);
    for (let k = 0; k < spent.length; ++k) sum.slopes[slopes.length + k]! += value * spent[k]!;
  }

  join(a: Sum, b: Sum): Sum {
    return {
      customers: a.customers + b.customers,
      alive: a.alive + b.alive,
      value: a.value + b.value,
      lessValue: a.lessValue + b.lessValue,
      slopes: a.slopes.map((slope, k) => slope + b.slopes[k]!),
    };
  }
}

/** segments in the order that the rows say */
function sortByPlace<S extends { segment: string }>(named: S[], columns: EquityColumns): S[] {
  const places = named.map(() => 0);
  columns.segment_name?.forEach((segment, i) => (places[segment] = columns.place?.[i] ?? 0));
  return named
    .map((one, i) => ({ one, place: places[i]! }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}

interface Setting {
  kFactor: KFactor;
  options: Options;
  /** of the parameters of buying */
  covariance: Matrix;
  spend: SpendForecast;
}

const normal95 = 1.959963984540054;
const more = 0.1;

type Row = Record<string, ModelCell>;

function toRow(
  { segment, sum }: { segment: string; sum: Sum },
  all: Sum,
  { kFactor, options, covariance, spend }: Setting,
): Row {
  const { customers, alive, value, lessValue } = sum;
  const literal = value * kFactor.value;
  const factor = options.isLiteral ? kFactor.value : 1 + kFactor.value;
  const equity = value * factor;
  const spread = Math.exp(Math.min(normal95 * Math.sqrt(logVariance(sum, covariance, spend)), 300));
  return {
    segment,
    customers,
    alive,
    ltv: alive > 0 ? value / alive : null,
    k_factor: kFactor.value,
    equity,
    literal,
    lower: equity / spread,
    upper: equity * spread,
    customer_share: customers / all.customers,
    equity_share: all.value > 0 ? value / all.value : null,
    alive_effect: more * equity,
    ltv_effect: more * equity,
    k_effect: more * literal,
    discount_effect: (lessValue - value) * factor,
    k_source: kFactor.source,
  };
}

/** of the logarithm of Σ value */
function logVariance({ value, slopes }: Sum, covariance: Matrix, spend: SpendForecast): number {
  if (!(value > 0)) return 0;
  const gradient = [...slopes].map((slope) => slope / value);
  const buying = quadraticForm(covariance, gradient.slice(0, covariance.length));
  return Math.max(0, buying + quadraticForm(spend.covariance, gradient.slice(covariance.length)));
}

/** shares of the whole only where there is more than the whole */
function toColumns(rows: Row[]): Record<string, ModelCell[]> {
  const names = Object.keys(rows[0]!).filter((name) => rows.length > 1 || !name.endsWith("_share"));
  const cellOf = (row: Row, name: string) =>
    name.endsWith("_share") && row["segment"] === "all" ? null : row[name]!;
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => cellOf(row, name))]));
}
