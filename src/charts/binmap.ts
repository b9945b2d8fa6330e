import * as Plot from "@observablehq/plot";
import { formatCount, formatShare, type Locale } from "../words/words.ts";
import { binCounts, binOf } from "./binCounts.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { needField, type Field } from "./fields.ts";
import { drawFrame, toFrame, type AxisTicks, type FrameSpec } from "./frame.ts";
import type { LegendItem } from "./legend.ts";
import { sequentialColour, sequentialInk, sequentialStep } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { tell } from "./tell.ts";
import { textWidth } from "./textWidth.ts";
import { formatTick, isFlat, niceTicks } from "./ticks.ts";

/** Rows pooled into the cells of a grid. */
interface Pooled {
  x: Field;
  y: Field;
  fill: Field;
  /** of the columns, ascending; one more than there are columns */
  edges: number[];
  /** first count of each line, ascending */
  starts: number[];
  /** the last line holds every count from its start on */
  isOpen: boolean;
  cells: Cell[];
  /** of the colours */
  range: [number, number];
}

interface Cell {
  column: number;
  line: number;
  rows: number;
  mean: number;
}

/**
 * A measure over two others: the mean of `fill` of all rows that share a cell. Channels: x (a number, in equal
 * bins), y (a count, in bins that widen), fill. The tip names how many rows a cell holds.
 */
export function drawBinmap(input: ChartInput): Drawing {
  const pooled = poolRows(input);
  const { x, y, edges, starts } = pooled;
  const labels = starts.map((_, line) => lineName(input, pooled, line));
  const spec: FrameSpec = {
    bodyHeight: starts.length * (input.width < 480 ? 22 : 26),
    xLabel: x.label,
    yLabel: y.label,
    xTicks: edgeTicks(input, x, edges),
    yTicks: { values: labels.map((_, line) => line), labels },
    grid: "none",
    legend: legendOf(input, pooled),
  };
  const frame = toFrame(input, spec);
  const svg = drawFrame(input, {
    frame,
    spec,
    x: { type: "linear", domain: [edges[0] as number, edges.at(-1) as number] },
    y: { type: "linear", domain: [-0.5, starts.length - 0.5] },
    marks: [cellMark(input, pooled)],
  });
  printMeans(svg, input, pooled);
  return { svg, ...spotsOf(input, pooled, svg) };
}

function poolRows(input: ChartInput): Pooled {
  const [x, y, fill] = [needField(input, "x"), needField(input, "y"), needField(input, "fill")];
  const [X, Y, F] = [x.numbers, y.numbers, fill.numbers];
  const edges = edgesOf(X, Math.max(6, Math.floor(Math.min(input.width, 760) / 46)));
  const { starts, isOpen } = binCounts(Y);
  const [first, width] = [edges[0] as number, (edges[1] as number) - (edges[0] as number)];
  const columns = edges.length - 1;
  const counts = new Float64Array(columns * starts.length);
  const sums = new Float64Array(counts.length);
  for (let i = 0; i < X.length; ++i) {
    const line = binOf(starts, Y[i] as number);
    const column = Math.min(columns - 1, Math.floor(((X[i] as number) - first) / width + 1e-9));
    if (line < 0 || !(column >= 0) || Number.isNaN(F[i])) continue;
    counts[line * columns + column]! += 1;
    sums[line * columns + column]! += F[i] as number;
  }
  const cells = [...counts].flatMap((rows, place): Cell[] =>
    rows === 0
      ? []
      : [
          {
            column: place % columns,
            line: Math.floor(place / columns),
            rows,
            mean: (sums[place] as number) / rows,
          },
        ],
  );
  const means = cells.map(({ mean }) => mean);
  const range: [number, number] =
    fill.type === "share" ? [0, 1] : [Math.min(0, ...means), Math.max(0, ...means)];
  return { x, y, fill, edges, starts, isOpen, cells, range };
}

/** Round edges around all values. */
function edgesOf(values: Float64Array, count: number): number[] {
  let [lo, hi] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < lo) lo = value;
    if (value > hi) hi = value;
  }
  if (!(hi >= lo)) return [0, 1];
  if (isFlat(lo, hi)) return [lo, lo + 1];
  const ticks = niceTicks(lo >= 0 && lo < hi / 4 ? 0 : lo, hi, count);
  const step = (ticks[1] as number) - (ticks[0] as number);
  return (ticks.at(-1) as number) > hi ? ticks : [...ticks, (ticks.at(-1) as number) + step];
}

function edgeTicks(input: ChartInput, x: Field, edges: number[]): AxisTicks {
  const { locale, currency } = input;
  const labels = edges.map((value) => formatTick(locale as Locale, x.type, value, { currency }));
  const widest = Math.max(...labels.map((label) => textWidth(label))) + 12;
  const pitch = (input.width - 60) / Math.max(1, edges.length - 1);
  const every = Math.max(1, Math.ceil(widest / pitch));
  const kept = edges.map((_, place) => place).filter((place) => place % every === 0);
  return {
    values: kept.map((place) => edges[place] as number),
    labels: kept.map((place) => labels[place] as string),
  };
}

/** "3", "7–8", "21+" */
function lineName({ locale }: ChartInput, { starts, isOpen }: Pooled, line: number): string {
  const say = (count: number) => formatCount(locale as Locale, count);
  const start = starts[line] as number;
  const next = starts[line + 1];
  if (next === undefined) return isOpen ? `${say(start)}+` : say(start);
  return next - start === 1 ? say(start) : `${say(start)}–${say(next - 1)}`;
}

function legendOf(input: ChartInput, { fill, range }: Pooled): LegendItem[] {
  const [lower, upper] = range.map((value) =>
    formatTick(input.locale as Locale, fill.type, value, { currency: input.currency }),
  ) as [string, string];
  return [{ mark: "ramp", label: `${fill.label} ${tell(input, "chart.range", { lower, upper })}` }];
}

function stepOf({ range: [lo, hi] }: Pooled, { mean }: Cell): number {
  return sequentialStep((mean - lo) / (hi - lo || 1));
}

function cellMark({ dark }: ChartInput, pooled: Pooled): Plot.Markish {
  const { cells, edges } = pooled;
  return Plot.rect(cells, {
    x1: cells.map(({ column }) => edges[column]),
    x2: cells.map(({ column }) => edges[column + 1]),
    y1: cells.map(({ line }) => line - 0.5),
    y2: cells.map(({ line }) => line + 0.5),
    fill: { value: cells.map((cell) => sequentialColour(stepOf(pooled, cell), dark)), scale: null },
    inset: 0.5,
    rx: 2,
  });
}

/** upper left corner and size of a cell, pixels */
function boxOf(
  { edges }: Pooled,
  svg: SVGSVGElement & Plot.Plot,
  { column, line }: Cell,
): [number, number, number, number] {
  const at = (name: "x" | "y", value: number) => Number(svg.scale(name)?.apply(value));
  const [left, right] = [at("x", edges[column] as number), at("x", edges[column + 1] as number)];
  const [top, bottom] = [at("y", line + 0.5), at("y", line - 0.5)];
  return [left, top, right - left, bottom - top];
}

/** Where every cell has room for its figure. */
function printMeans(svg: SVGSVGElement & Plot.Plot, input: ChartInput, pooled: Pooled): void {
  const { fill, cells } = pooled;
  if (fill.type !== "share") return;
  const texts = cells.map(({ mean }) => formatShare(input.locale as Locale, mean, 0));
  const group = svgElement("g", {
    "font-size": 11,
    "text-anchor": "middle",
    "pointer-events": "none",
  });
  for (const [place, cell] of cells.entries()) {
    const [x, y, width, height] = boxOf(pooled, svg, cell);
    if (width < 36) return;
    const ink = { fill: sequentialInk(stepOf(pooled, cell), input.dark), dy: "0.36em" };
    group.append(
      svgElement("text", { x: x + width / 2, y: y + height / 2, ...ink }, texts[place] ?? ""),
    );
  }
  svg.append(group);
}

function spotsOf(
  input: ChartInput,
  pooled: Pooled,
  svg: SVGSVGElement & Plot.Plot,
): Pick<Drawing, "spots" | "reach"> {
  const { x, y, fill, edges, cells } = pooled;
  const pair = (name: string, value: string) => tell(input, "chart.pair", { name, value });
  const ordered = cells.toSorted((a, b) => b.line - a.line || a.column - b.column);
  const spots = ordered.map((cell): Spot => {
    const box = boxOf(pooled, svg, cell);
    return {
      x: box[0] + box[2] / 2,
      y: box[1] + box[3] / 2,
      box,
      get lines() {
        const [lower, upper] = [edges[cell.column], edges[cell.column + 1]].map((edge) =>
          x.sayValue(edge as number),
        ) as [string, string];
        return [
          pair(y.label, lineName(input, pooled, cell.line)),
          pair(x.label, tell(input, "chart.range", { lower, upper })),
          pair(fill.label, fill.sayValue(cell.mean)),
          pair(input.word("chart.customers"), formatCount(input.locale as Locale, cell.rows)),
        ];
      },
    };
  });
  const [, , width = 24, height = 24] = spots[0]?.box ?? [];
  return { spots, reach: [24 / width, 24 / height] };
}
