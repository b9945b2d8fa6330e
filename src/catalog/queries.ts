import { parseQuery } from "./parseQuery.ts";
import type { Query } from "./query.ts";

const files = import.meta.glob<string>("../../queries/**/*.sql", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Every prebuilt query, found by its file: by folder in the order of the pipeline, then by id. */
export const queries: readonly Query[] = Object.entries(files)
  .map(([path, text]) => parseQuery(path, text))
  .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));

/** The text of a prebuilt query's file. @throws RangeError for a query of the reader's own */
export function fileOf({ folder, id }: Pick<Query, "folder" | "id">): string {
  const text = files[`../../queries/${folder}/${id}.sql`];
  if (text === undefined) throw new RangeError(`no prebuilt query: ${folder}/${id}`);
  return text;
}

function rank({ folder }: Query): number {
  return ["canonical", "staging", "marts", "checks", "filters", "analyses"].indexOf(folder);
}
