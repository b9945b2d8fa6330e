import { formatShare, type Locale } from "../words/words.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { maybeField, needField, toField, type Field } from "./fields.ts";
import { drawBare } from "./frame.ts";
import { drawLegend, placeLegend, type LegendItem } from "./legend.ts";
import { colour } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { tell } from "./tell.ts";
import { fitText, textWidth } from "./textWidth.ts";

interface Blocks {
  label: Field;
  value: Field;
  compare: Field | undefined;
  rows: number[];
  /** every column that is not the label, for the tip */
  others: Field[];
  /** the value of the whole width: of shares the whole, of what has parts their total */
  most: number;
  /** whether the whole width stands for something, and is drawn */
  hasTrack: boolean;
}

const rowHeight = 38;
const barTop = 18;

/**
 * Segments in ranks, each a bar from the same left edge, named, with its share, and a second, thinner bar
 * to compare, such as the share of customers above the share of revenue. The track below a bar is the whole:
 * 100 % of a share, or the total. Channels: label, value, and where
 * there is: compare. Values that are no shares stand with their part of the total.
 */
export function drawSegments(input: ChartInput): Drawing {
  const blocks = toBlocks(input);
  const { placed, height: top } = placeLegend(legendOf(input, blocks), input.width);
  const svg = drawBare(input, top + rowHeight * blocks.rows.length);
  if (placed.length > 0) svg.append(drawLegend(placed, { dark: input.dark, hatch: "" }));
  const spots = blocks.rows.map((i, place) =>
    drawBlock(svg, { input, blocks, i, y: top + rowHeight * place }),
  );
  return { svg, spots, reach: [0.02, 1] };
}

function toBlocks(input: ChartInput): Blocks {
  const label = needField(input, "label");
  const value = needField(input, "value");
  const compare = maybeField(input, "compare");
  const rows = Array.from({ length: input.table.numRows }, (_, i) => i).filter(
    (i) => !value.isNull(i),
  );
  rows.sort((a, b) => (value.numbers[b] as number) - (value.numbers[a] as number));
  const others = input.columns
    .filter(({ name }) => name !== label.name && input.table.getChild(name))
    .map(({ name }) => toField(input, name));
  const highest = rows.reduce(
    (hi, i) => Math.max(hi, value.numbers[i] as number, compare?.numbers[i] || 0),
    0,
  );
  const whole = wholeOf(value, compare, rows);
  const hasTrack = whole !== undefined;
  return {
    label,
    value,
    compare,
    rows,
    others,
    most: Math.max(highest, whole ?? 0) || 1,
    hasTrack,
  };
}

/** What all rows are parts of; undefined where they are measures of their own. */
function wholeOf(value: Field, compare: Field | undefined, rows: number[]): number | undefined {
  if (value.type === "share") return 1;
  if (compare || rows.some((i) => (value.numbers[i] as number) < 0)) return undefined;
  return rows.reduce((sum, i) => sum + (value.numbers[i] as number), 0);
}

function legendOf({ dark }: ChartInput, { value, compare }: Blocks): LegendItem[] {
  if (!compare) return [];
  return [
    { mark: "square", label: value.label, colour: colour("series-1", dark) },
    { mark: "square", label: compare.label, colour: colour("series-2", dark) },
  ];
}

interface Block {
  input: ChartInput;
  blocks: Blocks;
  i: number;
  y: number;
}

function drawBlock(svg: SVGSVGElement, { input, blocks, i, y }: Block): Spot {
  const { label, value, compare, most, hasTrack } = blocks;
  const { dark, width } = input;
  const figure = figureOf(input, blocks, i);
  const room = width - textWidth(figure, 12) - 16;
  const ink = { "font-size": 12, y: y + 12 };
  svg.append(
    svgElement(
      "text",
      { ...ink, x: 0, fill: colour("ink", dark) },
      fitText(label.say(i), room, 12),
    ),
  );
  svg.append(
    svgElement(
      "text",
      { ...ink, x: width, "text-anchor": "end", fill: colour("ink-2", dark) },
      figure,
    ),
  );
  const long = (share: number) => Math.max(1.5, (Math.max(0, share) / most) * width);
  const wide = long(value.numbers[i] as number);
  const bar = { x: 0, y: y + barTop, height: compare ? 8 : 12, rx: 2 };
  if (hasTrack) {
    const track = { fill: colour("line", dark), "fill-opacity": 0.5, height: 12 };
    svg.append(svgElement("rect", { ...bar, width, ...track }));
  }
  svg.append(svgElement("rect", { ...bar, width: wide, fill: colour("series-1", dark) }));
  if (compare && !compare.isNull(i)) {
    const second = {
      ...bar,
      y: bar.y + 8,
      height: 4,
      rx: 1,
      width: long(compare.numbers[i] as number),
    };
    svg.append(svgElement("rect", { ...second, fill: colour("series-2", dark) }));
  }
  const figures = blocks.others.map((field) =>
    tell(input, "chart.pair", { name: field.label, value: field.say(i) }),
  );
  const lines = [label.say(i), ...figures];
  return { x: wide, y: bar.y + 6, box: [0, bar.y, wide, 12], lines, row: i };
}

/** The share, with what it is compared to; of a value that is no share its part of the total. */
function figureOf(input: ChartInput, { value, compare, rows }: Blocks, i: number): string {
  if (compare && !compare.isNull(i)) return `${value.say(i)} · ${compare.say(i)}`;
  if (value.type === "share") return value.say(i);
  const total = rows.reduce((sum, row) => sum + (value.numbers[row] as number), 0);
  if (!(total > 0)) return value.say(i);
  return `${value.say(i)} · ${formatShare(input.locale as Locale, (value.numbers[i] as number) / total)}`;
}
