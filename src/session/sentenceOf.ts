import type { Table } from "apache-arrow";
import { evaluateFacts } from "../catalog/evaluateFacts.ts";
import type { FactTable, FactValue } from "../catalog/evaluateFacts.ts";
import type { Query } from "../catalog/query.ts";
import { settleClauses } from "../words/settleClauses.ts";
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
  if (!template) return warnings.join(" ");
  const said = sayFacts(query, template, toFactTable(table, answers), locale, currency);
  return [said, ...warnings].join(locale === "en" ? " " : "");
}

/**
 * A template of a query's sentence with its facts. Of a table without rows nothing is a fact, not even a count; what
 * is left to say then is the alternative without facts, or that there is nothing to say.
 */
export function sayFacts(
  query: Query,
  template: string,
  table: FactTable,
  locale: Locale,
  currency: string | null,
): string {
  const facts = table.numRows > 0 ? evaluateFacts(query.facts, table) : {};
  const isMissing = (name: string) =>
    query.facts.some((fact) => fact.name === name) && isNothing(facts[name]);
  const values = Object.fromEntries(
    query.facts.map(({ name, type }) => {
      const value = facts[name] ?? null;
      if (type === "count") return [name, Number(value)];
      if (type === "text") return [name, sayCode(query, locale, name, String(value))];
      return [name, formatValue(locale, type, value, currency)];
    }),
  );
  const settled = settleClauses(template, isMissing);
  return settled === undefined
    ? text(locale, "sentence.nothing")
    : fillWord(locale, settled, values).trim();
}

function isNothing(value: FactValue | undefined): boolean {
  return value === null || value === undefined || value === "" || Number.isNaN(value);
}

function toFactTable(table: Table, answers: Ran["facts"]): FactTable {
  return {
    numRows: table.numRows,
    ...(answers && { answers }),
    column: (name) => {
      const vector = table.getChild(name);
      return (row) => vector?.get(row) as unknown;
    },
  };
}

/** What a query calls one of its codes; else what the interface does; else the code. */
function sayCode({ values }: Query, locale: Locale, column: string, code: string): string {
  const said = Object.hasOwn(values, code) ? values[code] : undefined;
  return said ? (said[locale] ?? said.en) : formatText(locale, column, code);
}
