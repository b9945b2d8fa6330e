import type { BuyingColumns } from "../../src/models/buyingHistory.ts";
import type { ValidationColumns } from "../../src/models/modelRequest.ts";
import { Random } from "../../src/models/random.ts";

/** Draws the ages (weeks) of the repeat purchases of one customer up to an age. */
export type Buyer = (random: Random, end: number) => number[];

/** Customers who stay until a drawn lifetime (weeks), or drop out after a purchase with a drawn chance. */
export const buyers: Record<string, (parameters: readonly number[]) => Buyer> = {
  nbd:
    ([r, alpha]) =>
    (random, end) =>
      buy(random, random.gamma(r!) / alpha!, end, () => false),
  "bg-nbd": ([r, alpha, a, b]) =>
    function draw(random, end) {
      const rate = random.gamma(r!) / alpha!;
      const p = random.beta(a!, b!);
      return buy(random, rate, end, () => random.chance(p));
    },
  "mbg-nbd": ([r, alpha, a, b]) =>
    function draw(random, end) {
      const rate = random.gamma(r!) / alpha!;
      const p = random.beta(a!, b!);
      if (random.chance(p)) return [];
      return buy(random, rate, end, () => random.chance(p));
    },
  "pareto-nbd": ([r, alpha, s, beta]) =>
    function draw(random, end) {
      const rate = random.gamma(r!) / alpha!;
      const lifetime = random.exponential(random.gamma(s!) / beta!);
      return buy(random, rate, Math.min(end, lifetime), () => false);
    },
};

function buy(random: Random, rate: number, end: number, drops: () => boolean): number[] {
  const ages: number[] = [];
  for (let t = random.exponential(rate); t <= end; t += random.exponential(rate)) {
    ages.push(t);
    if (drops()) break;
  }
  return ages;
}

// A day of the columns is a tenth of a real one, so that whole days lose nothing: parameters of time
// are to be compared ten times as large.
const perWeek = 70;
export const timeScale = 10;

/** n customers, seen for `from` to `to` weeks */
export function drawColumns(
  n: number,
  seed: number,
  buyer: Buyer,
  [from, to]: [number, number],
): BuyingColumns {
  const random = new Random(seed);
  const columns = {
    x: new Float64Array(n),
    tXDays: new Float64Array(n),
    TDays: new Float64Array(n),
  };
  for (let i = 0; i < n; ++i) {
    const T = Math.floor((from + random.uniform() * (to - from)) * perWeek);
    const days = toDays(buyer(random, T / perWeek), T);
    columns.x[i] = days.length;
    columns.tXDays[i] = days.at(-1) ?? 0;
    columns.TDays[i] = T;
  }
  return columns;
}

/** n customers who come in the first `weeks` / 4 of as many to fit to and as many to foresee */
export function drawSplit(n: number, seed: number, buyer: Buyer, weeks: number): ValidationColumns {
  const random = new Random(seed);
  const split = weeks * perWeek;
  const rows = 1 + n + Math.ceil((2 * split) / 7);
  const column = () => new Float64Array(rows);
  const columns = {
    section: column(),
    first_day: column(),
    split_day: column().fill(split, 0, 1),
    last_day: column().fill(2 * split, 0, 1),
    x: column(),
    t_x_days: column(),
    T_days: column(),
    customers: column(),
    week: column(),
    orders: column(),
  };
  for (let i = 1; i <= n; ++i) {
    const first = i === 1 ? 0 : Math.floor((random.uniform() * split) / 4);
    const days = toDays(buyer(random, (2 * split - first) / perWeek), 2 * split - first);
    const before = days.filter((day) => first + day <= split);
    columns.section[i] = 1;
    columns.customers[i] = 1;
    columns.x[i] = before.length;
    columns.t_x_days[i] = before.at(-1) ?? 0;
    columns.T_days[i] = split - first;
    columns.orders[i] = days.length - before.length;
    for (const day of days) columns.orders[n + Math.ceil((first + day) / 7)]! += 1;
  }
  for (let i = n + 1; i < rows; ++i) {
    columns.section[i] = 2;
    columns.week[i] = i - n;
  }
  return columns;
}

/** whole days from 1 on, at most `end`; two purchases of a tenth of a day stay two */
function toDays(ages: number[], end: number): number[] {
  return ages.map((age) => Math.min(end, Math.max(1, Math.round(age * perWeek))));
}
