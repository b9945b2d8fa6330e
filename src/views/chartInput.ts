import type { ChartSpec, Query } from "../catalog/query.ts";
import type { ChartInput } from "../charts/chart.ts";
import type { Reader } from "../session/reader.ts";

/** What of a query its charts need. */
export type ChartedQuery = Pick<Query, "title" | "columns" | "params" | "values">;

/** What a chart draws from: one of a query's charts and its result, in the reader's language and currency. */
export function chartInput(
  session: Reader,
  query: ChartedQuery,
  { channels, title }: ChartSpec,
  drawn: Pick<ChartInput, "table" | "params" | "width" | "dark">,
): ChartInput {
  const unset = query.params.map((param) => [param.name, param.default]);
  const set = Object.entries(drawn.params).filter(([, value]) => value !== null);
  return {
    ...drawn,
    params: Object.fromEntries([...unset, ...set]),
    columns: query.columns.map(({ name, type, label, bands }) => ({
      name,
      type,
      label: session.localized(label),
      bands: bands && {
        edges: bands.edges,
        labels: bands.labels.map((said) => session.localized(said)),
      },
    })),
    channels,
    title: title.en
      ? session.text("chart.pair", {
          name: session.localized(query.title),
          value: session.localized(title),
        })
      : session.localized(query.title),
    locale: session.locale,
    currency: session.currency,
    word: (key) => session.text(key),
    values: Object.fromEntries(
      Object.entries(query.values).map(([code, said]) => [code, session.localized(said)]),
    ),
  };
}
