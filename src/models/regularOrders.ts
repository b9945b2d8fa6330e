import { betaMean } from "./betaMean.ts";

/**
 * Mean numbers of orders, within t = κ A from now, of a customer alive now whose orders come in k
 * phases each, phases at a gamma(R + j, A) rate, j of which were completed since the last order, and
 * who drops out after any order with a beta(a, B) probability; for j = 0 to k − 1:
 *
 *   G_j(κ) = E[(1 − (1 − p)^M) / p] = Σ E[(1 − p)^(m−1)] P(M ≥ m),  M = ⌊(j + N) / k⌋,
 *
 * N phases in the time, negative binomial. k = 1 is `ordersUntilDropout`. Relative error about 1e-12
 * for parameters of any size; never NaN.
 *
 * Two ways: the sum over n = j + N, from its likeliest n outwards; where that is long, a closed form
 * for given p (the remainder n mod k by roots of unity) and the mean over the beta distribution.
 *
 * @returns a function of κ ≥ 0 that keeps what it can use again
 */
export function regularOrders(
  a: number,
  B: number,
  R: number,
  k: number,
): (kappa: number) => Float64Array {
  const chain = new OrderChain(a, B);
  return (kappa) => {
    if (!(kappa > 0)) return new Float64Array(k);
    const phases = (R + k) * kappa;
    const length = 20 * Math.sqrt(phases * (1 + kappa)) + 40 * (1 + kappa);
    if (phases + length < longestSum) return sumOverPhases(chain, R, k, kappa);
    return Float64Array.from({ length: k }, (_, j) => meanOverDropout(a, B, R, k, j, kappa));
  };
}

const longestSum = 4000; // phases; from here on the other way is the faster

/** C(m) = Σ E[(1 − p)^(l−1)], l ≤ m: orders out of m that only dropout can prevent */
class OrderChain {
  readonly #a: number;
  readonly #B: number;
  #orders = new Float64Array(1);
  #stayed = 1;

  constructor(a: number, B: number) {
    this.#a = a;
    this.#B = B;
  }

  /** C(0), C(1), … up to m and further */
  upTo(m: number): Float64Array {
    const known = this.#orders.length;
    if (known > m) return this.#orders;
    const orders = new Float64Array(Math.max(m + 1, 2 * known));
    orders.set(this.#orders);
    for (let l = known; l < orders.length; ++l) {
      orders[l] = orders[l - 1]! + this.#stayed;
      this.#stayed *= (this.#B + l - 1) / (this.#a + this.#B + l - 1);
    }
    this.#orders = orders;
    return orders;
  }
}

/**
 * Σ P(n | j) C(⌊n / k⌋): P(n | j) ∝ (R)ₙ / n! qⁿ · n (n − 1) … (n − j + 1), so that one chain of
 * weights serves all j, each normalised by its own sum.
 */
function sumOverPhases(chain: OrderChain, R: number, k: number, kappa: number): Float64Array {
  const q = kappa / (1 + kappa);
  const weights = new Float64Array(k);
  const orders = new Float64Array(k);
  const longest = chain.upTo(Math.ceil(longestSum / k));
  const add = (n: number, weight: number): number => {
    const m = Math.floor(n / k);
    const count = m < longest.length ? longest[m]! : chain.upTo(m)[m]!;
    let part = weight;
    for (let j = 0; j < k; ++j) {
      weights[j]! += part;
      orders[j]! += part * count;
      part *= n - j;
      if (part === 0) break;
    }
    return part / Math.max(1, n - k + 1);
  };
  const mode = Math.max(0, Math.floor((R - 1) * kappa));
  let weight = 1;
  for (let n = mode; ; ++n) {
    const last = add(n, weight);
    const ratio = ((R + n) / (n + 1)) * q;
    weight *= ratio;
    // of the largest j, whose weights fall last
    const falls = (Math.max(ratio, q) * (n + 1)) / Math.max(1, n + 2 - k);
    if (n >= k && falls < 1 && last < 1e-18 * (1 - falls) * weights[k - 1]!) break;
  }
  weight = 1;
  for (let n = mode; n > 0; --n) {
    weight *= n / ((R + n - 1) * q);
    add(n - 1, weight);
    if (weight < 1e-20 * weights[0]!) break;
  }
  return orders.map((sum, j) => sum / weights[j]!);
}

function meanOverDropout(
  a: number,
  B: number,
  R: number,
  k: number,
  j: number,
  kappa: number,
): number {
  const bend = (kappa * Math.max(1, R)) / k;
  return betaMean(a, B, bend, (p) => ordersAt(Math.max(p, 1e-290), R, k, j, kappa));
}

/**
 * (1 − E[ρ^M]) / p for one p = 1 − ρ. With θ = ρ^(1/k) and ω the k-th root of unity,
 * ρ^⌊n/k⌋ = θⁿ θ^(−(n mod k)) = Σ dₗ (θ ωˡ)ⁿ, whose mean is Σ dₗ (θ ωˡ)ʲ (1 + κ (1 − θ ωˡ))^−(R+j),
 * dₗ = p / (k ρ) · θ ωˡ / (1 − θ ωˡ). The term of l = 0 is next to 1 where p is small, and is
 * subtracted from it without a loss of digits.
 */
function ordersAt(p: number, R: number, k: number, j: number, kappa: number): number {
  const rho = 1 - p;
  if (rho < 1e-6) return (1 - fewOrders(rho, R, k, j, kappa)) / p;
  const e = -Math.log1p(-p) / k;
  const theta = Math.exp(-e);
  const shape = R + j;
  const real = ((k - 1) * e) / 2 + logSinhc((k * e) / 2) - logSinhc(e / 2) - j * e;
  let orders = -Math.expm1(real - shape * Math.log1p(-kappa * Math.expm1(-e))) / p;
  for (let l = 1; 2 * l <= k; ++l) {
    const angle = (2 * Math.PI * l) / k;
    const [c, s] = [theta * Math.cos(angle), theta * Math.sin(angle)];
    const [x, y] = [1 + kappa * (1 - c), -kappa * s];
    // θ ωˡ / (1 − θ ωˡ)
    const size = (1 - c) ** 2 + s * s;
    const [u, v] = [(c * (1 - c) - s * s) / size, s / size];
    const modulus = Math.exp(-j * e - 0.5 * shape * Math.log(x * x + y * y));
    const turn = j * angle - shape * Math.atan2(y, x);
    const part = (modulus * (u * Math.cos(turn) - v * Math.sin(turn))) / (k * rho);
    orders -= 2 * l === k ? part : 2 * part; // a root and its conjugate
  }
  return orders;
}

/** ln (sinh y / y), y ≥ 0 */
function logSinhc(y: number): number {
  const square = y * y;
  // series: 1/6, −1/180, 1/2835, −1/37800
  if (y < 0.1) return square * (1 / 6 - square * (1 / 180 - square * (1 / 2835 - square / 37800)));
  return y + Math.log(-Math.expm1(-2 * y) / (2 * y));
}

/** E[ρ^M] where ρ is next to 0: P(M = 0) + ρ P(M = 1) */
function fewOrders(rho: number, R: number, k: number, j: number, kappa: number): number {
  const q = kappa / (1 + kappa);
  let weight = Math.exp(-(R + j) * Math.log1p(kappa));
  let sum = 0;
  for (let n = j; n < 2 * k; ++n) {
    sum += n < k ? weight : rho * weight;
    weight *= ((R + n) / (n - j + 1)) * q;
  }
  return sum;
}
