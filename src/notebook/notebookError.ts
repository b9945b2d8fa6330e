/** Why a document cannot be read. */
export type NotebookErrorCode =
  | "word"
  | "text"
  | "file"
  | "columns"
  | "filter"
  | "filterValue"
  | "day"
  | "mark"
  | "unclosed"
  | "twoFilters"
  | "twoCells"
  | "name"
  | "analysis";

/** A document that cannot be read: the line of the cell, counted from 1, and the word that is the trouble. */
export class NotebookError extends SyntaxError {
  override name = "NotebookError";
  readonly code: NotebookErrorCode;
  readonly line: number;
  readonly word: string;

  constructor(
    message: string,
    { code, line, word = "", cause }: Pick<NotebookError, "code" | "line"> & Partial<NotebookError>,
  ) {
    super(`${message}; line: ${line}${word && `: ${word}`}`, { cause });
    this.code = code;
    this.line = line;
    this.word = word;
  }
}
