export interface Effect {
  name: string;
  /** NaN where there is none; at least one is a number */
  low: number;
  high: number;
  /** the row of the table, where the bar is one */
  row?: number;
}

/**
 * Effects with a figure, the widest first, at most so many; equally wide ones in their order. The width
 * counts from the base line at 0.
 */
export function toEffects(effects: Effect[], most: number): Effect[] {
  const known = effects.filter(({ low, high }) => Number.isFinite(low) || Number.isFinite(high));
  return known.sort((a, b) => widthOf(b) - widthOf(a)).slice(0, most);
}

/** From where to where a bar stands, the base line between or at an end. */
export function spanOf({ low, high }: Effect): [number, number] {
  const ends = [low, high].filter((end) => Number.isFinite(end));
  return [Math.min(0, ...ends), Math.max(0, ...ends)];
}

function widthOf(effect: Effect): number {
  const [from, to] = spanOf(effect);
  return to - from;
}
