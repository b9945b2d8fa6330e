import type { Query } from "../catalog/query.ts";
import type { Reader } from "../session/reader.ts";
import type { Sought } from "./findBest.ts";

/** By what an analysis is found: its title in every language, its id, and what it asks. */
export function soughtQuery(
  { id, title, question }: Pick<Query, "id" | "title" | "question">,
  reader: Pick<Reader, "localized">,
): Sought {
  return {
    title: reader.localized(title),
    aliases: [...Object.values(title), id],
    note: reader.localized(question),
  };
}
