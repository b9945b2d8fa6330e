/** Nodes, ascending, and weights of a rule on [−1, 1]. */
export interface Rule {
  nodes: Float64Array;
  weights: Float64Array;
}

/**
 * Gauss and Legendre's rule of n nodes, exact for polynomials of degree 2n − 1: the roots of Pₙ by
 * Newton's method from Tricomi's first guess. O(n²).
 *
 * @see Abramowitz and Stegun (1964), 25.4.29
 */
export function gaussLegendre(n: number): Rule {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    let x = Math.cos((Math.PI * (n - i - 0.25)) / (n + 0.5));
    let slope = 1;
    for (let round = 0; round < 10; ++round) {
      let [now, before] = [1, 0];
      for (let k = 1; k <= n; ++k) {
        [now, before] = [((2 * k - 1) * x * now - (k - 1) * before) / k, now];
      }
      slope = (n * (x * now - before)) / (x * x - 1);
      const step = now / slope;
      x -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}
