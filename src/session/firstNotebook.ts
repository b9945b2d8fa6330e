import { queries } from "../catalog/queries.ts";
import { toNotebook } from "../notebook/notebook.ts";
import type { Notebook } from "../notebook/notebook.ts";

/** The notebook that an import opens: every analysis once, with its params as they come. */
export function firstNotebook(title: string): Notebook {
  const known = queries.filter(({ folder }) => folder === "analyses").map(({ id }) => id);
  const rank = (id: string) => (cellOrder.includes(id) ? cellOrder.indexOf(id) : cellOrder.length);
  return toNotebook(
    title,
    known.toSorted((a, b) => rank(a) - rank(b)),
  );
}

/** From what the data are to what they are worth. Others follow by name. */
const cellOrder: readonly string[] = [
  "overview",
  "growth-accounting",
  "cohort-retention",
  "retention-curve",
  "repurchase-curve",
  "repeat-rate",
  "purchase-intervals",
  "order-frequency",
  "cohort-revenue",
  "rfm-segments",
  "rfm",
  "pareto",
  "clv-historic",
  "unit-economics",
  "customer-lifespan",
  "clv-model",
  "clv-curve",
  "clv-forecast",
  "clv-validation",
  "customer-equity",
  "reconciliation",
  "data-health",
];
