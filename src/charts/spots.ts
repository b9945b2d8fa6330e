import type { Spot } from "./chart.ts";

type Place = Pick<Spot, "x" | "y" | "span">;

/**
 * The spot nearest to a place, or undefined where all are further than 60 pixels.
 *
 * @param reach how far a pixel counts across and down
 */
export function nearestSpot(
  spots: Place[],
  { x, y, reach: [across, down] }: Pick<Spot, "x" | "y"> & { reach: [number, number] },
): number | undefined {
  let nearest: number | undefined;
  let least = 60 ** 2;
  for (let i = 0; i < spots.length; ++i) {
    const spot = spots[i] as Place;
    const [top, bottom] = spot.span ?? [spot.y, spot.y];
    const away = Math.max(top - y, 0, y - bottom);
    const distance = ((spot.x - x) * across) ** 2 + (away * down) ** 2;
    if (distance < least) [nearest, least] = [i, distance];
  }
  return nearest;
}

/**
 * Where a key leads from a spot: arrows to the nearest one in their direction, Home and End to the first
 * and the last; undefined for any other key and where there is nothing further on.
 */
export function nextSpot(
  spots: Place[],
  from: number | undefined,
  key: string,
): number | undefined {
  if (spots.length === 0) return undefined;
  if (key === "Home") return 0;
  if (key === "End") return spots.length - 1;
  const direction = directions[key];
  if (!direction) return undefined;
  if (from === undefined) return key === "ArrowLeft" ? spots.length - 1 : 0;
  return nearestTowards(spots, from, direction);
}

const directions: Record<string, [number, number] | undefined> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

function nearestTowards(
  spots: Place[],
  from: number,
  [dx, dy]: [number, number],
): number | undefined {
  const start = spots[from] as Place;
  let best: number | undefined;
  let least = Infinity;
  for (let i = 0; i < spots.length; ++i) {
    const spot = spots[i] as Place;
    const ahead = (spot.x - start.x) * dx + (spot.y - start.y) * dy;
    const aside = Math.abs((spot.x - start.x) * dy) + Math.abs((spot.y - start.y) * dx);
    // Along x a step goes to the next place on the axis, however far up or down its value lies.
    const distance = dx === 0 ? ahead + 4 * aside : 4 * ahead + 0.25 * aside;
    if (ahead > 0.5 && distance < least) [best, least] = [i, distance];
  }
  return best;
}
