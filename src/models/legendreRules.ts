import { gaussLegendre, type Rule } from "./gaussLegendre.ts";

/** most that a rule of `pickRule` can do with half a panel */
export const longestHalf = 1.75;
export const steepestRise = 20;

/**
 * The fewest nodes that integrate exp(−f) to 1e-13, f analytic within π of the real line, over half
 * a panel on which f rises by at most `rise`: 1 or 2 more than any of 12,000 random integrals of the
 * Pareto/NBD needed.
 */
export function pickRule(half: number, rise: number): Rule {
  const nodes = Math.max(4.2 + 3.8 * Math.sqrt(rise), 5 + 5 * half);
  return rules[Math.min(mostNodes, Math.ceil(nodes))]!;
}

const mostNodes = 24;
const rules = Array.from({ length: mostNodes + 1 }, (_, n) => gaussLegendre(n));
