import type { FilePlan } from "./plan.ts";

/**
 * Plans of one import, so that files of the same columns tell amounts in the same way: a piece of an
 * export in which no order has several rows cannot show it, another piece can.
 */
export function alignLevels(plans: FilePlan[]): FilePlan[] {
  return plans.map((plan) => {
    if (!isOpen(plan)) return plan;
    const telling = plans.find((other) => !isOpen(other) && isAlike(plan, other));
    if (!telling) return plan;
    const { grain, amountLevel, refundLevel } = telling;
    return { ...plan, grain, amountLevel, refundLevel };
  });
}

/** One row an order, as far as this file shows. */
function isOpen({ kind, amountLevel }: FilePlan): boolean {
  return (kind === "orders" || kind === "lines") && amountLevel === "order";
}

function isAlike(plan: FilePlan, other: FilePlan): boolean {
  return (
    plan.kind === other.kind &&
    JSON.stringify(plan.columns) === JSON.stringify(other.columns) &&
    JSON.stringify(plan.mapping) === JSON.stringify(other.mapping)
  );
}
