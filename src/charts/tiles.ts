import { formatCount, formatMoney, type Locale } from "../words/words.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { toField, type Field } from "./fields.ts";
import { drawBare } from "./frame.ts";
import { colour } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { fitText, textWidth, wrapText } from "./textWidth.ts";

const gap = 12;
const tall = 84;

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
  const lines = Math.ceil(fields.length / columns);
  const svg = drawBare(input, Math.max(1, lines) * (tall + gap) - gap);
  const spots = fields.map((field, place): Spot => {
    const x = (place % columns) * (wide + gap);
    const y = Math.floor(place / columns) * (tall + gap);
    drawTile(svg, { input, field, x, y, wide });
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
}

function drawTile(svg: SVGSVGElement, { input, field, x, y, wide }: Tile): void {
  const { dark } = input;
  const look = { fill: colour("line", dark), "fill-opacity": 0.35, rx: 8 };
  svg.append(svgElement("rect", { ...look, x, y, width: wide, height: tall }));
  const room = wide - 24;
  const text = longestThatFits(input, field, room);
  const size = text.size;
  const value = {
    x: x + 12,
    y: y + 36,
    "font-size": size,
    "font-weight": 600,
    fill: colour("ink", dark),
  };
  svg.append(svgElement("text", value, text.text));
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

/** In full and large, in full and smaller, compact, or cut. */
function longestThatFits(
  input: ChartInput,
  field: Field,
  room: number,
): { text: string; size: number } {
  const full = field.say(0);
  for (const size of [24, 20, 17])
    if (textWidth(full, size) * 1.04 <= room) return { text: full, size };
  const short = compact(input, field) ?? full;
  for (const size of [24, 20, 17])
    if (textWidth(short, size) * 1.04 <= room) return { text: short, size };
  return { text: fitText(short, room, 15), size: 15 };
}

function compact({ locale, currency }: ChartInput, { type, numbers }: Field): string | undefined {
  const value = numbers[0];
  if (value === undefined || Number.isNaN(value)) return undefined;
  if (type === "money") return formatMoney(locale as Locale, value, currency, { compact: true });
  return type === "count" || type === "number"
    ? formatCount(locale as Locale, value, { compact: true })
    : undefined;
}
