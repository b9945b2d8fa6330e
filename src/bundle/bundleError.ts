export type BundleErrorCode =
  | "not-bundle"
  | "newer"
  | "bad-key"
  | "wrong-key"
  | "truncated"
  | "damaged"
  | "too-large"
  | "unreadable";

/** A bundle that cannot be opened, told apart by `code`. */
export class BundleError extends Error {
  override name = "BundleError";
  readonly code: BundleErrorCode;
  constructor(code: BundleErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
