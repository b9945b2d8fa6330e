import { readQuery } from "./readQueries.ts";
import { byName, type Runner, type Value } from "./runner.ts";

/** An analysis as rows by name; params that are not given are unset, as the page leaves them. */
export async function runAnalysis(
  runner: Runner,
  id: string,
  variables: Record<string, Value> = {},
): Promise<Record<string, Value>[]> {
  const query = readQuery("analyses", id);
  const unset = Object.fromEntries(query.params.map((param) => [param.name, null]));
  return byName(await runner.read(query.sql, { ...unset, ...variables }));
}
