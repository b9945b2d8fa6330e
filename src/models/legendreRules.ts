import { gaussLegendre, type Rule } from "./gaussLegendre.ts";

/**
 * The fewest nodes that integrate exp(−f) to 1e-13 over a panel: 1 or 2 more than any of 12,000
 * random integrals of the Pareto/NBD needed.
 *
 * @param half of the panel's length
 * @param rise most that f rises or falls over half the panel
 * @param strip distance of the nearest singularity from the real line
 * @returns 32 nodes where more were needed
 */
export function pickRule(half: number, rise: number, strip = Math.PI): Rule {
  return rules[Math.min(mostNodes, Math.ceil(countNodes(half, rise, strip)))]!;
}

/** nodes that `pickRule` would take, were there enough */
export function countNodes(half: number, rise: number, strip: number): number {
  const converge = Math.asinh(strip / half); // ln of the ellipse that the nodes may fill
  return Math.max(4.2 + 3.8 * Math.sqrt(rise), 2 + 16 / converge);
}

/**
 * The rule for a short panel, as a day is beside the years that exp(−f) falls in.
 *
 * @param rise of f over half the panel
 * @param reach distance of the nearest singularity from the middle, in halves of the panel
 */
export function pickShortRule(rise: number, reach: number): Rule {
  const falling = rise < 0.02 ? 3 : rise < 0.1 ? 4 : rise < 0.35 ? 5 : 4.2 + 3.8 * Math.sqrt(rise);
  const nodes = Math.max(falling, 16.5 / Math.acosh(Math.max(reach, 1.001)));
  return rules[Math.min(mostNodes, Math.ceil(nodes))]!;
}

export const mostNodes = 32;
const rules = Array.from({ length: mostNodes + 1 }, (_, n) => gaussLegendre(n));
