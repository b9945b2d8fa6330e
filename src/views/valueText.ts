import type { Query } from "../catalog/query.ts";
import type { Session } from "../session/session.svelte.ts";
import { formatText } from "../words/words.ts";

/** A coded value of a column or a choice of a param in the reader's language, or the value itself. */
export function valueText(
  session: Pick<Session, "locale" | "localized">,
  { values }: Pick<Query, "values">,
  column: string,
  value: string,
): string {
  const named = Object.hasOwn(values, value) ? values[value] : undefined;
  return named ? session.localized(named) : formatText(session.locale, column, value);
}
