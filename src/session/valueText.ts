import type { Localized, Query } from "../catalog/query.ts";
import { formatText } from "../words/words.ts";
import type { Locale } from "../words/words.ts";

/** A coded value of a column, several with commas between, or a choice of a param in the reader's language. */
export function valueText(
  session: { locale: Locale; localized(words: Localized): string },
  { values }: Pick<Query, "values">,
  column: string,
  value: string,
): string {
  const named = value
    .split(",")
    .map((code) => (Object.hasOwn(values, code) ? values[code] : undefined));
  if (!named.every((label) => label !== undefined))
    return formatText(session.locale, column, value);
  return named.map((label) => session.localized(label)).join(session.locale === "en" ? ", " : "、");
}
