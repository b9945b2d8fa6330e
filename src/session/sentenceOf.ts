import { evaluateFacts } from "../catalog/evaluateFacts.ts";
import type { Query } from "../catalog/query.ts";
import { fillWord, formatText, formatValue, text } from "../words/words.ts";
import type { Locale } from "../words/words.ts";
import type { Ran } from "./runAnalysis.ts";

/** What a figure says, in plain sentences of the reader's language: its numbers, then what to know of its model. */
export function sentenceOf(
  query: Query,
  { table, notes, facts: answers }: Ran,
  locale: Locale,
  currency: string | null,
): string {
  const template = query.sentence[locale] ?? query.sentence.en;
  const warnings = notes.map(({ code, value, figures, model = "", rival = "", covariate = "" }) =>
    text(locale, `model.${code}`, {
      value,
      count: value,
      ...figures,
      model: sayCode(query, locale, "model", model),
      rival: sayCode(query, locale, "model", rival),
      covariate: sayCode(query, locale, "covariate", covariate),
    }),
  );
  if (!template || table.numRows === 0) return warnings.join(" ");
  const facts = evaluateFacts(query.facts, {
    numRows: table.numRows,
    ...(answers && { answers }),
    column: (name) => {
      const vector = table.getChild(name);
      return (row) => vector?.get(row) as unknown;
    },
  });
  const values = Object.fromEntries(
    query.facts.map(({ name, type }) => {
      const value = facts[name] ?? null;
      if (type === "count") return [name, value === null ? "–" : Number(value)];
      if (type === "text") return [name, sayCode(query, locale, name, String(value ?? "–"))];
      return [name, formatValue(locale, type, value, currency)];
    }),
  );
  return [fillWord(locale, template, values), ...warnings].join(locale === "en" ? " " : "");
}

/** What a query calls one of its codes; else what the interface does; else the code. */
function sayCode({ values }: Query, locale: Locale, column: string, code: string): string {
  const said = Object.hasOwn(values, code) ? values[code] : undefined;
  return said ? (said[locale] ?? said.en) : formatText(locale, column, code);
}
