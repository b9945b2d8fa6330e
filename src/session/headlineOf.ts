import type { Totals } from "../intake/report.ts";

/**
 * Net and refunds of the orders, as every analysis has them: refunds whose order is not in the files are in neither,
 * although the totals of an import take them off too.
 */
export function headlineOf({
  net,
  refunds,
  unbookedRefunds,
}: Pick<Totals, "net" | "refunds" | "unbookedRefunds">): { net: number; refunds: number } {
  const inCents = (first: string, sign: 1 | -1) =>
    (Math.round(Number(first) * 100) + sign * Math.round(Number(unbookedRefunds) * 100)) / 100;
  return { net: inCents(net, 1), refunds: inCents(refunds, -1) };
}
