/** The conventions that the help explains, in its order: `help.<term>` and `help.<term>Note`. */
export const helpTerms = [
  "cohort",
  "index",
  "complete",
  "clock",
  "asOf",
  "order",
  "refund",
  "sameDay",
  "interval",
  "small",
  "money",
  "model",
  "remembered",
  "write",
  "filter",
  "share",
] as const;

/** The place of a term in the help. */
export function termId(term: string): string {
  return `help-term-${term}`;
}
