export type RunStyle = "solid" | "faded" | "dashed";

export interface Run {
  style: RunStyle;
  /** rows of the table, at least two */
  rows: number[];
}

/**
 * A line cut into runs of one style: a stretch that ends in a period that is not over is dashed, one that
 * touches a small base is faded. Neighbouring runs share a row, so that the line has no gap.
 */
export function toRuns(
  rows: number[],
  { complete, small }: { complete: Uint8Array; small: Uint8Array },
): Run[] {
  const runs: Run[] = [];
  for (let place = 1; place < rows.length; ++place) {
    const [from, to] = [rows[place - 1] as number, rows[place] as number];
    const style =
      complete[to] === 0 ? "dashed" : small[from] === 1 || small[to] === 1 ? "faded" : "solid";
    const last = runs.at(-1);
    if (last?.style === style) last.rows.push(to);
    else runs.push({ style, rows: [from, to] });
  }
  return runs;
}
