import type { Counts, Level } from "./query.ts";

/**
 * Whom the rows of a result count, so that a report can withhold what is about too few. Levels stand with
 * semicolons between, each `count, count of whole by key, key each key`: a count of `whole` leaves a rest that can be
 * told by subtraction, and over a key after `each` nobody sums up (of `a/b`, over one of them at a time). `running` counts along the last key, row after row; a level without counts names keys
 * alone. `customer`: each row is one.
 *
 * @throws RangeError saying what is wrong
 */
export function parseCounts(value: string, columns: readonly string[]): Counts {
  if (value === "customer") return "customer";
  const levels = value.split(";").map((text) => parseLevel(text.trim()));
  const named = levels.flatMap(({ keys, counts }) => [
    ...keys,
    ...counts.flatMap(({ name, of }) => (of ? [name, of] : [name])),
  ]);
  const stray = named.find((name) => !columns.includes(name));
  if (stray !== undefined) throw new RangeError(`counts an undeclared column: ${stray}`);
  return levels;
}

function parseLevel(text: string): Level {
  const match = /^(running )?(.*?)(?:(?:^|\s)by (.*?))?(?: each (.+))?$/.exec(text);
  const list = (names = "") => names.split(",").flatMap((name) => name.trim() || []);
  const apart = list(match?.[4]).map((keys) => keys.split("/"));
  return {
    isRunning: match?.[1] !== undefined,
    keys: [...list(match?.[3]), ...apart.flat()],
    apart,
    counts: list(match?.[2]).map((counted) => {
      const [, name, of] = /^(\w+)(?: of (\w+))?$/.exec(counted) ?? [];
      if (!name) throw new RangeError(`invalid counts; not "count of whole by key": ${counted}`);
      return { name, of };
    }),
  };
}
