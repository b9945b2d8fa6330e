import { type BuyingHistory, collapseHistory, daysPerWeek } from "./buyingHistory.ts";
import { distinctOf } from "./distinctOf.ts";
import { ModelError } from "./modelError.ts";
import type { ValidationColumns } from "./modelRequest.ts";

/** Customers up to a split day, and what they bought in the weeks after it. */
export interface Holdout {
  /** up to the split */
  history: BuyingHistory;
  /** distinct (group of the history, purchases in the holdout), ascending */
  outcomes: {
    group: Uint32Array;
    /** distinct purchase days in the holdout */
    orders: Float64Array;
    weight: Float64Array;
  };
  /** Σ purchases in the holdout */
  actual: number;
  /** length of the holdout */
  weeks: number;
  /** since 1970 */
  firstDay: number;
  /** last day of the calibration, since 1970 */
  splitDay: number;
  /** last day of the holdout, since 1970 */
  lastDay: number;
  /** repeat purchases of these customers in each whole week from the first day on */
  weekly: Float64Array;
}

/**
 * Reads the rows of a split shop: one frame, customers, weeks (see `ValidationColumns`). Sums do not
 * depend on the order of the rows.
 *
 * @throws ModelError "empty-holdout" when the split leaves no day after it, "empty-calibration" when
 * nobody had bought by then, "invalid-columns"
 */
export function readHoldout(columns: ValidationColumns): Holdout {
  const rows = rowsBySection(columns);
  const frame = rows[0]![0];
  if (frame === undefined) throw new ModelError("invalid-columns", "missing row: the frame");
  const [firstDay, splitDay, lastDay] = [
    columns.first_day,
    columns.split_day,
    columns.last_day,
  ].map((values) => values[frame]!) as [number, number, number];
  if (!(lastDay > splitDay)) {
    const value = lastDay - splitDay;
    throw new ModelError("empty-holdout", `no day after the split: ${value}`, { value, needed: 1 });
  }
  if (rows[1]!.length === 0) {
    throw new ModelError("empty-calibration", "nobody bought by the split day", {
      value: 0,
      needed: 1,
    });
  }
  const customers = rows[1]!;
  const take = (values: Float64Array) => {
    const taken = new Float64Array(customers.length);
    for (let i = 0; i < taken.length; ++i) taken[i] = values[customers[i]!]!;
    return taken;
  };
  const weight = take(columns.customers);
  const history = collapseHistory({
    x: take(columns.x),
    tXDays: take(columns.t_x_days),
    TDays: take(columns.T_days),
    customers: weight,
    ...(columns.log_gaps && { logGaps: take(columns.log_gaps) }),
  });
  const outcomes = collapseOutcomes(history.groupOfRow, take(columns.orders), weight);
  return {
    history,
    outcomes,
    actual: outcomes.orders.reduce((sum, orders, i) => sum + outcomes.weight[i]! * orders, 0),
    weeks: (lastDay - splitDay) / daysPerWeek,
    firstDay,
    splitDay,
    lastDay,
    weekly: readWeeks(columns, rows[2]!, Math.floor((lastDay - firstDay) / daysPerWeek)),
  };
}

/** rows of the frame, of customers and of weeks */
function rowsBySection({ section }: ValidationColumns): number[][] {
  const rows: number[][] = [[], [], []];
  section.forEach((value, row) => {
    const known = rows[value];
    if (!known) throw new ModelError("invalid-columns", `unknown section in row ${row}: ${value}`);
    known.push(row);
  });
  return rows;
}

const ordersRange = 1 << 21;

function collapseOutcomes(
  groupOfRow: Uint32Array,
  orders: Float64Array,
  customers: Float64Array,
): Holdout["outcomes"] {
  const keys = orders.map((count, row) => {
    if (!(Number.isInteger(count) && count >= 0 && count < ordersRange)) {
      throw new ModelError("invalid-columns", `invalid orders in row ${row}: ${count}`);
    }
    return groupOfRow[row]! * ordersRange + count;
  });
  const { distinct, places } = distinctOf(keys);
  const weight = new Float64Array(distinct.length);
  for (let row = 0; row < keys.length; ++row) weight[places[row]!]! += customers[row]!;
  const group = Uint32Array.from(distinct, (key) => Math.floor(key / ordersRange));
  return { group, orders: distinct.map((key, i) => key - group[i]! * ordersRange), weight };
}

function readWeeks({ week, orders }: ValidationColumns, rows: number[], n: number): Float64Array {
  const weekly = new Float64Array(Math.max(0, n));
  for (const row of rows) {
    const place = week[row]! - 1;
    if (place >= 0 && place < n) weekly[place]! += orders[row]!;
  }
  return weekly;
}
