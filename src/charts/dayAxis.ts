import type { BrushMeaning } from "../catalog/query.ts";
import type { ChartInput, DayRange } from "./chart.ts";
import type { Field } from "./fields.ts";
import type { Grain } from "./grainOf.ts";

/** An axis of periods along which days can be chosen. */
export interface DayAxis {
  /** across or down the drawing */
  direction: "x" | "y";
  meaning: BrushMeaning;
  /** in the order in which they stand */
  places: DayPlace[];
  /** x, y, width and height of what the axis runs along */
  body: [number, number, number, number];
}

/** A period on an axis. */
export interface DayPlace {
  /** pixels along the axis */
  from: number;
  to: number;
  /** its first and last day, ISO */
  first: string;
  last: string;
}

const dayMs = 86_400_000;

/**
 * The axis of a channel, where the reader can choose days along it.
 *
 * @param starts first day of each period by its place, milliseconds since 1970, ascending
 * @param edges pixels where each place begins and ends
 * @returns undefined where the channel's column says no such days, or nobody waits for them
 */
export function dayAxis(
  { channels, brush }: Pick<ChartInput, "channels" | "brush">,
  channel: "x" | "y",
  field: Pick<Field, "type" | "grain">,
  { starts, edges, body }: { starts: number[]; edges: [number, number][]; body: DayAxis["body"] },
): DayAxis | undefined {
  const meaning = brush?.meanings[channels[channel] ?? ""];
  if (!meaning || field.type !== "date" || starts.length === 0) return undefined;
  const places = starts.map((start, i): DayPlace => {
    const [from, to] = edges[i]!;
    // a line may stand for several periods
    const end = Math.max(endOf(start, field.grain), (starts[i + 1] ?? 0) - dayMs);
    return { from, to, first: isoDay(start), last: isoDay(end) };
  });
  return { direction: channel, meaning, places, body };
}

/** Where places begin and end that stand for points: half-way to their neighbours. */
export function edgesBetween(points: readonly number[]): [number, number][] {
  const half = points.length > 1 ? (points[1]! - points[0]!) / 2 : 20;
  return points.map((point, i) => [
    i === 0 ? point - half : (points[i - 1]! + point) / 2,
    i === points.length - 1 ? point + half : (point + points[i + 1]!) / 2,
  ]);
}

/** The place that a pixel along the axis is at, or is nearest to. */
export function nearestPlace({ places }: Pick<DayAxis, "places">, along: number): number {
  const at = places.findIndex(({ to }) => along < to);
  return at < 0 ? places.length - 1 : at;
}

/** First and last place of a range of days; undefined where it holds none. */
export function spanOf(
  { places, meaning }: Pick<DayAxis, "places" | "meaning">,
  range: DayRange | null,
): [number, number] | undefined {
  if (!range) return undefined;
  const isIn = ({ first, last }: DayPlace) =>
    last <= range.to && (meaning === "until" || first >= range.from);
  const [low, high] = [places.findIndex(isIn), places.findLastIndex(isIn)];
  return low < 0 ? undefined : [low, high];
}

/** the last day of a period that begins with a day, milliseconds since 1970 */
function endOf(start: number, grain: Grain): number {
  if (grain === "day") return start;
  if (grain === "week") return start + 6 * dayMs;
  const months = { month: 1, quarter: 3, year: 12 }[grain];
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) - dayMs;
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
