import * as Plot from "@observablehq/plot";
import { formatCount, formatDate, formatMoney, formatShare, type Locale } from "../words/words.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { flagsOf, maybeField, needField, type Field } from "./fields.ts";
import { drawFrame, toFrame, type FrameSpec } from "./frame.ts";
import type { LegendItem } from "./legend.ts";
import { colour, sequentialColour, sequentialInk, sequentialStep } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { smallBase, smallOf, tell, tellRow } from "./tell.ts";
import { fitText, textWidth } from "./textWidth.ts";
import { everyNth } from "./ticks.ts";

interface Grid {
  x: Field;
  y: Field;
  fill: Field;
  n: Field | undefined;
  lower: Field | undefined;
  upper: Field | undefined;
  complete: Uint8Array;
  small: Uint8Array;
  /** rows of the table that are drawn */
  rows: number[];
  /** places on the axes, each a value and a row of the table that has it */
  columns: Map<string, number>;
  lines: Map<string, number>;
  /** every how many lines and columns one is drawn */
  every: number;
}

/**
 * The cohort triangle. Channels: x (index), y (cohort), fill (share or money), and where there are: n (the
 * base), lower, upper, complete.
 */
export function drawHeatmap(input: ChartInput): Drawing {
  const grid = toGrid(input);
  const step = stepsOf(grid);
  const layout = layoutOf(input, grid);
  const { frame, spec, cell } = layout;
  const svg = drawFrame(input, {
    frame,
    spec,
    x: { type: "band", domain: [...grid.columns.keys()], padding: 0, round: false },
    y: { type: "band", domain: [...grid.lines.keys()], padding: 0, round: false },
    marks: cellMarks(input, grid, { step, hatch: frame.hatch }),
  });
  const at = placesOf(grid, { left: frame.left, top: frame.top, cell });
  printValues(svg, { input, grid, step, cell, at });
  nameLines(svg, { input, grid, layout, at });
  nameColumns(svg, { input, grid, layout, at });
  const spots = grid.rows.map((i): Spot => {
    const [x, y] = at(i);
    const { width, height } = cell;
    const lines = [nameOf(grid, i), ...tellRow(input, { ...grid, value: grid.fill }, i)];
    return { x: x + width / 2, y: y + height / 2, box: [x, y, width, height], lines };
  });
  return { svg, spots, reach: [24 / cell.width, 24 / cell.height] };
}

function nameOf({ x, y }: Grid, i: number): string {
  return `${y.say(i)} · ${x.label} ${x.say(i)}`;
}

/** Cells narrower than this cannot be told apart. */
const leastCell = 4;

function toGrid(input: ChartInput): Grid {
  const [x, y, fill] = [needField(input, "x"), needField(input, "y"), needField(input, "fill")];
  const n = maybeField(input, "n");
  const length = input.table.numRows;
  const all = Array.from({ length }, (_, i) => i);
  const columns = uniqueOf(x, all);
  const lines = uniqueOf(y, all);
  const room = Math.floor((input.width - 90) / leastCell);
  const every = Math.max(1, Math.ceil(columns.size / room), Math.ceil(lines.size / 240));
  const shownColumns = pick(columns, every);
  const shownLines = pick(lines, every);
  return {
    x,
    y,
    fill,
    n,
    lower: maybeField(input, "lower"),
    upper: maybeField(input, "upper"),
    complete: flagsOf(maybeField(input, "complete"), length),
    small: smallOf(n, length),
    rows: all.filter(
      (i) => shownColumns.has(keyOf(x, i)) && shownLines.has(keyOf(y, i)) && !fill.isNull(i),
    ),
    columns: shownColumns,
    lines: shownLines,
    every,
  };
}

function keyOf(field: Field, i: number): string {
  return field.type === "text" ? field.say(i) : String(field.numbers[i]);
}

/** Each value once, numbers and dates ascending, with the first row that has it. */
function uniqueOf(field: Field, rows: number[]): Map<string, number> {
  const seen = new Map<string, number>();
  for (const i of rows)
    if (!field.isNull(i) && !seen.has(keyOf(field, i))) seen.set(keyOf(field, i), i);
  if (field.type === "text") return seen;
  return new Map([...seen].sort(([a], [b]) => Number(a) - Number(b)));
}

/** Every nth from the first, and always the last. */
function pick(places: Map<string, number>, every: number): Map<string, number> {
  return new Map([...places].filter((_, i) => i % every === 0 || i === places.size - 1));
}

/** The step of the sequential colours by row. Index 0, where a share is 1 by definition, sets no scale. */
function stepsOf({ x, fill, rows, small }: Grid): (i: number) => number {
  const isTrivial = (i: number) =>
    fill.type === "share" && x.numbers[i] === 0 && fill.numbers[i] === 1;
  const telling = rows.filter((i) => !isTrivial(i) && small[i] === 0);
  const values = (telling.length > 0 ? telling : rows).map((i) => fill.numbers[i] as number);
  const hi = values.reduce((most, value) => Math.max(most, value), 0) || 1;
  const lo = values.reduce((least, value) => Math.min(least, value), hi);
  const from = fill.type === "share" || lo < hi / 4 ? Math.min(0, lo) : lo;
  return (i) => sequentialStep(((fill.numbers[i] as number) - from) / (hi - from || 1));
}

interface Layout {
  frame: ReturnType<typeof toFrame>;
  spec: FrameSpec;
  cell: { width: number; height: number };
  names: { labels: string[]; counts: string[]; labelWidth: number };
}

function layoutOf(input: ChartInput, grid: Grid): Layout {
  const names = lineNames(input, grid);
  const countWidth = Math.max(0, ...names.counts.map((text) => textWidth(text, 11)));
  const left = Math.ceil(names.labelWidth + (countWidth > 0 ? countWidth + 12 : 0) + 8);
  const lines = grid.lines.size;
  const tall =
    lines <= 30 ? (input.width < 480 ? 22 : 26) : Math.max(leastCell, Math.floor(720 / lines));
  const widest = grid.columns.size <= 6 ? 120 : 76;
  const wide = Math.min(widest, (input.width - left - 2) / Math.max(1, grid.columns.size));
  const right = Math.max(2, input.width - left - wide * grid.columns.size);
  const spec: FrameSpec = {
    bodyHeight: lines * tall,
    left,
    right,
    legend: legendOf(input, grid),
    yLabel: "",
    ...(grid.every > 1 ? { note: tell(input, "chart.everyNth", { step: grid.every }) } : {}),
  };
  const frame = toFrame(input, spec);
  return {
    frame,
    spec: { ...spec, yLabel: undefined } as FrameSpec,
    cell: { width: wide, height: tall },
    names,
  };
}

function lineNames(input: ChartInput, { y, n, lines }: Grid): Layout["names"] {
  const locale = input.locale as Locale;
  const isNarrow = input.width < 480;
  const rows = [...lines.values()];
  const most = isNarrow ? 84 : 180;
  const labels = rows.map((i) => {
    if (y.type !== "date") return fitText(y.say(i), most, 12);
    const isDay = y.grain === "day" || y.grain === "week";
    return formatDate(locale, y.numbers[i] as number, y.grain, { short: isNarrow && !isDay });
  });
  const counts = n
    ? rows.map((i) =>
        n.isNull(i) ? "" : formatCount(locale, n.numbers[i] as number, { compact: isNarrow }),
      )
    : [];
  return { labels, counts, labelWidth: Math.max(...labels.map((label) => textWidth(label, 12))) };
}

function legendOf(input: ChartInput, grid: Grid): LegendItem[] {
  const items: LegendItem[] = [{ mark: "ramp", label: grid.fill.label }];
  if (grid.rows.some((i) => grid.complete[i] === 0)) {
    items.push({
      mark: "hatch",
      label: input.word("chart.incomplete"),
      colour: sequentialColour(4, input.dark),
    });
  }
  if (grid.rows.some((i) => grid.small[i] === 1)) {
    items.push({
      mark: "faded",
      label: input.word("chart.smallBase"),
      colour: sequentialColour(4, input.dark),
    });
  }
  return items;
}

function cellMarks(
  { dark }: ChartInput,
  grid: Grid,
  { step, hatch }: { step: (i: number) => number; hatch: string },
): Plot.Markish[] {
  const place = (rows: number[]) => ({
    x: rows.map((i) => keyOf(grid.x, i)),
    y: rows.map((i) => keyOf(grid.y, i)),
    inset: 0.5,
    rx: 2,
  });
  const open = grid.rows.filter((i) => grid.complete[i] === 0);
  return [
    Plot.cell(grid.rows, {
      ...place(grid.rows),
      fill: { value: grid.rows.map((i) => sequentialColour(step(i), dark)), scale: null },
      fillOpacity: { value: grid.rows.map((i) => opacityOf(grid, i)), scale: null },
    }),
    Plot.cell(open, { ...place(open), fill: `url(#${hatch})` }),
  ];
}

function opacityOf({ complete, small }: Grid, i: number): number {
  if (small[i] === 1) return 0.35;
  return complete[i] === 0 ? 0.55 : 1;
}

type At = (i: number) => [number, number];

function placesOf(
  grid: Grid,
  { left, top, cell }: { left: number; top: number; cell: Layout["cell"] },
): At {
  const columns = new Map([...grid.columns.keys()].map((key, place) => [key, place]));
  const lines = new Map([...grid.lines.keys()].map((key, place) => [key, place]));
  return (i) => [
    left + cell.width * (columns.get(keyOf(grid.x, i)) ?? 0),
    top + cell.height * (lines.get(keyOf(grid.y, i)) ?? 0),
  ];
}

interface Print {
  input: ChartInput;
  grid: Grid;
  step: (i: number) => number;
  cell: Layout["cell"];
  at: At;
}

/** In the longest form that fits every cell: 12.3%, 12%, 12, or none; money in full or compact. */
function printValues(svg: SVGSVGElement, { input, grid, step, cell, at }: Print): void {
  const size = cell.width < 34 ? 10 : 11;
  const shape = cellShapes(input, grid).find((format) =>
    grid.rows.every(
      (i) => textWidth(format(grid.fill.numbers[i] as number), size) + 4 <= cell.width,
    ),
  );
  if (!shape || cell.height < 14) return;
  const group = svgElement("g", {
    "font-size": size,
    "text-anchor": "middle",
    "pointer-events": "none",
  });
  for (const i of grid.rows) {
    const [x, y] = at(i);
    const isPale = opacityOf(grid, i) < 1;
    const fill = isPale ? colour("ink", input.dark) : sequentialInk(step(i), input.dark);
    const place = { x: x + cell.width / 2, y: y + cell.height / 2, dy: "0.36em", fill };
    group.append(svgElement("text", place, shape(grid.fill.numbers[i] as number)));
  }
  svg.append(group);
}

function cellShapes(
  { locale, currency }: ChartInput,
  { fill }: Grid,
): ((value: number) => string)[] {
  const language = locale as Locale;
  if (fill.type === "share") {
    return [
      (value) => formatShare(language, value),
      (value) => formatShare(language, value, 0),
      (value) => formatShare(language, value, 0).replace(/\s?%/, ""),
    ];
  }
  const compact = (value: number) =>
    fill.type === "money"
      ? formatMoney(language, value, currency, { compact: true })
      : formatCount(language, value, { compact: true });
  return [
    (value) => fill.sayValue(value),
    compact,
    (value) => formatCount(language, value, { compact: true }),
  ];
}

interface Naming {
  input: ChartInput;
  grid: Grid;
  layout: Layout;
  at: At;
}

/** Cohorts at the left and the base of each beside it, faded where it is small. */
function nameLines(
  svg: SVGSVGElement,
  { input, grid, layout: { frame, cell, names }, at }: Naming,
): void {
  const every = everyNth([6], cell.height);
  const group = svgElement("g", {
    "font-size": 12,
    fill: colour("ink-2", input.dark),
    "aria-hidden": "true",
  });
  [...grid.lines.values()].forEach((i, place) => {
    if (place % every !== 0) return;
    const y = at(i)[1] + cell.height / 2;
    group.append(svgElement("text", { x: 0, y, dy: "0.36em" }, names.labels[place] ?? ""));
    const count = names.counts[place];
    if (!count) return;
    const isSmall = (grid.n?.numbers[i] ?? smallBase) < smallBase;
    const look = {
      "font-size": 11,
      fill: colour("ink-3", input.dark),
      "fill-opacity": isSmall ? 0.7 : 1,
    };
    group.append(
      svgElement(
        "text",
        { ...look, x: frame.left - 8, y, dy: "0.36em", "text-anchor": "end" },
        count,
      ),
    );
  });
  if (grid.n) {
    const head = {
      x: frame.left - 8,
      y: frame.top - 8,
      "text-anchor": "end",
      "font-size": 11,
      fill: colour("ink-3", input.dark),
    };
    group.append(svgElement("text", head, "n"));
  }
  svg.append(group);
}

/** Indexes above the cells, as many as there is room for. */
function nameColumns(
  svg: SVGSVGElement,
  { input, grid, layout: { frame, cell }, at }: Naming,
): void {
  const rows = [...grid.columns.values()];
  const labels = rows.map((i) => grid.x.say(i));
  const every = everyNth(
    labels.map((label) => textWidth(label, 11)),
    cell.width + 4,
  );
  const look = {
    "font-size": 11,
    fill: colour("ink-3", input.dark),
    "text-anchor": "middle",
    "aria-hidden": "true",
  };
  const group = svgElement("g", look);
  rows.forEach((i, place) => {
    if (place % every !== 0) return;
    const x = at(i)[0] + cell.width / 2;
    group.append(svgElement("text", { x, y: frame.top - 8 }, labels[place] ?? ""));
  });
  group.append(
    svgElement(
      "text",
      { x: 0, y: frame.top - 8, "text-anchor": "start" },
      fitText(grid.x.label, frame.left - 30, 11),
    ),
  );
  svg.append(group);
}
