import * as Plot from "@observablehq/plot";
import type { Locale } from "../words/words.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { dayAxis, type DayAxis } from "./dayAxis.ts";
import { drawFrame, toFrame, type FrameSpec } from "./frame.ts";
import { keyOf, leastCell, scaleOf, toGrid, type Grid, type StepOf } from "./heatmapGrid.ts";
import {
  columnHeads,
  lineNames,
  nameColumns,
  nameLines,
  printValues,
  type At,
  type CellSize,
  type ColumnHeads,
  type LineNames,
} from "./heatmapLabels.ts";
import { fadedOpacity, type LegendItem } from "./legend.ts";
import { colour, sequentialColour } from "./palette.ts";
import { tell, tellRow } from "./tell.ts";
import { textWidth } from "./textWidth.ts";
import { formatTick } from "./ticks.ts";

/**
 * The cohort triangle. Channels: x (index), y (cohort), fill (share or money), and where there are: n (the
 * base), lower, upper, complete.
 */
export function drawHeatmap(input: ChartInput): Drawing {
  const grid = toGrid(input);
  const { step, ...range } = scaleOf(grid);
  const layout = layoutOf(input, grid, range);
  const { frame, spec, cell } = layout;
  const svg = drawFrame(input, {
    frame,
    spec,
    x: { type: "band", domain: [...grid.columns.keys()], padding: 0, round: false },
    y: { type: "band", domain: [...grid.lines.keys()], padding: 0, round: false },
    marks: cellMarks(input, grid, {
      step,
      hatch: frame.hatch,
      isFine: cell.width < 9 || cell.height < 9,
    }),
  });
  const at = placesOf(grid, { left: frame.left, top: frame.top, cell });
  printValues(svg, { input, grid, step, cell, at });
  nameLines(svg, { input, grid, ...layout, at });
  nameColumns(svg, { input, grid, ...layout, at });
  const spots = grid.rows.map((i): Spot => {
    const [x, y] = at(i);
    const { width, height } = cell;
    return {
      x: x + width / 2,
      y: y + height / 2,
      box: [x, y, width, height],
      row: i,
      get lines() {
        return [nameOf(grid, i), ...tellRow(input, { ...grid, value: grid.fill }, i)];
      },
    };
  });
  return {
    svg,
    spots,
    reach: [24 / cell.width, 24 / cell.height],
    axis: lineAxis(input, grid, layout),
  };
}

/** the lines as periods */
function lineAxis(
  input: ChartInput,
  { y, lines, columns }: Grid,
  { frame, cell }: Layout,
): DayAxis | undefined {
  const { top, left } = frame;
  const starts = [...lines.values()].map((row) => y.numbers[row]!);
  const edges = starts.map((_, place): [number, number] => [
    top + cell.height * place,
    top + cell.height * (place + 1),
  ]);
  const body: DayAxis["body"] = [left, top, cell.width * columns.size, cell.height * lines.size];
  return dayAxis(input, "y", y, { starts, edges, body });
}

function nameOf({ x, y }: Grid, i: number): string {
  return `${y.say(i)} · ${x.label} ${x.say(i)}`;
}

interface Range {
  from: number;
  to: number;
}

interface Layout {
  frame: ReturnType<typeof toFrame>;
  spec: FrameSpec;
  cell: CellSize;
  names: LineNames;
  heads: ColumnHeads;
}

function layoutOf(input: ChartInput, grid: Grid, range: Range): Layout {
  const names = lineNames(input, grid);
  const countWidth = Math.max(0, ...names.counts.map((text) => textWidth(text, 11)));
  const left = Math.ceil(names.labelWidth + (countWidth > 0 ? countWidth + 12 : 0) + 8);
  const lines = grid.lines.size;
  const tall =
    lines <= 30 ? (input.width < 480 ? 22 : 26) : Math.max(leastCell, Math.floor(720 / lines));
  const widest = grid.columns.size <= 6 ? 120 : 76;
  const wide = Math.min(widest, (input.width - left - 2) / Math.max(1, grid.columns.size));
  const heads = columnHeads(grid, wide);
  const right = Math.max(2, input.width - left - wide * grid.columns.size);
  const spec: FrameSpec = {
    bodyHeight: lines * tall,
    left,
    right,
    legend: legendOf(input, grid, range),
    headroom: 32 + heads.height,
    ...(grid.every > 1 ? { note: tell(input, "chart.everyNth", { step: grid.every }) } : {}),
  };
  return { frame: toFrame(input, spec), spec, cell: { width: wide, height: tall }, names, heads };
}

function legendOf(input: ChartInput, grid: Grid, { from, to }: Range): LegendItem[] {
  const { fill } = grid;
  const { currency } = input;
  const short = (value: number) =>
    formatTick(
      input.locale as Locale,
      fill.type,
      value >= 100 ? Math.round(value) : Math.round(value * 100) / 100,
      { currency },
    );
  const [lower, upper] = [short(from), short(to)];
  const range = tell(input, "chart.range", { lower, upper });
  const items: LegendItem[] = [{ mark: "ramp", label: `${fill.label} ${range}` }];
  if (grid.rows.some((i) => grid.complete[i] === 0)) {
    items.push({
      mark: "hatch",
      label: input.word("chart.incomplete"),
      colour: sequentialColour(4, input.dark),
    });
  }
  if (grid.rows.some((i) => grid.small[i] === 1)) {
    items.push({ mark: "fadedRamp", label: input.word("chart.smallBase") });
  }
  return items;
}

function cellMarks(
  { dark }: ChartInput,
  grid: Grid,
  { step, hatch, isFine }: { step: StepOf; hatch: string; isFine: boolean },
): Plot.Markish[] {
  const place = (rows: number[]) => ({
    x: rows.map((i) => keyOf(grid.x, i)),
    y: rows.map((i) => keyOf(grid.y, i)),
    inset: isFine ? 0 : 0.5,
    rx: isFine ? 0 : 2,
  });
  const open = grid.rows.filter((i) => grid.complete[i] === 0);
  return [
    Plot.cell(grid.rows, {
      ...place(grid.rows),
      fill: { value: grid.rows.map((i) => cellColour(step(i), dark)), scale: null },
      fillOpacity: { value: grid.rows.map((i) => opacityOf(grid, i)), scale: null },
    }),
    Plot.cell(open, { ...place(open), fill: `url(#${hatch})` }),
  ];
}

function cellColour(step: number, dark: boolean): string {
  return step === 0 ? colour("line", dark) : sequentialColour(step, dark);
}

function opacityOf({ complete, small }: Grid, i: number): number {
  if (small[i] === 1) return fadedOpacity;
  return complete[i] === 0 ? 0.55 : 1;
}

function placesOf(
  grid: Grid,
  { left, top, cell }: { left: number; top: number; cell: CellSize },
): At {
  const columns = new Map([...grid.columns.keys()].map((key, place) => [key, place]));
  const lines = new Map([...grid.lines.keys()].map((key, place) => [key, place]));
  return (i) => [
    left + cell.width * (columns.get(keyOf(grid.x, i)) ?? 0),
    top + cell.height * (lines.get(keyOf(grid.y, i)) ?? 0),
  ];
}
