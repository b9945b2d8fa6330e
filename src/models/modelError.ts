export type ModelErrorCode =
  | "invalid-columns"
  | "invalid-parameter"
  | "unknown-model"
  | "no-customers"
  | "no-covariates"
  | "empty-calibration"
  | "empty-holdout"
  | "too-few-repeat-buyers"
  | "too-few-spenders"
  | "missing-columns"
  | "nobody-lost"
  | "cancelled"
  | "timeout"
  | "worker-died"
  | "closed"
  | "failed";

/** What the models could not do, told apart by `code`; `value` and `needed` are figures to show. */
export class ModelError extends Error {
  override name = "ModelError";
  readonly code: ModelErrorCode;
  readonly value: number | undefined;
  readonly needed: number | undefined;

  constructor(code: ModelErrorCode, message: string, details: ModelErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.value = details.value;
    this.needed = details.needed;
  }
}

export interface ModelErrorDetails {
  /** what there was */
  value?: number;
  /** the least that would do */
  needed?: number;
  cause?: unknown;
}
