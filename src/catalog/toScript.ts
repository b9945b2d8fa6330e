import type { ParamValue } from "./bindParams.ts";
import type { Localized, Query } from "./query.ts";

/**
 * The query as a stand-alone script for another engine: the params written as literals, nothing
 * else touched.
 *
 * @param values as `bindParams` gives them; an absent or null one takes the fallback of the SQL
 * @param say its words in the language of whoever reads it
 */
export function toScript(
  query: Query,
  values: Record<string, ParamValue> = {},
  say: (words: Localized) => string = ({ en }) => en,
): string {
  const reads = query.needs.length > 0 ? `reads: ${query.needs.join(", ")}` : "";
  const head = [query.title, query.question, query.definition].map(say);
  return `${toComment([...head, reads])}\n\n${writeLiterals(query.sql, values)}`;
}

/** Texts as comments, a line each at the least; those without words are left out. */
export function toComment(texts: readonly string[]): string {
  const lines = texts.filter(Boolean).flatMap((text) => text.split(/\r\n|[\r\n\u2028\u2029]/));
  return lines.map((line) => `-- ${line}`.trimEnd()).join("\n");
}

/** `coalesce(getvariable('x'), fallback)` becomes the literal, or the fallback where unset. */
export function writeLiterals(sql: string, values: Record<string, ParamValue>): string {
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
  if (typeof value === "string") return toText(value);
  // a cast binds closer than a sign
  return typeof value === "number" && value < 0 ? `(${value})` : String(value);
}

/** What editors and terminals lose on the way is written by its number. */
function toText(text: string): string {
  const parts = text.split(/(\p{Cc})/u).filter(Boolean);
  const said = parts.map((part) =>
    /\p{Cc}/u.test(part) ? `chr(${part.charCodeAt(0)})` : `'${part.replaceAll("'", "''")}'`,
  );
  if (said.length < 2 && !said[0]?.startsWith("chr")) return said[0] ?? "''";
  return `(${said.join(" || ")})`;
}
