import { expect, it } from "vitest";
import { scaleOf } from "../../src/charts/heatmapGrid.ts";
import type { Grid } from "../../src/charts/heatmapGrid.ts";

function gridOf(k: number[], shares: number[], small: number[]): Grid {
  const [x, fill] = [k, shares].map((numbers) => ({ numbers: Float64Array.from(numbers) }));
  return {
    x: { ...x, type: "count" },
    fill: { ...fill, type: "share" },
    rows: k.map((_, i) => i),
    small: Uint8Array.from(small),
  } as unknown as Grid;
}

it.each([
  ["large", [0, 0, 0]],
  ["small", [1, 1, 1]],
])(
  "leaves the first period, where the share is 1 by definition, neutral on a %s base",
  (_, small) => {
    const { step, to } = scaleOf(gridOf([0, 1, 2], [1, 0.4, 0.2], small));
    expect(step(0)).toBe(0);
    expect(step(1)).toBe(7);
    expect(to).toBe(0.4);
  },
);
