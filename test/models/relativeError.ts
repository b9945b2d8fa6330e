/** |got − expected| against |expected|, or against 1 where that is smaller */
export function relativeError(got: number, expected: number): number {
  return Math.abs(got - expected) / Math.max(1, Math.abs(expected));
}
