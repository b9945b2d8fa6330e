import { distinctOf } from "./distinctOf.ts";

/**
 * Ranks of values of which each stands for `weight` equal ones, ascending from 1; ties share the
 * middle of their ranks.
 *
 * O(n)
 */
export function toRanks(values: Float64Array, weight: Float64Array): Float64Array {
  const { distinct, places } = distinctOf(values);
  const tied = new Float64Array(distinct.length);
  for (let i = 0; i < values.length; ++i) tied[places[i]!]! += weight[i]!;
  let below = 0;
  const middle = tied.map((count) => {
    below += count;
    return below - (count - 1) / 2;
  });
  return Float64Array.from(places, (place) => middle[place]!);
}
