import { lexSql } from "./lexSql.ts";
import type { SqlToken } from "./lexSql.ts";

/**
 * The names that a statement reads as tables, in lower case and in the order in which it first reads each:
 * those after `from` and `join` and in their lists. What one of its own `with` clauses calls so is none
 * where that clause can be seen, nor is what has a schema before it, or only looks like a table: the name of
 * a column, of a function, or a word of a text or a comment.
 */
export function tablesRead(sql: string): string[] {
  const tokens = lexSql(sql);
  return [...new Set(tablePlaces(tokens).map((place) => tokens[place]!.name!))];
}

/** The places of the tokens by which a statement names them. */
export function tablePlaces(tokens: readonly SqlToken[]): number[] {
  const levels: Level[] = [toLevel(tokens, 0, "query")];
  const places: number[] = [];
  tokens.forEach((token, i) => {
    const level = levels.at(-1)!;
    if (token.text === "(") levels.push(opened(tokens, i, level));
    else if (token.text === ")") closed(levels);
    else if (!isClause(tokens, i, level)) {
      const isTable = takeToken(tokens, i, level);
      if (isTable && !levels.some(({ own }) => own.has(token.name!))) places.push(i);
    }
  });
  return places;
}

/** What stands between two brackets. */
interface Level {
  /** a query, the tables of a `from` in brackets, or anything else */
  kind: "query" | "tables" | "other";
  /** names of the `with` clauses that are seen here and further in */
  own: Set<string>;
  /** inside of a list of tables */
  isFrom: boolean;
  /** where the name of a table may stand next */
  isName: boolean;
  clause: Clause | undefined;
  /** the `with` clause that this is the query of; it is seen from its end on */
  gives: string | undefined;
}

/** A place in a list of `with` clauses. */
interface Clause {
  /** what stands there: a name, what is between it and its query, or what comes after that */
  at: "name" | "head" | "end";
  name: string;
  isRecursive: boolean;
}

function toLevel(tokens: readonly SqlToken[], at: number, fallback: Level["kind"]): Level {
  const first = tokens.slice(at, at + mostBrackets).find(({ text }) => text !== "(");
  const kind = beginnings.has(first?.name ?? "") ? "query" : fallback;
  const isFrom = kind === "tables";
  return { kind, own: new Set(), isFrom, isName: isFrom, clause: undefined, gives: undefined };
}

function opened(tokens: readonly SqlToken[], at: number, level: Level): Level {
  const inner = toLevel(tokens, at + 1, level.isName ? "tables" : "other");
  level.isName = false;
  const { clause } = level;
  // a bracket before `as` holds the names of columns
  if (clause?.at !== "head" || !/^(as|materialized)$/.test(tokens[at - 1]?.name ?? ""))
    return inner;
  if (clause.isRecursive) level.own.add(clause.name);
  return { ...inner, kind: "query", isName: false, isFrom: false, gives: clause.name };
}

function closed(levels: Level[]): void {
  if (levels.length === 1) return;
  const { gives } = levels.pop()!;
  const level = levels.at(-1)!;
  level.isName = false;
  if (gives === undefined || !level.clause) return;
  level.own.add(gives);
  level.clause = { ...level.clause, at: "end" };
}

/** Whether a token belongs to a list of `with` clauses: `with name (columns) as not materialized (…), name …`. */
function isClause(tokens: readonly SqlToken[], at: number, level: Level): boolean {
  const { name, text } = tokens[at]!;
  const next = tokens[at + 1];
  if (level.kind === "query" && name === "with") {
    level.clause = { at: "name", name: "", isRecursive: next?.name === "recursive" };
    return true;
  }
  const { clause } = level;
  if (!clause) return false;
  if (clause.at === "name") {
    if (name === "recursive" && tokens[at - 1]?.name === "with") return true;
    if (name !== undefined && (next?.name === "as" || next?.text === "(")) {
      level.clause = { ...clause, at: "head", name };
      return true;
    }
  } else if (clause.at === "head") {
    if (/^(as|not|materialized)$/.test(name ?? "")) return true;
  } else if (text === ",") {
    level.clause = { ...clause, at: "name" };
    return true;
  }
  level.clause = undefined; // the list is over, or it was a `with` of another kind
  return false;
}

/** Follows where tables are named. @returns whether this token names one */
function takeToken(tokens: readonly SqlToken[], at: number, level: Level): boolean {
  const { kind, name, text } = tokens[at]!;
  const [before, after] = [tokens[at - 1], tokens[at + 1]];
  const word = kind === "word" ? name! : "";
  if (text === ",") level.isName = level.isFrom;
  if (level.kind === "other" || name === undefined) return false;
  if (word === "from" ? before?.name !== "distinct" : word === "join") {
    Object.assign(level, { isFrom: true, isName: true });
    return false;
  }
  if (isStatement(word, before)) {
    level.isName = after?.text !== "(";
    return false;
  }
  if (ends.has(word) || pauses.has(word)) {
    Object.assign(level, { isFrom: level.isFrom && pauses.has(word), isName: false });
    return false;
  }
  if (!level.isName || word === "lateral" || word === "only") return false;
  const isAlias = after?.text === ":"; // an alias may stand before its table
  level.isName = isAlias;
  return !isAlias && after?.text !== "(" && after?.text !== "." && before?.text !== ".";
}

/** `table orders`, `describe orders`, …: statements that begin with their word and go on with a table */
function isStatement(word: string, before: SqlToken | undefined): boolean {
  if (!statements.has(word)) return false;
  return (
    before === undefined || /^(\(|\)|union|all|except|intersect)$/.test(before.text.toLowerCase())
  );
}

const mostBrackets = 64;
/** statements that begin with their word and go on with a table */
export const statements = new Set(["table", "describe", "summarize", "show", "pivot", "unpivot"]);
const beginnings = new Set(["select", "with", "from", "values", ...statements]);

/** words that end a list of tables */
export const ends = new Set(
  "where group order having limit offset window qualify union intersect except select values sample".split(
    " ",
  ),
);

/** words that stand between two tables of a list */
export const pauses = new Set(
  "on using inner left right full outer cross natural asof semi anti positional".split(" "),
);
