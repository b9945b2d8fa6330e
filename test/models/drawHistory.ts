import type { EstimateColumns } from "../../src/models/modelRequest.ts";
import { Random } from "../../src/models/random.ts";

/** Parameters in weeks; spend by gamma-gamma. */
export interface Truth {
  bgnbd: readonly [number, number, number, number];
  spend: readonly [number, number, number];
}

/**
 * Customers of a BG/NBD world, dated in tenths of a day so that whole days lose nothing: `T` up to
 * 5000 tenths. Scale α by 70 to compare.
 */
export function drawHistory(n: number, seed: number, { bgnbd, spend }: Truth): EstimateColumns {
  const random = new Random(seed);
  const column = () => new Float64Array(n);
  const columns = {
    x: column(),
    t_x_days: column(),
    T_days: column(),
    monetary: column(),
    customers: column().fill(1),
  };
  const [r, alpha, a, b] = bgnbd;
  for (let i = 0; i < n; ++i) {
    const T = 1000 + Math.floor(random.uniform() * 4000);
    const rate = random.gamma(r) / (alpha * 70);
    const dropout = random.beta(a, b);
    let x = 0;
    let last = 0;
    let t = random.exponential(rate);
    while (t <= T) {
      ++x;
      last = Math.min(T, Math.max(1, Math.round(t)));
      t = random.chance(dropout) ? Infinity : t + random.exponential(rate);
    }
    columns.x[i] = x;
    columns.t_x_days[i] = last;
    columns.T_days[i] = T;
    if (x > 0)
      columns.monetary[i] = (random.gamma(spend[0] * x) * spend[2]) / random.gamma(spend[1]) / x;
  }
  return columns;
}
