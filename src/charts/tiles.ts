import { formatCount, formatMoney, type Locale } from "../words/words.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { toField, type Field } from "./fields.ts";
import { drawBare } from "./frame.ts";
import { colour } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { fitText, textWidth, wrapText } from "./textWidth.ts";

const gap = 12;
const tall = 84;
const sizes = [24, 22, 20, 18, 16];

/**
 * Big numbers with their labels: of the first row the columns that the channels name, in their order, or
 * every column where there is no channel. A number too long for its tile is written compact; its tip has it
 * in full.
 */
export function drawTiles(input: ChartInput): Drawing {
  const named = Object.values(input.channels);
  const names = named.length > 0 ? named : input.columns.map(({ name }) => name);
  const fields = names
    .filter((name) => input.table.getChild(name))
    .map((name) => toField(input, name));
  const columns = Math.max(
    1,
    Math.min(fields.length, Math.floor((input.width + gap) / (148 + gap))),
  );
  const wide = (input.width - gap * (columns - 1)) / columns;
  const size = sizeOf(fields, wide - 24);
  const lines = Math.ceil(fields.length / columns);
  const svg = drawBare(input, Math.max(1, lines) * (tall + gap) - gap);
  const spots = fields.map((field, place): Spot => {
    const x = (place % columns) * (wide + gap);
    const y = Math.floor(place / columns) * (tall + gap);
    drawTile(svg, { input, field, x, y, wide, size });
    return {
      x: x + wide / 2,
      y: y + 4,
      box: [x, y, wide, tall],
      lines: [field.label, field.say(0)],
    };
  });
  return { svg, spots, reach: [0.35, 0.7] };
}

interface Tile {
  input: ChartInput;
  field: Field;
  x: number;
  y: number;
  wide: number;
  size: number;
}

function drawTile(svg: SVGSVGElement, { input, field, x, y, wide, size }: Tile): void {
  const { dark } = input;
  const look = { fill: colour("line", dark), "fill-opacity": 0.35, rx: 8 };
  svg.append(svgElement("rect", { ...look, x, y, width: wide, height: tall }));
  const room = wide - 24;
  const value = {
    x: x + 12,
    y: y + 36,
    "font-size": size,
    "font-weight": 600,
    fill: colour("ink", dark),
  };
  svg.append(svgElement("text", value, textOf(input, field, { room, size })));
  wrapText(field.label, room, 12)
    .slice(0, 2)
    .forEach((line, i) => {
      svg.append(
        svgElement(
          "text",
          { x: x + 12, y: y + 56 + i * 15, "font-size": 12, fill: colour("ink-2", dark) },
          line,
        ),
      );
    });
}

/** One size for all tiles: the largest at which most numbers fit in full, so that few are compact. */
function sizeOf(fields: Field[], room: number): number {
  const fits = (size: number) =>
    fields.every((field) => textWidth(field.say(0), size) * 1.04 <= room);
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
