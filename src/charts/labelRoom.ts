import { interpolateAt } from "./interpolateAt.ts";

/** A strip of varying height, pixels from the top. */
export interface Strip {
  /** ascending */
  X: number[];
  top: number[];
  bottom: number[];
}

/** More places than this are not tried. */
const mostTries = 240;

/**
 * Where a label has most room in a strip, the middle of the strip before other places: the label's
 * middle; undefined where it fits nowhere.
 *
 * @param label its size in pixels
 */
export function labelRoom(
  { X, top, bottom }: Strip,
  { wide, high }: { wide: number; high: number },
): { x: number; y: number } | undefined {
  const [left = 0] = X;
  const right = X.at(-1) ?? 0;
  if (right - left < wide) return undefined;
  const step = Math.max(1, Math.ceil(X.length / mostTries));
  const tries = [(left + right) / 2, ...X.filter((_, i) => i % step === 0)];
  let best: { x: number; y: number } | undefined;
  let most = high;
  for (const place of tries) {
    const x = Math.max(left + wide / 2, Math.min(right - wide / 2, place));
    const ends = [x - wide / 2, x + wide / 2] as const;
    const upper = edgeOver(X, top, ends, Math.max);
    const lower = edgeOver(X, bottom, ends, Math.min);
    if (lower - upper < most + (best ? 1e-6 : 0)) continue;
    most = lower - upper;
    best = { x, y: (upper + lower) / 2 };
  }
  return best;
}

/** The lowest or highest place of an edge between two ends. */
function edgeOver(
  X: number[],
  Y: number[],
  [from, to]: readonly [number, number],
  pick: (a: number, b: number) => number,
): number {
  let edge = pick(valueAt(X, Y, from), valueAt(X, Y, to));
  for (let i = 0; i < X.length; ++i) {
    const x = X[i] as number;
    if (x >= from && x <= to) edge = pick(edge, Y[i] as number);
  }
  return edge;
}

function valueAt(X: number[], Y: number[], x: number): number {
  const isBefore = x <= (X[0] as number);
  return interpolateAt(X, Y, x) ?? ((isBefore ? Y[0] : Y.at(-1)) as number);
}
