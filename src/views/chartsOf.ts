import type { ChartSpec, Query } from "../catalog/query.ts";

/** What can be asked for a column; what an Arrow table has. */
interface Columns {
  getChild(name: string): unknown;
}

/** The charts of a query that its result, once there is one, has the columns for. */
export function chartsOf({ charts }: Pick<Query, "charts">, table?: Columns): ChartSpec[] {
  return charts.filter(
    ({ kind, channels }) =>
      kind !== "table" &&
      (!table || Object.values(channels).every((name) => table.getChild(name) !== null)),
  );
}
