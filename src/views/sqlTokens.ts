export interface SqlToken {
  kind: "comment" | "text" | "word" | "number" | "plain";
  text: string;
}

const keywords = new Set(
  (
    "all and any as asc between bigint boolean by case cast create cross date decimal desc distinct double " +
    "else end except exists false filter following from full group having in inner integer intersect interval " +
    "into is join last lateral left like limit materialized not null nulls offset on or order outer over " +
    "partition preceding range recursive right row rows select table then timestamp true unbounded union " +
    "using values varchar when where window with within"
  ).split(" "),
);

const pattern =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)|(?<text>'(?:[^']|'')*'|"(?:[^"]|"")*")|(?<number>\b\d+(?:\.\d+)?\b)|(?<name>[A-Za-z_]\w*)/g;

/** The parts of a SQL text, for colouring. Joined they are the text again. */
export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let end = 0;
  for (const match of sql.matchAll(pattern)) {
    const kind = kindOf(match);
    if (kind === "plain") continue;
    if (match.index > end) tokens.push({ kind: "plain", text: sql.slice(end, match.index) });
    tokens.push({ kind, text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < sql.length) tokens.push({ kind: "plain", text: sql.slice(end) });
  return tokens;
}

function kindOf(match: RegExpExecArray): SqlToken["kind"] {
  const { comment, text, number } = match.groups ?? {};
  if (comment) return "comment";
  if (text) return "text";
  if (number) return "number";
  return keywords.has(match[0].toLowerCase()) ? "word" : "plain";
}
