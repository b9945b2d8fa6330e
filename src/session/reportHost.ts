import type { Localized } from "../catalog/query.ts";
import type { Filter } from "../notebook/filter.ts";
import { formatDate, text, type Locale } from "../words/words.ts";
import { headlineOf } from "./headlineOf.ts";
import type { ReportHost } from "./makeReport.ts";
import type { SessionState } from "./sessionState.svelte.ts";
import { segmentWords } from "./segments.ts";
import { valueText } from "./valueText.ts";
import type { Outcome } from "./outcome.ts";

/** What a filter leaves, in a language: each attribute with its values, the days, that there is a mark. */
function filterText(
  { segments, firstFrom, firstUntil, until, mark }: Filter,
  locale: Locale,
): string {
  const words = {
    locale,
    localized: (said: Localized) => said[locale] ?? said.en,
  };
  const pair = (name: string, value: string) => text(locale, "chart.pair", { name, value });
  const day = (value: string | undefined) => (value ? formatDate(locale, value) : "…");
  const parts = Object.entries(segments).map(([by, values]) =>
    pair(
      valueText(words, segmentWords, "filter_by", by),
      values.map((value) => valueText(words, segmentWords, "value", value)).join(", "),
    ),
  );
  if (firstFrom ?? firstUntil) {
    const days = { from: day(firstFrom), to: day(firstUntil) };
    parts.push(pair(text(locale, "filter.first"), text(locale, "notebook.period", days)));
  }
  if (until) parts.push(pair(text(locale, "filter.until"), day(until)));
  if (mark) parts.push(pair(text(locale, "filter.mark"), mark.analysis));
  return parts.join(" · ");
}

/** What a report needs of the session. */
export function reportHost(
  session: SessionState & { readonly outcomes: ReadonlyMap<string, Outcome> },
  version: string,
): ReportHost {
  const totals = session.report?.totals;
  return {
    version,
    notebook: session.notebook,
    outcomes: session.outcomes,
    locale: session.locale,
    currency: session.currency,
    about: {
      period:
        totals?.firstDate && totals.lastDate
          ? { from: totals.firstDate, to: totals.lastDate }
          : null,
      totals: totals
        ? { orders: totals.orders, customers: totals.customers, net: headlineOf(totals).net }
        : null,
      files: (session.report?.files ?? [])
        .filter(({ kind }) => kind !== "refused")
        .map(({ name }) => name),
      questions: session.questions.map(({ id, question, guess }) => ({ id, question, guess })),
    },
    query: (id) => session.query(id),
    shownQuery: (cell, table) => session.shownQuery(cell, table),
    filterText,
    sqlOf: (query) => session.sqlOf(query),
    missing: (query, locale) =>
      session.missing(query, { text: (key, values) => text(locale, key, values) }) ?? "",
  };
}
