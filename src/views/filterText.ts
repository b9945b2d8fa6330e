import type { Filter, Mark } from "../notebook/filter.ts";
import { segmentWords } from "../session/segments.ts";
import type { Session } from "../session/session.svelte.ts";
import { valueText } from "../session/valueText.ts";
import { formatDate, formatValue } from "../words/words.ts";

type Said = Pick<Session, "locale" | "localized" | "text" | "analyses">;

/** What customers are told apart by, in the reader's language. */
export function attributeText(session: Said, by: string): string {
  return valueText(session, segmentWords, "filter_by", by);
}

/** A segment's name, where it has a word; else the value as the data have it. */
export function segmentName(session: Said, value: string): string {
  const { values } = segmentWords;
  return Object.hasOwn(values, value) ? session.localized(values[value]!) : value;
}

/** A part of a filter in the reader's language, and the filter without it. */
export interface FilterPart {
  text: string;
  without: Filter;
}

/** The parts of a filter: each chosen value, the days, the mark. */
export function filterParts(session: Said, filter: Filter): FilterPart[] {
  const pair = (name: string, value: string) => session.text("chart.pair", { name, value });
  const day = (value: string) => formatDate(session.locale, value);
  const { segments, firstFrom, firstUntil, until, mark } = filter;
  const parts = Object.entries(segments).flatMap(([by, values]) =>
    values.map((value) => ({
      text: pair(attributeText(session, by), segmentName(session, value)),
      without: {
        ...filter,
        segments: { ...segments, [by]: values.filter((other) => other !== value) },
      },
    })),
  );
  const add = (text: string, { ...without }: Filter, ...names: (keyof Filter)[]) => {
    for (const name of names) delete without[name];
    parts.push({ text, without });
  };
  if (firstFrom ?? firstUntil) {
    const days = session.text("notebook.period", {
      from: firstFrom ? day(firstFrom) : "…",
      to: firstUntil ? day(firstUntil) : "…",
    });
    add(pair(session.text("filter.first"), days), filter, "firstFrom", "firstUntil");
  }
  if (until) add(pair(session.text("filter.until"), day(until)), filter, "until");
  if (mark) {
    add(pair(session.text("filter.mark"), markText(session, mark)), filter, "mark");
  }
  return parts;
}

/** The whole of a filter, such as "channel: Webshop · country: FR". */
export function filterText(session: Said, filter: Filter): string {
  return filterParts(session, filter)
    .map(({ text }) => text)
    .join(" · ");
}

/** A row of an analysis, such as "Cohort retention · Mar 1, 2024 · 3". */
function markText(session: Said, { analysis, row }: Mark): string {
  const query = session.analyses.find(({ id }) => id === analysis);
  const values = Object.entries(row).map(([name, value]) => {
    const type = query?.columns.find((column) => column.name === name)?.type ?? "text";
    return query && type === "text" && typeof value === "string"
      ? valueText(session, query, name, value)
      : formatValue(session.locale, type, value, null);
  });
  return [query ? session.localized(query.title) : analysis, ...values].join(" · ");
}
