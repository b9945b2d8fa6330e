import type { ChartSpec, Query } from "../catalog/query.ts";

/** What can be asked for a column; what an Arrow table has. */
interface Columns {
  getChild(name: string): { length: number; nullCount: number } | null;
}

/** Channels without which a mark has no place. */
const placing = ["x", "y", "value"];

/**
 * The charts of a query that its result, once there is one, has the columns for; those of which nothing is
 * known stand back where another can be drawn.
 */
export function chartsOf({ charts }: Pick<Query, "charts">, table?: Columns): ChartSpec[] {
  const drawn = charts.filter(
    ({ kind, channels }) =>
      kind !== "table" &&
      (!table || Object.values(channels).every((name) => table.getChild(name) !== null)),
  );
  const isKnown = ({ channels }: ChartSpec) =>
    placing.every((channel) => {
      const column = channels[channel] === undefined ? null : table?.getChild(channels[channel]);
      return !column || column.length === 0 || column.nullCount < column.length;
    });
  const known = drawn.filter(isKnown);
  return known.length > 0 ? known : drawn;
}
