import type { ParamValue } from "./bindParams.ts";
import type { Query } from "./query.ts";

/**
 * The query as a stand-alone script for another engine: the params written as literals, nothing
 * else touched.
 *
 * @param values as `bindParams` gives them; an absent or null one takes the fallback of the SQL
 */
export function toScript(query: Query, values: Record<string, ParamValue> = {}): string {
  const head = [`-- ${query.title.en}`];
  if (query.question.en) head.push(`-- ${query.question.en}`);
  if (query.needs.length) head.push(`-- reads: ${query.needs.join(", ")}`);
  return `${head.join("\n")}\n\n${writeLiterals(query.sql, values)}`;
}

/** `coalesce(getvariable('x'), fallback)` becomes the literal, or the fallback where unset. */
function writeLiterals(sql: string, values: Record<string, ParamValue>): string {
  const start = /(coalesce\()?getvariable\('(\w+)'\)/;
  let text = "";
  let rest = sql;
  for (let match = start.exec(rest); match; match = start.exec(rest)) {
    const [found, coalesce, name = ""] = match;
    text += rest.slice(0, match.index);
    rest = rest.slice(match.index + found.length);
    const value = values[name] ?? null;
    if (!coalesce) {
      text += toLiteral(value);
      continue;
    }
    const end = closing(rest);
    const fallback = rest.slice(0, end).replace(/^\s*,\s*/, "");
    text += value === null ? fallback : toLiteral(value);
    rest = rest.slice(end + 1);
  }
  return text + rest;
}

/** Index of the parenthesis that closes the one before `text`. */
function closing(text: string): number {
  let depth = 1;
  for (let i = 0; i < text.length; ++i) {
    if (text[i] === "'") i = text.indexOf("'", i + 1);
    else if (text[i] === "(") ++depth;
    else if (text[i] === ")" && --depth === 0) return i;
  }
  throw new SyntaxError("unclosed coalesce");
}

function toLiteral(value: ParamValue): string {
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  // a cast binds closer than a sign
  return typeof value === "number" && value < 0 ? `(${value})` : String(value);
}
