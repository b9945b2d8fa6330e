import { type DiscountSchedule, weeksPerMonth } from "./discountSchedule.ts";

/**
 * The present value of purchases to come, each worth 1, as a sum over a few spans:
 * Σ weights[j] · E[purchases within weeks[j]].
 */
export interface PresentValue {
  /** spans from now, ascending */
  weeks: number[];
  weights: number[];
}

/** Of the purchases up to the schedule's end, month by month: as `discountOrders`. */
export function valueOfMonths({ weeks, factors }: DiscountSchedule): PresentValue {
  return { weeks, weights: factors.map((factor, i) => factor - (factors[i + 1] ?? 0)) };
}

/**
 * Of all purchases to come, for ever: ∫ rate e^(−rate t) E[purchases within t] dt by the trapezoid rule
 * in ln t, good to 1e-6 and better (`residualOrders` has more digits and takes more spans).
 *
 * @param yearlyDiscount d > 0
 * @param spans of another value, so that both need the same expectations
 */
export function valueOfAll(yearlyDiscount: number, spans = spansOf(yearlyDiscount)): PresentValue {
  const rate = weeklyRate(yearlyDiscount);
  return {
    weeks: spans,
    weights: spans.map((weeks) => step * rate * weeks * Math.exp(-rate * weeks)),
  };
}

const step = 0.5; // of ln t: error e^(−π² / step)
const shortest = 1e-3; // weeks
const longest = 18; // rate · t: what comes later is worth e^−18

function spansOf(yearlyDiscount: number): number[] {
  const last = Math.log(longest / weeklyRate(yearlyDiscount));
  const count = Math.ceil((last - Math.log(shortest)) / step);
  return Array.from({ length: count + 1 }, (_, i) => Math.exp(last - (count - i) * step));
}

function weeklyRate(yearlyDiscount: number): number {
  return Math.log1p(yearlyDiscount) / (12 * weeksPerMonth);
}
