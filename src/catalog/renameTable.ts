import { fold, lexSql, type SqlToken } from "./lexSql.ts";
import { ends, pauses, statements, tablePlaces } from "./tablesRead.ts";

/**
 * A statement that reads a table under its new name, and says the same. Nothing else is touched: columns,
 * aliases, functions, texts and comments that are called so stay as they are. Where the old name stands for
 * the table in other places too, or the new one for something else, the old one becomes its alias.
 *
 * @throws RangeError where the statement calls one of its own tables by the new name, which would hide it
 */
export function renameTable(sql: string, from: string, to: string): string {
  const tokens = lexSql(sql);
  const [was, is] = [fold(from), fold(to)];
  const named = (name: string) => tablePlaces(tokens).filter((i) => tokens[i]!.name === name);
  const places = named(was);
  if (places.length === 0) return sql;
  const isFree = (i: number) => tokens[i - 1]?.text !== ".";
  const others = tokens.flatMap(({ name }, i) =>
    name === was && isFree(i) && !places.includes(i) ? [i] : [],
  );
  const isPlain =
    others.every((i) => tokens[i + 1]?.text === ".") &&
    (was === is || !tokens.some(({ name }, i) => name === is && isFree(i) && isName(tokens[i]!)));
  const changed = [...places, ...(isPlain ? others : [])].sort((a, b) => a - b);
  let text = "";
  let end = 0;
  for (const i of changed) {
    const { start, text: old } = tokens[i]!;
    const alias = isPlain || hasAlias(tokens, i) ? "" : ` as ${old}`;
    text += sql.slice(end, start) + writeName(to) + alias;
    end = start + old.length;
  }
  text += sql.slice(end);
  const after = lexSql(text);
  const found = tablePlaces(after).filter((i) => after[i]!.name === is).length;
  if (found !== places.length + (was === is ? 0 : named(is).length))
    throw new RangeError(`a table of its own is called so: ${to}`);
  return text;
}

function isName({ kind, name }: SqlToken): boolean {
  return kind === "quoted" || !reserved.has(name!);
}

/** Whether a table that is named has a name of its own there, or can have none. */
function hasAlias(tokens: readonly SqlToken[], at: number): boolean {
  const [before, after] = [tokens[at - 1], tokens[at + 1]];
  if (before?.text === ":" || statements.has(before?.name ?? "")) return true;
  if (after?.kind === "quoted" || after?.name === "as") return true;
  return after?.kind === "word" && !clauses.has(after.name!);
}

/** words that can follow a table and are no name for it */
const clauses = new Set([...ends, ...pauses, "join", "tablesample", "pivot", "unpivot", "at"]);

/** A name as it can stand in a statement: in quotes where it could be taken for a word of the language. */
export function writeName(name: string): string {
  const [token, ...more] = lexSql(name);
  const isWord = token?.kind === "word" && token.text === name && more.length === 0;
  return isWord && !reserved.has(fold(name)) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** what the engine, or `tablesRead`, takes for a word of the language where a table is named */
const reserved = new Set([
  ...ends,
  ...pauses,
  ...statements,
  ...`all analyse analyze and anti any array as asc asof asymmetric at authorization binary both
    by case cast check collate collation column concurrently constraint create cross default
    deferrable desc describe distinct do else end except false fetch for foreign freeze from
    full glob group having ilike in initially inner intersect into is isnull join lambda lateral
    leading left like limit natural not notnull null offset on only or order outer overlaps
    pivot pivot_longer pivot_wider placing positional primary qualify references returning right
    select semi show similar some summarize symmetric table tablesample then to trailing true
    union unique unpack unpivot using variadic verbose when where window with`.split(/\s+/),
]);
