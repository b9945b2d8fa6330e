/**
 * How a parameter is searched: `log`, a positive one, on its logarithm and by default within
 * [1e-4, 1e5]; `plain`, a coefficient of either sign, as it is and by default without bounds.
 */
export interface ParameterRange {
  scale: "log" | "plain";
  lower?: number;
  upper?: number;
}

/** Beyond these differences of ln Γ lose their digits. */
export const usualRange = { scale: "log", lower: 1e-4, upper: 1e5 } as const;
