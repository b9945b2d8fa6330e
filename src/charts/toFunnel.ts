/** A step as it comes; NaN where there is no number. */
export interface Step {
  value: number;
  /** of the first step, where the table has it */
  first: number;
}

export interface Tier {
  /** share of the widest bar, 0 to 1; undefined where nothing is known of the step */
  size: number | undefined;
  /** share of the first step; NaN where that is 0 or unknown */
  first: number;
}

/**
 * How wide the bar of each step is. Where the table knows the share of the first step, that is it, since the
 * first step may be another number of people for each; else the value. The widest one fills the room.
 */
export function toFunnel(steps: Step[]): Tier[] {
  const base = steps.find(({ value }) => Number.isFinite(value))?.value ?? Number.NaN;
  const firsts = steps.map(({ value, first }) =>
    Number.isNaN(first) ? value / (base > 0 ? base : Number.NaN) : first,
  );
  const widest = firsts.reduce((most, first) => (first > most ? first : most), 0);
  return steps.map(({ value }, i) => {
    const first = firsts[i] as number;
    const isKnown = Number.isFinite(value);
    const size = widest > 0 && first > 0 ? first / widest : 0;
    return { first, size: isKnown ? size : undefined };
  });
}
