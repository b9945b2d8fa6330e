import type { ChartSpec } from "../catalog/query.ts";
import { pickRows, type ColumnTable } from "../report/packTable.ts";

/** Channels that give a mark its place in a grid or its group; the others carry figures. */
const placing: Record<string, string[]> = { heatmap: ["fill"], dots: ["x"], flow: ["value"] };
const measures = ["x", "y", "y1", "y2", "y3", "y4", "value", "fill"];

/**
 * The rows that a chart has marks for, where some are withheld. A mark without figures has no place in most charts;
 * the grid of a heat map shows where it would stand, as long as any cell of it has a figure.
 */
export function drawnRows(
  table: ColumnTable,
  { kind, channels }: Pick<ChartSpec, "kind" | "channels">,
  withheld: ReadonlySet<number>,
): ColumnTable {
  if (withheld.size === 0) return table;
  const figures = (placing[kind] ?? measures)
    .flatMap((channel) => table.getChild(channels[channel] ?? "") ?? [])
    .filter(({ type }) => type === "Plain");
  const isKnown = (row: number) => figures.some((column) => column.get(row) !== null);
  const rows = Array.from({ length: table.numRows }, (_, row) => row);
  const open = rows.filter((row) => !withheld.has(row) || isKnown(row));
  if (figures.length > 0 && !open.some(isKnown)) return pickRows(table, []);
  return kind === "heatmap" ? table : pickRows(table, open);
}
