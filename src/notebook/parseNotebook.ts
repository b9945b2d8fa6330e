import { parseInfo } from "./fenceInfo.ts";
import { parseFile } from "./fileText.ts";
import { parseFilter } from "./filter.ts";
import { currentVersion, freeId } from "./notebook.ts";
import type { Block, Notebook } from "./notebook.ts";
import { NotebookError } from "./notebookError.ts";

/** A line with its end, which may be any of the three, and without. */
interface Line {
  whole: string;
  content: string;
}

/**
 * Reads a document. Fences of other kinds are prose, and so is a cell of a later version's document that
 * is not understood.
 *
 * @throws NotebookError naming the line of a cell that cannot be read
 */
export function parseNotebook(text: string): Notebook {
  const lines = [...text.matchAll(/([^\r\n]*)(?:\r\n|\n|\r|$)/g)]
    .map(([whole, content = ""]): Line => ({ whole, content }))
    .filter(({ whole }) => whole !== "");
  const marked = /^\uFEFF?<!-- perennial (\d{1,6}) -->\s*$/.exec(lines[0]?.content ?? "")?.[1];
  const version = Number(marked ?? 1);
  const textOf = (from: number, to: number) =>
    lines
      .slice(from, to)
      .map(({ whole }) => whole)
      .join("");
  const blocks: Block[] = [];
  const start = afterBlanks(lines, marked === undefined ? 0 : 1);
  for (let at = start; at < lines.length;) {
    const read = readFence(lines, at, blocks, version > currentVersion);
    const end = read ? read.end : endOfProse(lines, at, version > currentVersion);
    const next = afterBlanks(lines, end);
    const source = textOf(at, next);
    if (read) blocks.push({ ...read.block, source });
    else {
      const markdown = textOf(at, end).replace(/^\uFEFF/, "");
      const said = markdown.replace(/\r\n?/g, "\n").trim();
      blocks.push({ type: "prose", id: freeId(blocks, "text-1"), markdown: said, source });
    }
    at = next;
  }
  return { version, head: textOf(0, start), blocks };
}

function afterBlanks(lines: readonly Line[], at: number): number {
  while (at < lines.length && lines[at]!.content.trim() === "") ++at;
  return at;
}

/** A cell or filter whose fence opens on a line, and the line after its end. */
function readFence(
  lines: readonly Line[],
  at: number,
  blocks: readonly Block[],
  isNewer: boolean,
): { block: Block; end: number } | undefined {
  const open = openingOf(lines[at]!);
  if (!open || !isOurs(open.info)) return undefined;
  try {
    const last = closingLine(lines, at, open.ticks);
    if (last < 0) throw new NotebookError("unclosed cell", { code: "unclosed", line: at + 1 });
    const body = lines.slice(at + 1, last).map(({ content }) => content);
    return { block: toBlock(open.info, body.join("\n"), at + 1, blocks), end: last + 1 };
  } catch (error) {
    if (isNewer) return undefined;
    throw error;
  }
}

function endOfProse(lines: readonly Line[], from: number, isNewer: boolean): number {
  let at = from;
  while (at < lines.length) {
    const open = openingOf(lines[at]!);
    // what is not understood of a later version is read on behind its first line
    if (open && isOurs(open.info) && !(isNewer && at === from)) break;
    const last = open ? closingLine(lines, at, open.ticks) : at;
    at = last < 0 ? lines.length : last + 1;
  }
  return at;
}

function openingOf({ content }: Line): { ticks: string; info: string } | undefined {
  const [, ticks = "", info = ""] = /^(`{3,}|~{3,})\s*(.*)$/.exec(content) ?? [];
  return ticks === "" || (ticks.startsWith("`") && info.includes("`"))
    ? undefined
    : { ticks, info };
}

function closingLine(lines: readonly Line[], at: number, ticks: string): number {
  const isClosing = ({ content }: Line) => {
    const text = content.trim();
    return text.startsWith(ticks) && text === ticks[0]!.repeat(text.length);
  };
  return lines.findIndex((line, later) => later > at && isClosing(line));
}

/** `sql` alone is a piece of code to read; with a name it is a cell. */
function isOurs(info: string): boolean {
  return /^(analysis|filter|file)(\s|$)|^sql\s+\S/.test(info);
}

function toBlock(info: string, body: string, line: number, blocks: readonly Block[]): Block {
  const [kind = ""] = info.split(/\s/, 1);
  const words = info.slice(kind.length).trim();
  if (kind === "filter") {
    if (blocks.some(({ type }) => type === "filter"))
      throw new NotebookError("second filter", { code: "twoFilters", line });
    return { type: "filter", id: "filter", filter: parseFilter(words, line) };
  }
  if (kind === "file") {
    return { type: "file", id: freeId(blocks, "file"), ...parseFile(words, line) };
  }
  const { name, id, isFolded, params } = parseInfo(words, line);
  const folded = isFolded ? { isFolded } : {};
  const own = kind === "sql" ? name : id;
  if (own !== undefined && blocks.some((block) => block.id === own))
    throw new NotebookError("second cell of one name", { code: "twoCells", line, word: own });
  if (kind === "sql") {
    if (!name || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))
      throw new NotebookError("invalid name; not letters, digits and _", {
        code: "name",
        line,
        word: name ?? info,
      });
    return { type: "sql", id: name, sql: body, params, ...folded };
  }
  if (!name || !/^[a-z0-9-]+$/.test(name))
    throw new NotebookError("invalid cell; no name of an analysis", { code: "analysis", line });
  return { type: "analysis", id: id ?? freeId(blocks, name), analysis: name, params, ...folded };
}
