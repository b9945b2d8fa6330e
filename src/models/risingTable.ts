/**
 * ln [Γ(r + x) / Γ(r)] = Σ ln(r + j), j < x, and its first two derivatives by r, for all x from 0
 * to maxX: sums of small terms, where a difference of ln Γ would lose its digits for large r.
 */
export function risingTable(r: number, maxX: number): RisingTable {
  const value = new Float64Array(maxX + 1);
  const first = new Float64Array(maxX + 1);
  const second = new Float64Array(maxX + 1);
  for (let j = 0; j < maxX; ++j) {
    const reciprocal = 1 / (r + j);
    value[j + 1] = value[j]! + Math.log(r + j);
    first[j + 1] = first[j]! + reciprocal;
    second[j + 1] = second[j]! - reciprocal * reciprocal;
  }
  return { value, first, second };
}

export interface RisingTable {
  value: Float64Array;
  /** d / dr */
  first: Float64Array;
  /** d² / dr² */
  second: Float64Array;
}
