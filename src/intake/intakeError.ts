/** Why a file could not be taken in. The sentence is made elsewhere, from the code and its values. */
export type IntakeErrorCode =
  | "empty"
  | "html"
  | "image"
  | "pdf"
  | "zip"
  | "xlsx"
  | "broken-zip"
  | "encrypted-zip"
  | "zip-method"
  | "inflates-too-far"
  | "too-many-files"
  | "empty-archive"
  | "broken-workbook"
  | "encrypted-workbook"
  | "uncalculated"
  | "document"
  | "summary-sheet"
  | "xls"
  | "json"
  | "parquet"
  | "binary"
  | "header-only"
  | "no-columns"
  | "no-time"
  | "no-customer"
  | "no-score"
  | "no-amount"
  | "no-orders"
  | "unreadable"
  | "too-much"
  | "cancelled"
  | "worker";

/** Values for the sentence of an error, a question or a note. */
export type Args = Record<string, string | number>;

/** What intake could not do, told apart by `code`. */
export class IntakeError extends Error {
  override name = "IntakeError";
  readonly code: IntakeErrorCode;
  readonly args: Args;
  constructor(code: IntakeErrorCode, args: Args = {}, cause?: unknown) {
    super(`${code}: ${JSON.stringify(args)}`, { cause });
    this.code = code;
    this.args = args;
  }
}
