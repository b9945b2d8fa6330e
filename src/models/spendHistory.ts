import { findEach, keepDistinct } from "./buyingHistory.ts";
import { correlate } from "./correlate.ts";
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
 * O(n log n); sums do not depend on the order of the rows.
 */
export function collapseSpend({ x, monetary, customers }: SpendColumns): SpendHistory {
  if (monetary.length !== x.length || (customers && customers.length !== x.length)) {
    throw new ModelError("invalid-columns", "invalid columns; lengths differ");
  }
  const rowsOfX = new Map<number, number[]>();
  for (let i = 0; i < x.length; ++i) {
    const m = monetary[i]!;
    if (m === Infinity) throw new ModelError("invalid-columns", `infinite amount in row ${i}`);
    if (!(x[i]! > 0 && m > 0)) continue;
    const rows = rowsOfX.get(x[i]!);
    if (rows) rows.push(i);
    else rowsOfX.set(x[i]!, [i]);
  }
  const parts = [...rowsOfX.keys()]
    .sort((a, b) => a - b)
    .map((value) => collapseOne(value, rowsOfX.get(value)!, monetary, customers));
  return summarize(parts);
}

interface Part {
  x: number;
  m: Float64Array;
  weight: Float64Array;
}

function collapseOne(
  x: number,
  rows: number[],
  monetary: ArrayLike<number>,
  customers: ArrayLike<number> | undefined,
): Part {
  const amounts = Float64Array.from(rows, (row) => monetary[row]!);
  const m = keepDistinct(amounts.slice().sort());
  const places = findEach(amounts, m);
  const weight = new Float64Array(m.length);
  for (let i = 0; i < rows.length; ++i) weight[places[i]!]! += customers ? customers[rows[i]!]! : 1;
  return { x, m, weight };
}

function summarize(parts: Part[]): SpendHistory {
  const n = parts.reduce((sum, part) => sum + part.m.length, 0);
  const x = new Float64Array(n);
  const m = new Float64Array(n);
  const weight = new Float64Array(n);
  let end = 0;
  for (const part of parts) {
    x.fill(part.x, end, end + part.m.length);
    m.set(part.m, end);
    weight.set(part.weight, end);
    end += part.m.length;
  }
  let customers = 0;
  let orders = 0;
  let money = 0;
  for (let i = 0; i < n; ++i) {
    customers += weight[i]!;
    orders += weight[i]! * x[i]!;
    money += weight[i]! * x[i]! * m[i]!;
  }
  const meanSpend = orders > 0 ? money / orders : 0;
  let squares = 0;
  for (let i = 0; i < n; ++i) squares += weight[i]! * (x[i]! * (m[i]! - meanSpend)) ** 2;
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
