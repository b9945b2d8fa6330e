import { ModelError } from "./modelError.ts";

/** One row a customer, or a row for several alike. */
export interface SurvivalColumns {
  /** n counts of renewals: those made, or with `isLost` the number of the one that was not */
  renewals: ArrayLike<number>;
  /** n flags: 1 where that renewal was due and not made, 0 where the customer was there to the end */
  isLost: ArrayLike<number>;
  /** n counts of customers; 1 each when left out */
  customers?: ArrayLike<number>;
}

/** Of customers of any number of cohorts: how long they stayed. */
export interface SurvivalCounts {
  /** customers who did not make renewal t, by t; none at 0 */
  lost: Float64Array;
  /** customers still there when last seen, after t renewals (censored), by t */
  kept: Float64Array;
  customers: number;
  /** Σ lost */
  losses: number;
}

/**
 * Counts by period: all that models of contractual retention need.
 *
 * @throws ModelError "invalid-columns" when lengths differ, a renewal is not a whole number below
 * 65,536, the first is numbered 0, a flag is neither 0 nor 1 or a count is not positive;
 * "no-customers" for no rows, "nobody-lost" where every customer was there to the end
 */
export function survivalCounts({ renewals, isLost, customers }: SurvivalColumns): SurvivalCounts {
  const n = renewals.length;
  if (isLost.length !== n || (customers && customers.length !== n)) throw invalid("lengths differ");
  if (n === 0) throw new ModelError("no-customers", "no customers");
  let last = 0;
  for (let i = 0; i < n; ++i) {
    const [t, lost, count] = [renewals[i]!, isLost[i]!, customers ? customers[i]! : 1];
    if (!(Number.isInteger(t) && t >= lost && t < 1 << 16)) throw invalid(`renewal ${t}, row ${i}`);
    if (lost !== 0 && lost !== 1) throw invalid(`flag ${lost} in row ${i}`);
    if (!(count > 0 && count < Infinity)) throw invalid(`customers in row ${i}: ${count}`);
    last = Math.max(last, t);
  }
  const counts = { lost: new Float64Array(last + 1), kept: new Float64Array(last + 1) };
  for (let i = 0; i < n; ++i) {
    (isLost[i] ? counts.lost : counts.kept)[renewals[i]!]! += customers ? customers[i]! : 1;
  }
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const losses = sum(counts.lost);
  if (losses === 0) {
    throw new ModelError("nobody-lost", "no customer was lost", { value: 0, needed: 1 });
  }
  return { ...counts, customers: losses + sum(counts.kept), losses };
}

function invalid(why: string): ModelError {
  return new ModelError("invalid-columns", `invalid columns; ${why}`);
}
