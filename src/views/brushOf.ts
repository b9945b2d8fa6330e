import type { BrushMeaning, ChartSpec, Query } from "../catalog/query.ts";
import type { BrushInput, DayRange } from "../charts/chart.ts";
import type { BrushDays } from "../session/brushing.svelte.ts";
import type { Cell, Session } from "../session/session.svelte.ts";

/** the channel of the axis along which each kind lets days be chosen */
const axes: Record<string, string> = { heatmap: "y", lines: "x", stack: "x" };

/** What the days say that can be chosen along the axis of a chart; undefined where none can. */
export function brushMeaning(
  { brushes }: Pick<Query, "brushes">,
  { kind, channels }: Pick<ChartSpec, "kind" | "channels">,
): BrushMeaning | undefined {
  return brushes[channels[axes[kind] ?? ""] ?? ""];
}

/** A range as the filter has it. */
export function toDays(meaning: BrushMeaning, { from, to }: DayRange): BrushDays {
  return meaning === "first" ? { firstFrom: from, firstUntil: to } : { until: to };
}

/** The filter's days as a range. */
export function toRange({ firstFrom, firstUntil, until }: BrushDays): DayRange {
  return { from: firstFrom ?? "", to: firstUntil ?? until ?? "" };
}

/** What a chart of a cell does with the range that the reader draws on it. */
export function brushOf(session: Session, { id }: Cell, query: Query, spec: ChartSpec): BrushInput {
  const meaning = brushMeaning(query, spec)!;
  let inSight: string[] | undefined;
  return {
    meanings: query.brushes,
    onNear: () => session.brushing.prepare(id, cellsInSight()),
    onMove: (range) => {
      inSight ??= cellsInSight();
      session.brushing.move(id, toDays(meaning, range), inSight);
    },
    onEnd: (range) => {
      inSight = undefined;
      session.brushing.end(id, toDays(meaning, range));
    },
    onCancel: () => {
      inSight = undefined;
      session.brushing.cancel();
    },
    onClear: () => session.brushing.clear(),
  };
}

/** Ids of the cells of which something is in the window. */
function cellsInSight(): string[] {
  const cells = [...document.querySelectorAll("section[data-analysis]")];
  return cells
    .filter((cell) => {
      const { top, bottom } = cell.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    })
    .map(({ id }) => id.replace(/^cell-/, ""));
}
