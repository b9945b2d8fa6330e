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

function rank({ folder }: Query): number {
  return ["canonical", "staging", "marts", "checks", "filters", "analyses"].indexOf(folder);
}
