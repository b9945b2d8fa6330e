import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Draws from the distributions that shops are made of; the same for the same seed. */
export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
    for (let i = 0; i < 64; ++i) this.#generator.next(); // small seeds start alike
  }

  /** in (0, 1] */
  uniform(): number {
    return uniformFloat64(this.#generator) + 2 ** -54;
  }

  /** true with probability p */
  chance(p: number): boolean {
    return this.uniform() < p;
  }

  /** waiting time at a rate */
  exponential(rate: number): number {
    return -Math.log(this.uniform()) / rate;
  }

  /** standard normal; Box and Muller (1958) */
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** gamma of a shape, at rate 1; Marsaglia and Tsang (2000), https://doi.org/10.1145/358407.358414 */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * this.uniform() ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const z = this.normal();
      const v = (1 + c * z) ** 3;
      if (v > 0 && Math.log(this.uniform()) < z * z * 0.5 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  /** a count of a mean, not large; Knuth (1969) */
  poisson(mean: number): number {
    const least = Math.exp(-mean);
    let count = 0;
    for (let product = this.uniform(); product > least; product *= this.uniform()) ++count;
    return count;
  }

  beta(a: number, b: number): number {
    const x = this.gamma(a);
    return x / (x + this.gamma(b));
  }

  /** one of several by weight */
  pick<Item extends { weight: number }>(items: readonly Item[]): Item {
    let rest = this.uniform() * items.reduce((sum, { weight }) => sum + weight, 0);
    for (const item of items) {
      rest -= item.weight;
      if (rest < 0) return item;
    }
    return items.at(-1)!;
  }
}
