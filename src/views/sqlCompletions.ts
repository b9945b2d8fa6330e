import { lexSql } from "../catalog/lexSql.ts";
import type { SqlToken } from "../catalog/lexSql.ts";
import type { NamedTable, SqlNames } from "../session/sqlNames.ts";
import { keywords, reservedWords, typeWords } from "./sqlWords.ts";

/** Something that could stand where the reader writes. */
export interface Completion {
  label: string;
  /** what is written, where that is another text than the label */
  apply?: string;
  kind: "table" | "cell" | "clause" | "column" | "function" | "word";
  /** its type, or the table that it belongs to */
  detail?: string;
  /** the higher the sooner, among those that fit the letters alike */
  rank: number;
}

export interface Completions {
  /** where the word begins that a completion replaces */
  from: number;
  options: Completion[];
}

/** What a statement can name: the engine's own, and other cells. */
export interface SqlScope extends SqlNames {
  cells: NamedTable[];
}

/** What could stand at a place of a statement: behind `from` tables, behind a dot columns, else all there is. */
export function sqlCompletions(sql: string, at: number, scope: SqlScope): Completions {
  const [written = ""] = /(?:"[^"\n]*|[\p{L}_][\p{L}\p{N}_$]*)?$/u.exec(sql.slice(0, at)) ?? [];
  const from = at - written.length;
  const tokens = lexSql(sql);
  const before = tokens.filter(({ start }) => start < from);
  const named = namesOf(tokens, scope);
  if (before.at(-1)?.text === ".") {
    const owner = named.get(before.at(-2)?.name ?? "");
    return { from, options: owner ? columnsOf(owner) : [] };
  }
  const tables = tableOptions(tokens, scope);
  // there are hundreds of these: those alone that begin as the word does, so that none takes a name's place
  const isBegun = (label: string) => label.startsWith(written.toLowerCase());
  const isAtTable = isTablePlace(before);
  const functions = scope.functions
    .filter(({ name, isTable }) => isTable === isAtTable && isBegun(name))
    .map(toFunction);
  if (isAtTable) return { from, options: [...tables, ...functions] };
  const read = [...new Set(named.values())];
  const columns = read.flatMap(columnsOf);
  const words = [...keywords, ...typeWords].filter(isBegun).map((label): Completion => {
    return { label, kind: "word", rank: 0 };
  });
  const options = [...columns, ...tables, ...functions, ...words];
  return { from, options: distinct(options) };
}

/** A name as it must be written. */
export function quoteName(name: string): string {
  const isPlain = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !reserved.has(name.toLowerCase());
  return isPlain ? name : `"${name.replaceAll('"', '""')}"`;
}

const reserved = new Set(reservedWords);

/** After these a table is named; a comma goes on with what its clause began. */
const tableWords = new Set(["from", "join", "describe", "summarize", "pivot", "unpivot", "table"]);
const clauseWords = new Set(
  "select where on using by having qualify limit offset window values set".split(" "),
);

function isTablePlace(before: readonly SqlToken[]): boolean {
  const last = before.at(-1);
  if (last?.kind === "word" && tableWords.has(last.name!)) return true;
  if (last?.text !== ",") return false;
  let depth = 0;
  for (const { text, name, kind } of before.toReversed()) {
    if (text === ")") depth += 1;
    else if (text === "(" && --depth < 0) return false;
    else if (depth === 0 && kind === "word" && tableWords.has(name!)) return true;
    else if (depth === 0 && kind === "word" && clauseWords.has(name!)) return false;
  }
  return false;
}

function tableOptions(tokens: readonly SqlToken[], { tables, cells }: SqlScope): Completion[] {
  const option = (kind: Completion["kind"], rank: number) => (name: string) => {
    return withQuotes({ label: name, kind, rank });
  };
  return distinct([
    ...clausesOf(tokens).map(option("clause", 4)),
    ...cells.map(({ name }) => option("cell", 3)(name)),
    ...tables.map(({ name }) => option("table", 2)(name)),
  ]);
}

/** The names of `with` clauses: `name as (`, `name (columns) as not materialized (`. */
function clausesOf(tokens: readonly SqlToken[]): string[] {
  return tokens.flatMap(({ kind, name, text }, i) => {
    if (name === undefined || !/^(with|recursive|,)$/i.test(tokens[i - 1]?.text ?? "")) return [];
    const head = tokens.slice(i + 1, i + 64).map((token) => token.text.toLowerCase());
    const columns = head[0] === "(" ? head.indexOf(")") + 1 : 0;
    const opening = head.slice(columns, columns + 4).join(" ");
    if (!/^as (not )?(materialized )?\(/.test(opening)) return [];
    return [kind === "quoted" ? text.slice(1, -1).replaceAll('""', '"') : text];
  });
}

/** The tables that a statement names, by name and by alias. */
function namesOf(
  tokens: readonly SqlToken[],
  { tables, cells }: SqlScope,
): Map<string, NamedTable> {
  const known = new Map(
    [...tables, ...cells].map((table) => [table.name.toLowerCase(), table] as const),
  );
  const named = new Map<string, NamedTable>();
  tokens.forEach(({ name }, i) => {
    const table = known.get(name ?? "");
    const before = tokens[i - 1];
    const isNamed =
      before?.text === "," || (before?.kind === "word" && tableWords.has(before.name!));
    if (!table || !isNamed) return;
    named.set(name!, table);
    const next = tokens[i + 1]?.name === "as" ? tokens[i + 2] : tokens[i + 1];
    const isAlias =
      next?.kind === "quoted" || (next?.kind === "word" && !notAliases.has(next.name!));
    if (next && isAlias) named.set(next.name!, table);
  });
  return named;
}

const notAliases = new Set([...reservedWords, ...keywords]);

function columnsOf({ name: table, columns }: NamedTable): Completion[] {
  return columns.map(({ name, type }) =>
    withQuotes({
      label: name,
      kind: "column",
      detail: `${type.toLowerCase()} · ${table}`,
      rank: 5,
    }),
  );
}

function toFunction({ name }: SqlNames["functions"][number]): Completion {
  return { label: name, apply: `${name}(`, kind: "function", rank: 1 };
}

function withQuotes(completion: Completion): Completion {
  const apply = quoteName(completion.label);
  return apply === completion.label ? completion : { ...completion, apply };
}

/** The first of each label: what is nearer stands before what is further away. */
function distinct(options: readonly Completion[]): Completion[] {
  const seen = new Set<string>();
  return options.filter(({ label, kind }) => {
    const key = kind === "column" ? `column ${label}` : label;
    return !seen.has(key) && seen.add(key);
  });
}
