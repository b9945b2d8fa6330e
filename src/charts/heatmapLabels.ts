import { formatCount, formatDate, formatMoney, formatShare, type Locale } from "../words/words.ts";
import type { ChartInput } from "./chart.ts";
import { fitNames } from "./fitNames.ts";
import type { Frame } from "./frame.ts";
import type { Grid, StepOf } from "./heatmapGrid.ts";
import { colour, sequentialInk } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { smallBase } from "./tell.ts";
import { fitText, textWidth, wrapText } from "./textWidth.ts";
import { everyNth } from "./ticks.ts";

const lineHeight = 13;

/** of a name that reads from below, pixels */
const longestTurned = 132;

export interface CellSize {
  width: number;
  height: number;
}

export interface LineNames {
  labels: string[];
  /** the base of each line, none where there is no base */
  counts: string[];
  labelWidth: number;
}

/** Upper left corner of the cell of a row. */
export type At = (i: number) => [number, number];

export function lineNames(input: ChartInput, { y, n, lines }: Grid): LineNames {
  const locale = input.locale as Locale;
  const isNarrow = input.width < 480;
  const rows = [...lines.values()];
  const most = isNarrow ? 84 : 180;
  const isText = y.type !== "date";
  const names = isText
    ? fitNames(
        rows.map((i) => y.say(i)),
        most,
      )
    : [];
  const labels = rows.map((i, place) => {
    if (isText) return names[place]!;
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

interface Print {
  input: ChartInput;
  grid: Grid;
  step: StepOf;
  cell: CellSize;
  at: At;
}

/** In the longest form that fits every cell: 12.3%, 12%, 12, or none; money in full or compact. */
export function printValues(svg: SVGSVGElement, { input, grid, step, cell, at }: Print): void {
  const size = cell.width < 34 ? 10 : 11;
  const telling = grid.rows.filter((i) => step(i) > 0);
  const shape = cellShapes(input, grid).find((format) =>
    telling.every((i) => textWidth(format(grid.fill.numbers[i] as number), size) + 4 <= cell.width),
  );
  if (!shape || cell.height < 14) return;
  const group = svgElement("g", {
    "font-size": size,
    "text-anchor": "middle",
    "pointer-events": "none",
  });
  for (const i of grid.rows) {
    const [x, y] = at(i);
    const text = shape(grid.fill.numbers[i] as number);
    if (textWidth(text, size) > cell.width) continue;
    const isPale = step(i) === 0 || isPaleCell(grid, i);
    const fill = isPale ? colour("ink", input.dark) : sequentialInk(step(i), input.dark);
    const place = { x: x + cell.width / 2, y: y + cell.height / 2, dy: "0.36em", fill };
    group.append(svgElement("text", place, text));
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
  frame: Frame;
  cell: CellSize;
  names: LineNames;
  heads: ColumnHeads;
  at: At;
}

/** Cohorts at the left and the base of each beside it, faded where it is small. */
export function nameLines(
  svg: SVGSVGElement,
  { input, grid, frame, cell, names, at }: Naming,
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
  const room = frame.left - (grid.n ? 28 : 8);
  const name = { x: 0, y: frame.top - 8, "font-size": 11, fill: colour("ink-3", input.dark) };
  group.append(svgElement("text", name, fitText(grid.y.label, room, 11)));
  svg.append(group);
}

/** What stands above the columns. */
export interface ColumnHeads {
  /** lines of each column's name */
  lines: string[][];
  /** read from below: the names have more room that way */
  areTurned: boolean;
  /** above a single line, pixels */
  height: number;
}

/**
 * Texts stand on up to six lines where that makes them all fit (one character above the other, if need be),
 * else they are turned, and cut in the middle; anything else stands on one line.
 */
export function columnHeads({ x, columns }: Grid, width: number): ColumnHeads {
  const labels = [...columns.values()].map((i) => x.say(i));
  if (x.type !== "text")
    return { lines: labels.map((label) => [label]), areTurned: false, height: 0 };
  const wrapped = labels.map((label) => wrapText(label, width - 4, 11));
  const areWhole = wrapped.every(
    (lines) => lines.length <= 6 && lines.every((line) => !line.endsWith("…")),
  );
  if (areWhole) {
    const tallest = Math.max(1, ...wrapped.map((lines) => lines.length));
    return { lines: wrapped, areTurned: false, height: (tallest - 1) * lineHeight };
  }
  const turned = fitNames(labels, longestTurned, 11);
  const height = Math.ceil(Math.max(0, ...turned.map((label) => textWidth(label, 11)))) - 4;
  return { lines: turned.map((label) => [label]), areTurned: true, height };
}

/** Names and indexes above the cells, as many as there is room for. */
export function nameColumns(
  svg: SVGSVGElement,
  { input, grid, frame, cell, heads, at }: Naming,
): void {
  const { lines, areTurned, height } = heads;
  const rows = [...grid.columns.values()];
  const widths = lines.map((own) =>
    areTurned ? 11 : Math.max(...own.map((line) => textWidth(line, 11))),
  );
  const isStacked = !areTurned && height > 0;
  const every = isStacked
    ? 1
    : areTurned
      ? Math.ceil(10.5 / cell.width)
      : everyNth(widths, cell.width);
  const look = {
    "font-size": 11,
    fill: colour("ink-3", input.dark),
    "text-anchor": areTurned ? "start" : "middle",
    "aria-hidden": "true",
  };
  const group = svgElement("g", look);
  const last = rows.length - 1;
  rows.forEach((i, place) => {
    const middle = at(i)[0] + cell.width / 2;
    // the first must not run into what stands at the left
    const x = areTurned ? middle : Math.max(middle, frame.left + (widths[place] ?? 0) / 2);
    const isBeyond = place === last && x + (widths[place] ?? 0) / 2 > input.width;
    if (place % every !== 0 || (isBeyond && !areTurned)) return;
    lines[place]!.toReversed().forEach((line, above) => {
      const y = frame.top - 8 - above * lineHeight;
      const where = areTurned ? { transform: `translate(${x + 4},${y}) rotate(-90)` } : { x, y };
      group.append(svgElement("text", where, line));
    });
  });
  const name = fitText(grid.x.label, input.width - frame.left, 11);
  const y = frame.top - 24 - height;
  const head = { x: frame.left + 2, y, "text-anchor": "start" };
  group.append(svgElement("text", head, name));
  svg.append(group);
}

/** Faded or hatched: the ground shows through. */
function isPaleCell({ complete, small }: Grid, i: number): boolean {
  return small[i] === 1 || complete[i] === 0;
}
