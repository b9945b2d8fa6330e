import { queries } from "../catalog/queries.ts";
import type { Query } from "../catalog/query.ts";
import { cellsOf, emptyNotebook, freeId, withAnalysis } from "../notebook/notebook.ts";
import type { Block, Notebook, Prose } from "../notebook/notebook.ts";
import type { Words } from "./errorText.ts";
import { groupCells } from "./groupCells.ts";
import { type Dataset, tableBeside } from "./needs.ts";

const analyses = queries.filter(({ folder }) => folder === "analyses");

/**
 * The notebook that an import opens: every analysis once, by group, with its params as they come, but for
 * those that wait for a file beside the orders. When that file comes a notebook that still has all the
 * cells it was opened with gets theirs as well; any other stays as its reader made it.
 *
 * @param was what was there before the import
 */
export function openNotebook(
  notebook: Notebook,
  words: Words,
  { was, now }: { was: Dataset; now: Dataset },
): Notebook {
  if (now.orders === 0) return notebook;
  const open = openFor(now);
  const cells = cellsOf(notebook);
  if (notebook.blocks.length === 0) {
    const title = prose([], `# ${words.text("notebook.untitled")}`);
    return { ...emptyNotebook, blocks: open.reduce(withGrouped(words), [title]) };
  }
  const shown = cells.map((cell) => (cell.type === "analysis" ? cell.analysis : ""));
  const isUntouched = was.orders > 0 && openFor(was).every((id) => shown.includes(id));
  const added = isUntouched ? open.filter((id) => !shown.includes(id)) : [];
  if (added.length === 0) return notebook;
  return { ...notebook, blocks: added.reduce(withGrouped(words), notebook.blocks) };
}

/** The headings that `openNotebook` writes, in the language of now where they still stand as written. */
export function translateHeadings(notebook: Notebook, was: Words, now: Words): Notebook {
  const keys = ["notebook.untitled", ...groupNames.map((name) => `group.${name}`)];
  const said = new Map(
    keys.flatMap((key) =>
      ["#", "##"].map((level) => [`${level} ${was.text(key)}`, `${level} ${now.text(key)}`]),
    ),
  );
  const blocks = notebook.blocks.map((block) => {
    if (block.type !== "prose") return block;
    const lines = block.markdown.split("\n");
    const markdown = lines.map((line) => said.get(line) ?? line).join("\n");
    return markdown === block.markdown ? block : { type: block.type, id: block.id, markdown };
  });
  return blocks.every((block, i) => block === notebook.blocks[i])
    ? notebook
    : { ...notebook, blocks };
}

/** One more cell behind the last of its group; a group's first one comes with its heading. */
function withGrouped(words: Words): (blocks: readonly Block[], id: string) => readonly Block[] {
  return (blocks, id) => {
    const group = groupOf(id);
    const last = blocks.findLastIndex(
      (block) => block.type === "analysis" && groupOf(block.analysis) === group,
    );
    if (last >= 0) {
      const [cell] = withAnalysis(blocks, id).slice(-1);
      return blocks.toSpliced(last + 1, 0, cell!);
    }
    const heading = `## ${words.text(`group.${group}`)}`;
    const before = blocks.at(-1);
    if (before?.type !== "prose") return withAnalysis([...blocks, prose(blocks, heading)], id);
    const text: Prose = {
      type: "prose",
      id: before.id,
      markdown: `${before.markdown}\n\n${heading}`,
    };
    return withAnalysis(blocks.with(-1, text), id);
  };
}

function prose(blocks: readonly Block[], markdown: string): Prose {
  return { type: "prose", id: freeId(blocks, "text-1"), markdown };
}

function groupOf(id: string): string {
  return analyses.find((query) => query.id === id)?.group ?? "";
}

const groupNames = [...new Set(analyses.map(({ group }) => group))];

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
  const ranked = open.toSorted((a, b) => rank(a) - rank(b));
  return groupCells(ranked, groupOf).flatMap(({ cells }) => cells);
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
