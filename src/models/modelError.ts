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

const lacks: readonly ModelErrorCode[] = [
  "no-customers",
  "nobody-lost",
  "too-few-repeat-buyers",
  "too-few-spenders",
  "empty-calibration",
  "empty-holdout",
];

/** Whether nothing is wrong but that there are too few customers, orders or days for a model. */
export function isLackOfData(error: unknown): boolean {
  return error instanceof ModelError && lacks.includes(error.code);
}

export interface ModelErrorDetails {
  /** what there was */
  value?: number;
  /** the least that would do */
  needed?: number;
  cause?: unknown;
}
