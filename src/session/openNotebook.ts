import { queries } from "../catalog/queries.ts";
import type { Query } from "../catalog/query.ts";
import { cellsOf, toNotebook } from "../notebook/notebook.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { type Dataset, tableBeside } from "./needs.ts";

const analyses = queries.filter(({ folder }) => folder === "analyses");

/**
 * The notebook that an import opens: every analysis once, with its params as they come, but for those
 * that wait for a file beside the orders. When that file comes a notebook that still has all the cells
 * it was opened with gets theirs as well; any other stays as its reader made it.
 *
 * @param was what was there before the import
 */
export function openNotebook(
  notebook: Notebook,
  title: string,
  { was, now }: { was: Dataset; now: Dataset },
): Notebook {
  if (now.orders === 0) return notebook;
  const open = openFor(now);
  const shown = cellsOf(notebook).map(({ analysis }) => analysis);
  if (shown.length === 0) return toNotebook(title, open);
  const isUntouched = was.orders > 0 && openFor(was).every((id) => shown.includes(id));
  const added = isUntouched ? open.filter((id) => !shown.includes(id)) : [];
  if (added.length === 0) return notebook;
  const [, ...cells] = toNotebook(title, added).blocks;
  return { ...notebook, blocks: [...notebook.blocks, ...cells] };
}

/** Analyses without a cell of their own for want of a file beside the orders, by its table. */
export function waitingAnalyses(dataset: Dataset): Map<string, Query[]> {
  const waiting = new Map<string, Query[]>();
  for (const query of analyses) {
    const table = tableBeside(query, dataset);
    if (table) waiting.set(table, [...(waiting.get(table) ?? []), query]);
  }
  return waiting;
}

function openFor(dataset: Dataset): string[] {
  const open = analyses.filter((query) => !tableBeside(query, dataset)).map(({ id }) => id);
  const rank = (id: string) => (cellOrder.includes(id) ? cellOrder.indexOf(id) : cellOrder.length);
  return open.toSorted((a, b) => rank(a) - rank(b));
}

/** From what the data are to what they are worth. Others follow by name. */
const cellOrder: readonly string[] = [
  "overview",
  "growth-accounting",
  "revenue-growth",
  "revenue-tree",
  "unit-economics",
  "acquisition-cost",
  "retention-cost",
  "cohort-retention",
  "retention-curve",
  "attribute-cohorts",
  "cohort-diff",
  "repurchase-curve",
  "repeat-rate",
  "purchase-intervals",
  "order-frequency",
  "cohort-revenue",
  "rfm-segments",
  "rfm",
  "rfm-movement",
  "pareto",
  "super-users",
  "action-lists",
  "high-value-score",
  "clv-historic",
  "value-compounding",
  "retention-what-if",
  "customer-lifespan",
  "clv-model",
  "clv-curve",
  "clv-forecast",
  "clv-validation",
  "customer-equity",
  "domain-growth",
  "private-domain-conversion",
  "lifecycle-funnel",
  "touch-response",
  "exposure-response",
  "need-trust-exposure",
  "membership-effect",
  "tag-lift",
  "tier-movement",
  "dormant-wakeup",
  "five-step-scorecard",
  "referral-growth",
  "koc-leaderboard",
  "indirect-value",
  "acquisition-method",
  "product-affinity",
  "category-preference",
  "promotion-dependence",
  "returns-trust",
  "reconciliation",
  "data-health",
];
