import type { Table } from "apache-arrow";
import { evaluateFacts } from "../catalog/evaluateFacts.ts";
import type { Query } from "../catalog/query.ts";
import { fillWord, formatText, formatValue } from "../words/words.ts";
import type { Locale } from "../words/words.ts";

/** What a figure says, in one plain sentence of the reader's language, with its numbers filled in. */
export function sentenceOf(
  query: Query,
  table: Table,
  locale: Locale,
  currency: string | null,
): string {
  const template = query.sentence[locale] ?? query.sentence.en;
  if (!template || table.numRows === 0) return "";
  const facts = evaluateFacts(query.facts, {
    numRows: table.numRows,
    column: (name) => {
      const vector = table.getChild(name);
      return (row) => vector?.get(row) as unknown;
    },
  });
  const values = Object.fromEntries(
    query.facts.map(({ name, type }) => {
      const value = facts[name] ?? null;
      if (type === "count") return [name, value === null ? "–" : Number(value)];
      if (type === "text") return [name, formatText(locale, name, String(value ?? "–"))];
      return [name, formatValue(locale, type, value, currency)];
    }),
  );
  return fillWord(locale, template, values);
}
