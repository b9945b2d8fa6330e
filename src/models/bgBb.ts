import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel } from "./buyingModel.ts";
import type { Evaluation } from "./logObjective.ts";
import { periodPredictor } from "./periodPredictor.ts";
import { type RisingTable, risingTable } from "./risingTable.ts";

/**
 * BG/BB: discrete time. In every period a customer who is alive buys with a beta(α, β) probability,
 * and at the beginning of each drops out with a beta(γ, δ) one. Time is in periods, T = n of them
 * after the one of the first purchase, x with a purchase, the last the t_x-th:
 *
 * L(x, t_x, n) = (α)ₓ (β)ₙ₋ₓ / (α+β)ₙ · (δ)ₙ / (γ+δ)ₙ
 *   + Σ (α)ₓ (β)ᵢ₋ₓ / (α+β)ᵢ · γ (δ)ᵢ / (γ+δ)ᵢ₊₁,  i = t_x to n − 1, with (z)ᵢ = Γ(z+i) / Γ(z)
 *
 * @see Fader, Hardie and Shang (2010), equation 5, https://doi.org/10.1287/mksc.1100.0580
 */
export const bgBb: BuyingModel = {
  id: "bg-bb",
  parameters: ["alpha", "beta", "gamma", "delta"],
  timePowers: [0, 0, 0, 0],
  isMemoryless: true,
  starts,
  logLikelihood,
  predictor: ([alpha, beta, gamma, delta]) => periodPredictor(alpha!, beta!, gamma!, delta!),
};

function starts({ T, weight, repeatOrders }: BuyingHistory): number[][] {
  const opportunities = T.reduce((sum, n, i) => sum + weight[i]! * n, 0);
  const share = (repeatOrders + 1) / (opportunities + 2);
  return [
    [4 * share, 2 * (1 - share), 0.5, 5],
    [1, 1, 1, 10],
    [5 * share, 5 * (1 - share), 0.05, 5], // next to no dropout
  ];
}

function logLikelihood(parameters: readonly number[], history: BuyingHistory): Evaluation {
  const { x: X, tX, T, weight } = history;
  const terms = new Terms(parameters, history);
  const sums: Evaluation = { value: 0, gradient: zeros(), hessian: [0, 1, 2, 3].map(zeros) };
  // groups of one x and n stand together, t_x ascending: the sum for each is part of that before it
  for (let end = X.length; end > 0;) {
    const [x, n] = [X[end - 1]!, T[end - 1]!];
    let start = end - 1;
    while (start > 0 && X[start - 1] === x && T[start - 1] === n) --start;
    terms.start(x, n);
    let period = n;
    for (let i = end - 1; i >= start; --i) {
      while (period > tX[i]!) terms.addGone(x, --period);
      terms.addTo(sums, weight[i]!);
    }
    end = start;
  }
  return sums;
}

const zeros = () => [0, 0, 0, 0];

/** A sum of terms e^l with the derivatives of its logarithm by α, β, γ, δ. */
class Terms {
  readonly #gamma: number;
  readonly #bought: RisingTable;
  readonly #missed: RisingTable;
  readonly #chances: RisingTable;
  readonly #stayed: RisingTable;
  readonly #lives: RisingTable;
  /** the largest l so far: all sums are over e^(l − top) */
  #top = 0;
  #sum = 0;
  #first = zeros();
  #second = [0, 1, 2, 3].map(zeros);

  constructor([alpha, beta, gamma, delta]: readonly number[], { maxX, maxT }: BuyingHistory) {
    this.#gamma = gamma!;
    this.#bought = risingTable(alpha!, maxX);
    this.#missed = risingTable(beta!, maxT);
    this.#chances = risingTable(alpha! + beta!, maxT);
    this.#stayed = risingTable(delta!, maxT);
    this.#lives = risingTable(gamma! + delta!, maxT);
  }

  /** the term of those alive in the nth period */
  start(x: number, n: number): void {
    this.#sum = 0;
    this.#first.fill(0);
    for (const row of this.#second) row.fill(0);
    this.#top = -Infinity;
    this.#add(x, n, n, 0);
  }

  /** the term of those who dropped out after period i */
  addGone(x: number, i: number): void {
    this.#add(x, i, i + 1, 1);
  }

  #add(x: number, i: number, lives: number, died: 0 | 1): void {
    const [a, b, c] = [this.#bought, this.#missed, this.#chances];
    const [d, e] = [this.#stayed, this.#lives];
    const gamma = this.#gamma;
    const l =
      a.value[x]! +
      b.value[i - x]! -
      c.value[i]! +
      d.value[i]! -
      e.value[lives]! +
      (died ? Math.log(gamma) : 0);
    if (l > this.#top) this.#rescale(l);
    const w = Math.exp(l - this.#top);
    const g = [
      a.first[x]! - c.first[i]!,
      b.first[i - x]! - c.first[i]!,
      died / gamma - e.first[lives]!,
      d.first[i]! - e.first[lives]!,
    ];
    this.#sum += w;
    for (let j = 0; j < 4; ++j) {
      this.#first[j]! += w * g[j]!;
      const row = this.#second[j]!;
      for (let k = j; k < 4; ++k) row[k]! += w * g[j]! * g[k]!;
    }
    const [buying, living] = [c.second[i]!, e.second[lives]!];
    const h = this.#second;
    h[0]![0]! += w * (a.second[x]! - buying);
    h[0]![1]! -= w * buying;
    h[1]![1]! += w * (b.second[i - x]! - buying);
    h[2]![2]! -= w * (died / (gamma * gamma) + living);
    h[2]![3]! -= w * living;
    h[3]![3]! += w * (d.second[i]! - living);
  }

  #rescale(top: number): void {
    const factor = Math.exp(this.#top - top);
    this.#sum *= factor;
    this.#first.forEach((_, j) => (this.#first[j]! *= factor));
    for (const row of this.#second) row.forEach((_, k) => (row[k]! *= factor));
    this.#top = top;
  }

  addTo(sums: Evaluation, weight: number): void {
    sums.value += weight * (this.#top + Math.log(this.#sum));
    const gradient = this.#first.map((g) => g / this.#sum);
    for (let j = 0; j < 4; ++j) {
      sums.gradient[j]! += weight * gradient[j]!;
      for (let k = 0; k < 4; ++k) {
        const second = this.#second[Math.min(j, k)]![Math.max(j, k)]!;
        sums.hessian![j]![k]! += weight * (second / this.#sum - gradient[j]! * gradient[k]!);
      }
    }
  }
}
