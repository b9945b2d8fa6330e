/** A word of a statement, as the engine's own lexer cuts it. */
export interface SqlToken {
  kind: "word" | "quoted" | "text" | "number" | "symbol";
  /** as it stands */
  text: string;
  /** of words and quoted names: the name, in lower case, as the engine compares names */
  name: string | undefined;
  /** place of its first character */
  start: number;
}

/** The tokens of a statement without its comments and blanks; what is not closed goes to the end. */
export function lexSql(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < sql.length) {
    const start = pattern.lastIndex;
    if (sql.startsWith("/*", start)) {
      pattern.lastIndex = endOfComment(sql, start);
      continue;
    }
    const { 0: text, groups = {} } = pattern.exec(sql)!;
    if (groups.skip !== undefined) continue;
    const kind = (["text", "quoted", "word", "number"] as const).find((one) => groups[one]);
    const name = kind === "word" ? text : kind === "quoted" ? unquote(text) : undefined;
    tokens.push({ kind: kind ?? "symbol", text, name: name && fold(name), start });
  }
  return tokens;
}

/** A name as the engine compares it: only the letters of ASCII have two cases. */
export function fold(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

const letter = "(?!\\s)[A-Za-z_\\u{80}-\\u{10ffff}]";
const pattern = new RegExp(
  [
    String.raw`(?<skip>\s+|--[^\n]*)`,
    String.raw`(?<text>[eE]'(?:[^'\\]|\\[^]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|\$(?<tag>\w*)\$[^]*?(?:\$\k<tag>\$|$))`,
    String.raw`(?<quoted>"(?:[^"]|"")*(?:"|$))`,
    String.raw`(?<word>${letter}(?:${letter}|[\d$])*)`,
    String.raw`(?<number>\d(?:[\w.]*))`,
    "[^]",
  ].join("|"),
  "uy",
);

function unquote(text: string): string {
  return text.replace(/^"|"$/g, "").replaceAll('""', '"');
}

/** Comments of this kind stand in each other. */
function endOfComment(sql: string, start: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  for (let depth = 0; ;) {
    const [mark] = edge.exec(sql) ?? [];
    if (mark === undefined) return sql.length;
    depth += mark === "/*" ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
}
