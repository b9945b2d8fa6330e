/**
 * Why something could not be kept: the browser has no storage, or it is of a later version of this page; it is full;
 * it does not answer; another tab wrote meanwhile; what was there is gone; or any other fault.
 */
export type StorageErrorCode =
  "unavailable" | "newer" | "full" | "timeout" | "conflict" | "gone" | "failed";

export class StorageError extends Error {
  override name = "StorageError";
  readonly code: StorageErrorCode;
  constructor(code: StorageErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** What the browser's storage threw, by its name. */
export function toStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const { name = "", message = String(error) } = (error ?? {}) as Partial<Error>;
  return new StorageError(codes[name] ?? "failed", `${name}: ${message}`, error);
}

const codes: Record<string, StorageErrorCode> = {
  QuotaExceededError: "full",
  SecurityError: "unavailable",
  VersionError: "newer",
};
