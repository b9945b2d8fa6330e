import { correlate } from "./correlate.ts";
import { distinctOf } from "./distinctOf.ts";
import { ModelError } from "./modelError.ts";

export interface SpendColumns {
  /** n repeat purchases that the amounts are means of */
  x: ArrayLike<number>;
  /** n mean amounts of a repeat purchase, money; 0 or less, or NaN: none known */
  monetary: ArrayLike<number>;
  /** n counts of customers; 1 each when left out */
  customers?: ArrayLike<number>;
}

/** Distinct (x, m) with x > 0 and m > 0, ascending by x, then m. */
export interface SpendHistory {
  x: Float64Array;
  /** mean amount of a repeat purchase, money */
  m: Float64Array;
  weight: Float64Array;
  customers: number;
  /** Σ x m / Σ x: mean amount of a repeat purchase over all purchases, money; 0 for none */
  meanSpend: number;
  /** standard error of meanSpend, money */
  meanSpendError: number;
  /** Pearson's correlation of x and m over customers; 0 where either does not vary */
  correlation: number;
}

/**
 * What the gamma-gamma model needs of the customers who came back and spent.
 *
 * @throws ModelError "invalid-columns" when lengths differ or an amount is infinite
 *
 * O(n); sums do not depend on the order of the rows.
 */
export function collapseSpend({ x, monetary, customers }: SpendColumns): SpendHistory {
  if (monetary.length !== x.length || (customers && customers.length !== x.length)) {
    throw new ModelError("invalid-columns", "invalid columns; lengths differ");
  }
  const spenders = new Uint32Array(x.length);
  let n = 0;
  for (let i = 0; i < x.length; ++i) {
    const m = monetary[i]!;
    if (m === Infinity) throw new ModelError("invalid-columns", `infinite amount in row ${i}`);
    if (x[i]! > 0 && m > 0) spenders[n++] = i;
  }
  const rows = spenders.subarray(0, n);
  const counts = distinctOf(Float64Array.from(rows, (row) => x[row]!));
  const amounts = distinctOf(Float64Array.from(rows, (row) => monetary[row]!));
  const width = amounts.distinct.length;
  const keys = Float64Array.from(rows, (_, i) => counts.places[i]! * width + amounts.places[i]!);
  const { distinct, places } = distinctOf(keys);
  const weight = new Float64Array(distinct.length);
  for (let i = 0; i < n; ++i) {
    weight[places[i]!]! += customers ? customers[rows[i]!]! : 1;
  }
  return summarize({
    x: distinct.map((key) => counts.distinct[Math.floor(key / width)]!),
    m: distinct.map((key) => amounts.distinct[key % width]!),
    weight,
  });
}

function summarize({ x, m, weight }: Pick<SpendHistory, "x" | "m" | "weight">): SpendHistory {
  let customers = 0;
  let orders = 0;
  let money = 0;
  for (let i = 0; i < x.length; ++i) {
    customers += weight[i]!;
    orders += weight[i]! * x[i]!;
    money += weight[i]! * x[i]! * m[i]!;
  }
  const meanSpend = orders > 0 ? money / orders : 0;
  let squares = 0;
  for (let i = 0; i < x.length; ++i) squares += weight[i]! * (x[i]! * (m[i]! - meanSpend)) ** 2;
  return {
    x,
    m,
    weight,
    customers,
    meanSpend,
    meanSpendError: orders > 0 ? Math.sqrt(squares) / orders : 0,
    correlation: correlate(x, m, weight) ?? 0,
  };
}
