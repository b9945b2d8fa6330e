/**
 * The names that a statement reads as tables: those after `from` and `join` and in their lists, without
 * those of its own `with` clauses. Names inside of quoted identifiers count as they are, others in lower
 * case; what only looks like one, in a text or a comment, does not count.
 */
export function tablesRead(sql: string): string[] {
  const tokens = [...sql.matchAll(pattern)].filter(({ groups }) => !groups?.skip);
  const own = new Set<string>();
  const read = new Set<string>();
  const levels: Level[] = [{ isFrom: false, isName: false }];
  tokens.forEach((token, i) => {
    const level = levels.at(-1)!;
    const word = token.groups?.word?.toLowerCase();
    const name = token.groups?.quoted?.slice(1, -1).replaceAll('""', '"') ?? word;
    const after = tokens[i + 1]?.[0].toLowerCase();
    if (token[0] === "(") levels.push({ isFrom: false, isName: false });
    else if (token[0] === ")") {
      if (levels.length > 1) levels.pop();
      levels.at(-1)!.isName = false;
    } else if (token[0] === ",") level.isName = level.isFrom;
    else if (word === "from" || word === "join")
      Object.assign(level, { isFrom: true, isName: true });
    else if (word && ends.has(word)) Object.assign(level, { isFrom: false, isName: false });
    else if (name !== undefined) {
      const isQualified = after === "." || tokens[i - 1]?.[0] === ".";
      if (level.isName && word !== "lateral" && after !== "(" && !isQualified) read.add(name);
      if (word !== "lateral") level.isName = false;
      if (after === "as" && opensQuery(tokens, i + 2)) own.add(name);
    }
  });
  return [...read].filter((name) => !own.has(name));
}

interface Level {
  /** inside of a list of tables */
  isFrom: boolean;
  /** where the name of a table may stand next */
  isName: boolean;
}

const pattern =
  /(?<skip>--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*')|(?<quoted>"(?:[^"]|"")*")|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|[^\s\w]/gu;

const ends = new Set(
  "where group order having limit offset window qualify union intersect except select on using set values sample".split(
    " ",
  ),
);

/** `name as (`, `name as materialized (`; a window or a cast has other words before it */
function opensQuery(tokens: RegExpExecArray[], at: number): boolean {
  const words = tokens.slice(at, at + 4).map(([text]) => text.toLowerCase());
  const open = words.indexOf("(");
  if (open < 0 || !words.slice(0, open).every((word) => /^(not|materialized)$/.test(word)))
    return false;
  return ["select", "with", "from", "values", "(", "pivot", "unpivot"].includes(
    words[open + 1] ?? "",
  );
}
