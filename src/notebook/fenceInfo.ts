import type { Params } from "./notebook.ts";
import { NotebookError } from "./notebookError.ts";

/** What stands after the first word of a fence's info string: `name #id folded param=value …`. */
export interface FenceInfo {
  /** absent where the fence begins with its params */
  name: string | undefined;
  id: string | undefined;
  isFolded: boolean;
  params: Params;
}

/** Its params in their order, one as often as it stands there. */
export interface FenceWords extends FenceInfo {
  words: readonly [string, Params[string]][];
}

/**
 * Reads the words of an info string.
 *
 * @param line of the fence in its document, 1 is the first; named in errors
 * @throws NotebookError for a word that is none of these
 */
export function parseInfo(text: string, line: number): FenceWords {
  const info: FenceInfo = { name: undefined, id: undefined, isFolded: false, params: {} };
  const words: [string, Params[string]][] = [];
  const word = /(?:([\p{L}_][\p{L}\p{N}_-]*)=("(?:[^"\\]|\\.)*"|\S+)|#(\S+)|(\S+))\s*/uy;
  while (word.lastIndex < text.length) {
    const isFirst = word.lastIndex === 0;
    const [, param, value = "", id, plain] = word.exec(text) ?? [];
    if (param !== undefined) words.push([param, parseValue(value, line)]);
    else if (id !== undefined) info.id = id;
    else if (isFirst) info.name = plain;
    else if (plain === "folded") info.isFolded = true;
    else
      throw new NotebookError("invalid param; not name=value", {
        code: "word",
        line,
        word: plain ?? "",
      });
  }
  return { ...info, params: Object.fromEntries(words), words };
}

/** Writes what `parseInfo` reads; a param that is null is left to its default. */
export function formatInfo({ name, id, isFolded, params }: FenceInfo): string {
  const words = [name, id && `#${id}`, isFolded && "folded"].filter(Boolean);
  const set = Object.entries(params).filter(([, value]) => value !== null);
  return [...words, ...set.map(([param, value]) => `${param}=${formatValue(value)}`)].join(" ");
}

/** Text that could be mistaken for something else, or that has blanks, is quoted as in JSON. */
function formatValue(value: Params[string]): string {
  if (typeof value !== "string") return String(value);
  const isPlain = /^[^\s"]+$/.test(value) && parseValue(value, 0) === value;
  return isPlain ? value : JSON.stringify(value);
}

function parseValue(text: string, line: number): Params[string] {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  if (/^-?\d+(\.\d+)?(e[-+]?\d+)?$/.test(text)) return Number(text);
  if (!text.startsWith('"')) return text;
  try {
    return JSON.parse(text) as string;
  } catch (cause) {
    throw new NotebookError("invalid text", { code: "text", line, word: text, cause });
  }
}
