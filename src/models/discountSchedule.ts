/** When the money of each month comes, and what it is worth today. */
export interface DiscountSchedule {
  /** ends of the months within the horizon, weeks from now; the last may be a part of a month */
  weeks: number[];
  /** present value of 1 at each */
  factors: number[];
}

export const weeksPerMonth = 30.4375 / 7;

/**
 * Monthly steps up to a horizon, each discounted at its end by (1 + d)^(−months / 12).
 *
 * @param horizonWeeks > 0
 * @param yearlyDiscount d > −1: .1 is 10 % a year; 1.01^12 − 1 is 1 % a month
 */
export function discountSchedule(horizonWeeks: number, yearlyDiscount: number): DiscountSchedule {
  const months = horizonWeeks / weeksPerMonth;
  const whole = Math.floor(months + 1e-9); // 12 months of weeks are 12 months
  const ends = Array.from({ length: whole }, (_, i) => i + 1);
  if (months - whole > 1e-9) ends.push(months);
  return {
    weeks: ends.map((month) => month * weeksPerMonth),
    factors: ends.map((month) => (1 + yearlyDiscount) ** (-month / 12)),
  };
}

/** Σ discounted orders, month by month, of a cumulative curve of orders by weeks from now */
export function discountOrders(
  ordersWithin: (weeks: number) => number,
  { weeks, factors }: DiscountSchedule,
): number {
  let sum = 0;
  let before = 0;
  for (let i = 0; i < weeks.length; ++i) {
    const orders = ordersWithin(weeks[i]!);
    sum += (orders - before) * factors[i]!;
    before = orders;
  }
  return sum;
}
