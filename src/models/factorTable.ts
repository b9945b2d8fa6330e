import { fitLogistic, type LogisticCell, type LogisticFit } from "./logistic.ts";
import type { FactorColumns, ModelCell, ModelResult } from "./modelRequest.ts";

/**
 * Repurchase by need, trust and exposure in both forms, one row a factor and one of repurchase itself:
 *
 *   N · T · E · R, each the share of those whom the factor before left, whose product is exact;
 *   log-odds of repurchase = b0 + bN N + bT T + bE E over all customers, by maximum likelihood.
 *
 * A factor that everybody or nobody has is left out of the score; where the score cannot be told
 * (see `fitLogistic`) its figures are null and `score` says why. Where need is not known all are. No
 * customers make no rows.
 */
export function factorTable(columns: FactorColumns): ModelResult {
  const cells = toCells(columns);
  const isKnown = columns.due_from_days !== undefined && columns.due_to_days !== undefined;
  const scores = isKnown ? scoresOf(cells) : [];
  const due = { due_from_days: columns.due_from_days?.[0], due_to_days: columns.due_to_days?.[0] };
  const isAnybody = sumOf(cells, "n") > 0;
  const table: Record<string, ModelCell[]> = {};
  for (const [place, link] of chainOf(cells, isKnown).entries()) {
    const row = { ...link, ...noScore, ...scores[place], ...due };
    for (const [name, value] of Object.entries(row)) {
      const values = (table[name] ??= []);
      if (isAnybody) values.push(value ?? null);
    }
  }
  return { columns: table, notes: [] };
}

const factors = ["need", "trust", "exposure"] as const;

function toCells(columns: FactorColumns): LogisticCell[] {
  return Array.from(columns.customers, (n, i) => ({
    factors: factors.map((factor) => columns[factor][i]!),
    n,
    k: columns.repurchased[i]!,
  }));
}

interface Link {
  factor: string;
  in_group: number | null;
  base: number | null;
  share: number | null;
  cumulative: number | null;
  lower: number | null;
  upper: number | null;
}

function chainOf(cells: readonly LogisticCell[], isKnown: boolean): Link[] {
  const all = sumOf(cells, "n");
  let inside = cells;
  return [...factors, "repurchase"].map((factor, place) => {
    const base = place === 0 || isKnown ? sumOf(inside, "n") : null;
    const isLast = place === factors.length;
    if (!isLast) inside = inside.filter((cell) => cell.factors[place] === 1);
    const inGroup = isKnown ? sumOf(inside, isLast ? "k" : "n") : null;
    const share = shareOf(inGroup, base);
    const cumulative = shareOf(inGroup, all);
    const [lower, upper] = share === null ? [null, null] : wilson(share, base!);
    return { factor, in_group: inGroup, base, share, cumulative, lower, upper };
  });
}

function sumOf(cells: readonly LogisticCell[], what: "n" | "k"): number {
  return cells.reduce((sum, cell) => sum + cell[what], 0);
}

function shareOf(part: number | null, whole: number | null): number | null {
  return part === null || !whole ? null : part / whole;
}

interface Score {
  odds_ratio: number | null;
  odds_lower: number | null;
  odds_upper: number | null;
  coefficient: number | null;
  score: string | null;
}

const noScore: Score = {
  odds_ratio: null,
  odds_lower: null,
  odds_upper: null,
  coefficient: null,
  score: null,
};

/** of each factor, and the constant in the row of repurchase */
function scoresOf(cells: readonly LogisticCell[]): Score[] {
  const inside = cells.filter(({ n }) => n > 0);
  const varying = factors.map((_, i) => new Set(inside.map((cell) => cell.factors[i])).size > 1);
  const fit = fitLogistic(
    inside.map((cell) => ({ ...cell, factors: cell.factors.filter((_, i) => varying[i]) })),
  );
  let place = 0;
  const rows = varying.map((varies) => {
    if (!varies) return { ...noScore, score: "constant" };
    return toScore(fit, ++place);
  });
  const constant = fit.state === "fitted" ? fit.coefficients[0]! : null;
  return [...rows, { ...noScore, coefficient: constant }];
}

function toScore(fit: LogisticFit, place: number): Score {
  if (fit.state !== "fitted") return { ...noScore, score: fit.state };
  const coefficient = fit.coefficients[place]!;
  const half = normal95 * Math.sqrt(fit.covariance[place]![place]!);
  return {
    odds_ratio: Math.exp(coefficient),
    odds_lower: Math.exp(coefficient - half),
    odds_upper: Math.exp(coefficient + half),
    coefficient,
    score: fit.state,
  };
}

const normal95 = 1.959963984540054;

function wilson(share: number, n: number): [number, number] {
  const square = normal95 ** 2 / n;
  const middle = (share + square / 2) / (1 + square);
  const half = Math.sqrt(square * (share * (1 - share) + square / 4)) / (1 + square);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
