import { formatInfo, parseInfo } from "./fenceInfo.ts";
import type { FileRecipe, Params } from "./notebook.ts";
import { NotebookError } from "./notebookError.ts";

const asked = "asked_";

/** What stands behind `file` in a fence's info string: `kind platform=… src=path role=column … asked_question=answer`. */
export function formatFile({ kind, platform, src, columns, answers }: FileRecipe): string {
  const params: Params = { platform, src: src ?? null };
  for (const [role, column] of Object.entries(columns)) {
    params[role] = typeof column === "string" ? toText(column) : JSON.stringify(column);
  }
  for (const [question, answer] of Object.entries(answers)) params[asked + question] = answer;
  return formatInfo({ name: kind, id: undefined, isFolded: false, params });
}

/**
 * Reads what `formatFile` writes.
 *
 * @param line of the fence in its document; named in errors
 * @throws NotebookError
 */
export function parseFile(text: string, line: number): FileRecipe {
  const { name: kind, params } = parseInfo(text, line);
  if (!kind) throw new NotebookError("invalid file; not what it is", { code: "file", line });
  const { platform = null, src = null, ...words } = params;
  const texts = Object.entries(words).map(([word, value]) => [word, String(value)] as const);
  const isAnswer = ([word]: readonly [string, string]) => word.startsWith(asked);
  return {
    kind,
    platform: platform === null ? null : String(platform),
    ...(src !== null && { src: String(src) }),
    columns: Object.fromEntries(
      texts
        .filter((entry) => !isAnswer(entry))
        .map(([role, column]) => [role, fromText(column, line)]),
    ),
    answers: Object.fromEntries(
      texts.filter(isAnswer).map(([word, answer]) => [word.slice(asked.length), answer]),
    ),
  };
}

/** A name that looks like several is written as a list of one. */
function toText(column: string): string {
  return column.startsWith("[") ? JSON.stringify([column]) : column;
}

function fromText(text: string, line: number): string | string[] {
  if (!text.startsWith("[")) return text;
  try {
    const names = (JSON.parse(text) as unknown[]).map(String);
    return names.length === 1 ? names[0]! : names;
  } catch (cause) {
    throw new NotebookError("invalid file; no list of columns", {
      code: "columns",
      line,
      word: text,
      cause,
    });
  }
}
