import { type BuyingHistory, collapseHistory, daysPerWeek } from "./buyingHistory.ts";
import { ModelError } from "./modelError.ts";

/** One row a customer, or a row for several alike; periods after the one of the first purchase. */
export interface PeriodColumns {
  /** n counts of periods with a purchase */
  x: ArrayLike<number>;
  /** n indices of the last such period, 1 for the first; 0 when x = 0 */
  tX: ArrayLike<number>;
  /** n counts of periods observed: chances to buy */
  n: ArrayLike<number>;
  /** n counts of customers; 1 each when left out */
  customers?: ArrayLike<number>;
}

/**
 * The history of a model in discrete time: distinct (x, t_x, n), where the unit of t_x and T = n is
 * the period and not the week.
 *
 * @throws ModelError as `collapseHistory`, and "invalid-columns" when x > t_x: more periods with a
 * purchase than there were up to the last
 */
export function collapsePeriods({ x, tX, n, customers }: PeriodColumns): BuyingHistory {
  for (let i = 0; i < x.length; ++i) {
    if (x[i]! > tX[i]!) {
      throw new ModelError("invalid-columns", `invalid columns; x beyond t_x in row ${i}: ${x[i]}`);
    }
  }
  const inWeeks = (periods: ArrayLike<number>) =>
    Float64Array.from(periods, (count) => count * daysPerWeek);
  return collapseHistory({ x, tXDays: inWeeks(tX), TDays: inWeeks(n), customers });
}
