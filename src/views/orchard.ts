export interface Tree {
  x: number;
  y: number;
  radius: number;
  /** 1 to 7, the step of the sequential colours */
  step: number;
}

/**
 * The cohort triangle as an orchard: a row for a cohort, a tree for a month, its crown the share that
 * still buys. Made of a formula, not of anybody's data.
 */
export function orchard(rows: number, spacing: number): Tree[] {
  const trees: Tree[] = [];
  for (let row = 0; row < rows; ++row) {
    for (let k = 0; k < rows - row; ++k) {
      const share =
        k === 0 ? 1 : 0.2 + 0.55 * Math.exp(-k / 3.2) + 0.07 * Math.sin(row * 2.1 + k * 1.3);
      trees.push({
        x: (k + 0.5) * spacing,
        y: (row + 0.5) * spacing,
        radius: Number((0.46 * spacing * Math.sqrt(share)).toFixed(2)),
        step: Math.max(1, Math.min(7, Math.round(share * 5) + 1)),
      });
    }
  }
  return trees;
}
