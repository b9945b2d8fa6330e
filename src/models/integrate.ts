/** Writes the integrands' values at u into `values`. */
export type Integrands = (u: number, values: Float64Array) => void;

/**
 * Integrals of several functions over [from, to] at once: Gauss and Kronrod's rule of 10 and 21
 * points, halved where the two differ, until the first `watched` hold 1e-13 of their sum (the rest
 * are to be about as smooth). For analytic functions, positive in those watched, which may not all
 * vanish at the first 21 points; at most 2^50 times finer than the whole.
 *
 * @param out filled with the integrals, one of each function
 * @see Piessens et al. (1983), QUADPACK, routine QAG
 */
export function integrate(
  integrands: Integrands,
  from: number,
  to: number,
  out: Float64Array,
  watched = 1,
): void {
  let total = Infinity;
  // a first look may take the sum for larger than it is, and its tolerance with it
  for (let round = 0; round < 8; ++round) {
    const before = total;
    total = sweep(integrands, from, to, out, watched, round === 0 ? undefined : total);
    if (total >= 0.5 * before) return;
  }
}

interface Panel {
  from: number;
  to: number;
  depth: number;
}

/** @returns Σ of the watched integrals */
function sweep(
  integrands: Integrands,
  from: number,
  to: number,
  out: Float64Array,
  watched: number,
  scale: number | undefined,
): number {
  const values = new Float64Array(out.length);
  const sums = new Float64Array(out.length);
  const low = new Float64Array(watched);
  const panels: Panel[] = [{ from, to, depth: 0 }];
  let tolerated = scale;
  out.fill(0);
  for (let panel = panels.pop(); panel; panel = panels.pop()) {
    const { size, difference } = estimate(integrands, panel, values, sums, low);
    tolerated ??= size;
    // Kronrod's own error is about the difference to the power of 1.6
    if (difference <= 1e-8 * size || difference <= 1e-15 * tolerated || panel.depth >= 50) {
      for (let k = 0; k < out.length; ++k) out[k]! += sums[k]!;
      continue;
    }
    const middle = (panel.from + panel.to) / 2;
    const depth = panel.depth + 1;
    panels.push({ from: middle, to: panel.to, depth }, { from: panel.from, to: middle, depth });
  }
  let total = 0;
  for (let k = 0; k < watched; ++k) total += Math.abs(out[k]!);
  return total;
}

/** both rules on one panel: Kronrod's integrals in `sums` */
function estimate(
  integrands: Integrands,
  { from, to }: Panel,
  values: Float64Array,
  sums: Float64Array,
  low: Float64Array,
): { size: number; difference: number } {
  const middle = (from + to) / 2;
  const half = (to - from) / 2;
  sums.fill(0);
  low.fill(0);
  for (let i = 0; i < nodes.length; ++i) {
    const weight = half * kronrod[i]!;
    const gaussian = i % 2 === 1 ? half * gauss[(i - 1) / 2]! : 0;
    for (let side = nodes[i] === 0 ? 1 : -1; side <= 1; side += 2) {
      integrands(middle + side * half * nodes[i]!, values);
      for (let k = 0; k < sums.length; ++k) sums[k]! += weight * values[k]!;
      for (let k = 0; k < low.length; ++k) low[k]! += gaussian * values[k]!;
    }
  }
  let [size, difference] = [0, 0];
  for (let k = 0; k < low.length; ++k) {
    size += Math.abs(sums[k]!);
    difference += Math.abs(sums[k]! - low[k]!);
  }
  return { size, difference };
}

const nodes = [
  0.9956571630258081, 0.9739065285171717, 0.9301574913557082, 0.8650633666889845,
  0.7808177265864169, 0.6794095682990244, 0.5627571346686047, 0.4333953941292472,
  0.2943928627014602, 0.14887433898163122, 0,
];

const kronrod = [
  0.011694638867371874, 0.032558162307964725, 0.054755896574351995, 0.07503967481091996,
  0.0931254545836976, 0.10938715880229764, 0.12349197626206584, 0.13470921731147334,
  0.14277593857706009, 0.14773910490133849, 0.1494455540029169,
];

/** at every second node */
const gauss = [
  0.06667134430868814, 0.1494513491505806, 0.21908636251598204, 0.26926671930999635,
  0.29552422471475287,
];
