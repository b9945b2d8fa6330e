import type { About, Choice, Counts, Level } from "./query.ts";

/**
 * Whom the rows of a result count, so that a report can withhold what is about too few. Levels stand with
 * semicolons between, each `count, count of whole by key, key each key where column = value/value`: a count of
 * `whole` leaves a rest that can be told by subtraction, and over a key after `each` nobody sums up (of `a/b`, over
 * one of them at a time). `running` counts along the last key, row after row; a level without counts names keys
 * alone. `customer`: each row is one.
 *
 * Beside levels: `columns a, b about 20% count of whole` where these are of other customers than their row is,
 * `rows column = value/value about count of whole at column = value` where the count stands in another row, and
 * `open a, b` for columns that say nothing of customers.
 *
 * @throws RangeError saying what is wrong
 */
export function parseCounts(value: string, columns: readonly string[]): Counts {
  if (value === "customer") return "customer";
  const clauses = value.split(";").map((text) => text.trim());
  const open = clauses.filter((text) => isOpen.test(text)).flatMap((text) => toList(text.slice(5)));
  const about = clauses.filter((text) => isAbout.test(text)).map(parseAbout);
  const levels = clauses
    .filter((text) => !isOpen.test(text) && !isAbout.test(text))
    .map(parseLevel);
  const named = [
    ...open,
    ...about.flatMap(({ columns: own = [], rows, count, of, at }) => [
      ...own,
      count,
      ...[of, rows?.column, at?.column].filter((name) => name !== undefined),
    ]),
    ...levels.flatMap(({ keys, counts, where }) => [
      ...keys,
      ...counts.flatMap(({ name, of }) => (of ? [name, of] : [name])),
      ...(where ? [where.column] : []),
    ]),
  ];
  const stray = named.find((name) => !columns.includes(name));
  if (stray !== undefined) throw new RangeError(`counts an undeclared column: ${stray}`);
  return { levels, about, open };
}

const isOpen = /^open /;
const isAbout = /^(?:columns|rows) .* about /;

function parseAbout(text: string): About {
  const match = /^(columns|rows) (.+) about (?:(\d+)% )?(\w+)(?: of (\w+))?(?: at (.+))?$/.exec(
    text,
  );
  if (!match) throw new RangeError(`invalid counts; not "columns … about count": ${text}`);
  const [, scope, what, percent, count, of, at] = match;
  return {
    columns: scope === "columns" ? toList(what) : undefined,
    rows: scope === "rows" ? parseChoice(what!) : undefined,
    share: percent === undefined ? 1 : Number(percent) / 100,
    count: count!,
    of,
    at: at === undefined ? undefined : parseChoice(at),
  };
}

function parseLevel(text: string): Level {
  const [, level = "", where] = /^(.*?)(?: where (.+))?$/.exec(text) ?? [];
  const match = /^(running )?(.*?)(?:(?:^|\s)by (.*?))?(?: each (.+))?$/.exec(level);
  const apart = toList(match?.[4]).map((keys) => keys.split("/"));
  return {
    isRunning: match?.[1] !== undefined,
    keys: [...toList(match?.[3]), ...apart.flat()],
    apart,
    counts: toList(match?.[2]).map((counted) => {
      const [, name, of] = /^(\w+)(?: of (\w+))?$/.exec(counted) ?? [];
      if (!name) throw new RangeError(`invalid counts; not "count of whole by key": ${counted}`);
      return { name, of };
    }),
    ...(where !== undefined && { where: parseChoice(where) }),
  };
}

function parseChoice(text: string): Choice {
  const [, column, values] = /^(\w+) = (.+)$/.exec(text) ?? [];
  if (!column || !values) throw new RangeError(`invalid counts; not "column = value": ${text}`);
  return { column, values: values.split("/").map((value) => value.trim()) };
}

function toList(names = ""): string[] {
  return names.split(",").flatMap((name) => name.trim() || []);
}
