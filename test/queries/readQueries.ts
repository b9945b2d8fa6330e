import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseQuery } from "../../src/catalog/parseQuery.ts";
import type { Query } from "../../src/catalog/query.ts";

const root = resolve(import.meta.dirname, "../../queries");

/** The queries of a folder, by name, read from the disk without Vite. */
export function readQueries(folder: Query["folder"]): Query[] {
  return readdirSync(resolve(root, folder))
    .filter((name) => name.endsWith(".sql"))
    .map((name) => name.slice(0, -".sql".length))
    .sort()
    .map((id) => readQuery(folder, id));
}

/** @throws Error when there is no such query */
export function readQuery(folder: Query["folder"], id: string): Query {
  const path = resolve(root, folder, `${id}.sql`);
  return parseQuery(`queries/${folder}/${id}.sql`, readFileSync(path, "utf8"));
}
