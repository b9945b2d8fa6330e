import type { Question } from "../intake/report.ts";
import type { Session } from "../session/session.svelte.ts";

type Words = Pick<Session, "text">;

/** The question in the reader's language where the interface has words for its kind, else as the file's reader put it. */
export function questionText(
  session: Words,
  { id, question }: Pick<Question, "id" | "question">,
): string {
  return wordOr(session, `question.${kindOf(id)}`, question);
}

/** An option in the reader's language; a column or a currency code stands for itself. */
export function optionText(session: Words, option: string): string {
  return wordOr(session, `option.${option}`, option);
}

/** A word of the interface, or what stands in for it where the interface has none of that key. */
export function wordOr(
  session: Words,
  key: string,
  fallback: string,
  values: Record<string, string | number> = {},
): string {
  const said = session.text(key, values);
  return said === key ? fallback : said;
}

// Where several files ask, the id has the file before it: "orders.csv:date-order".
function kindOf(id: string): string {
  return id.slice(id.lastIndexOf(":") + 1);
}
