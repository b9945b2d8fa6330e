import { formatCount, formatMoney, type Locale } from "../words/words.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { maybeField, needField, toField, type Field } from "./fields.ts";
import { drawBare } from "./frame.ts";
import { colour } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { tell } from "./tell.ts";
import { fitText, textWidth, wrapText } from "./textWidth.ts";

const gap = 12;
const sizes = [24, 22, 20, 18, 16];

/**
 * Big numbers with their labels: of the first row the columns t1, t2, … in their order, each with its
 * interval where there are lower1 and upper1, …; or every column where there is no channel. A number too
 * long for its tile is written compact, and so is an interval; its tip has them in full.
 */
export function drawTiles(input: ChartInput): Drawing {
  const figures = toFigures(input);
  const columns = Math.max(
    1,
    Math.min(figures.length, Math.floor((input.width + gap) / (148 + gap))),
  );
  const wide = (input.width - gap * (columns - 1)) / columns;
  const size = sizeOf(figures, wide - 24);
  const tall = figures.some(({ range }) => range !== undefined) ? 96 : 84;
  const lines = Math.max(1, Math.ceil(figures.length / columns));
  const svg = drawBare(input, lines * (tall + gap) - gap);
  const spots = figures.map((figure, place): Spot => {
    const x = (place % columns) * (wide + gap);
    const y = Math.floor(place / columns) * (tall + gap);
    drawTile(svg, { input, figure, x, y, wide, tall, size });
    const { field, range } = figure;
    const said = range === undefined ? [] : [tell(input, "chart.interval", sayRange(range))];
    return {
      x: x + wide / 2,
      y: y + 4,
      box: [x, y, wide, tall],
      lines: [field.label, field.say(0), ...said],
    };
  });
  return { svg, spots, reach: [0.35, 0.7] };
}

interface Range {
  lower: Field;
  upper: Field;
}

interface Figure {
  field: Field;
  range: Range | undefined;
}

function toFigures(input: ChartInput): Figure[] {
  const tiles = Object.keys(input.channels).filter((name) => /^t\d*$/.test(name));
  if (tiles.length === 0) {
    const names = input.columns
      .map(({ name }) => name)
      .filter((name) => input.table.getChild(name));
    return names.map((name) => ({ field: toField(input, name), range: undefined }));
  }
  return tiles.map((tile) => {
    const [lower, upper] = ["lower", "upper"].map((name) =>
      maybeField(input, tile.replace("t", name)),
    );
    const range = lower && upper && !lower.isNull(0) ? { lower, upper } : undefined;
    return { field: needField(input, tile), range };
  });
}

interface Tile {
  input: ChartInput;
  figure: Figure;
  x: number;
  y: number;
  wide: number;
  tall: number;
  size: number;
}

function drawTile(svg: SVGSVGElement, { input, figure, x, y, wide, tall, size }: Tile): void {
  const { dark } = input;
  const { field, range } = figure;
  const room = wide - 24;
  const look = { fill: colour("line", dark), "fill-opacity": 0.35, rx: 8 };
  svg.append(svgElement("rect", { ...look, x, y, width: wide, height: tall }));
  const value = {
    x: x + 12,
    y: y + 36,
    "font-size": size,
    "font-weight": 600,
    fill: colour("ink", dark),
  };
  svg.append(svgElement("text", value, textOf(input, field, { room, size })));
  const quiet = { x: x + 12, "font-size": 12, fill: colour("ink-2", dark) };
  const label = wrapText(field.label, room, 12).slice(0, 2);
  label.forEach((line, i) =>
    svg.append(svgElement("text", { ...quiet, y: y + 56 + i * 15 }, line)),
  );
  if (!range) return;
  const below = {
    ...quiet,
    y: y + 57 + label.length * 15,
    "font-size": 11,
    fill: colour("ink-3", dark),
  };
  svg.append(svgElement("text", below, rangeOf(input, range, room)));
}

function sayRange({ lower, upper }: Range): { lower: string; upper: string } {
  return { lower: lower.say(0), upper: upper.say(0) };
}

function rangeOf(input: ChartInput, range: Range, room: number): string {
  const full = tell(input, "chart.range", sayRange(range));
  if (textWidth(full, 11) <= room) return full;
  const short = (field: Field) => compact(input, field) ?? field.say(0);
  const ends = { lower: short(range.lower), upper: short(range.upper) };
  return fitText(tell(input, "chart.range", ends), room, 11);
}

/** One size for all tiles: the largest at which most numbers fit in full, so that few are compact. */
function sizeOf(figures: Figure[], room: number): number {
  const fits = (size: number) =>
    figures.every(({ field }) => textWidth(field.say(0), size) * 1.04 <= room);
  return sizes.find(fits) ?? (sizes.at(-1) as number);
}

function textOf(
  input: ChartInput,
  field: Field,
  { room, size }: { room: number; size: number },
): string {
  const full = field.say(0);
  if (textWidth(full, size) * 1.04 <= room) return full;
  return fitText(compact(input, field) ?? full, room / 1.04, size);
}

function compact({ locale, currency }: ChartInput, { type, numbers }: Field): string | undefined {
  const value = numbers[0];
  if (value === undefined || Number.isNaN(value)) return undefined;
  if (type === "money") return formatMoney(locale as Locale, value, currency, { compact: true });
  return type === "count" || type === "number"
    ? formatCount(locale as Locale, value, { compact: true })
    : undefined;
}
