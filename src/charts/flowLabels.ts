import type { ChartInput } from "./chart.ts";
import { colour } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { fitText, textWidth } from "./textWidth.ts";
import { spread, type Block, type Flow } from "./toFlow.ts";

/** Where the columns of a flow stand, and how their labels do. */
export interface Labels {
  /** outer edges of the columns, pixels */
  start: number;
  end: number;
  /** width of a block */
  block: number;
  /** middles of the labels */
  left: number[];
  right: number[];
  /** name above count */
  isTwoLine: boolean;
}

const fontSize = 12;
const lineHeight = 14;
/** Between a block and its label. */
export const away = 10;
/** between the name and the count on one line */
const space = 8;

/** @param height of the columns */
export function placeLabels(
  input: ChartInput,
  {
    flow,
    height,
    isTwoLine,
    say,
  }: { flow: Flow; height: number; isTwoLine: boolean; say: (size: number) => string },
): Labels {
  const room = input.width * (isTwoLine ? 0.29 : 0.3);
  const gutter = (blocks: Block[]) => {
    const wide = blocks.map(({ name, size }) => {
      const [a, b] = [textWidth(name, fontSize), textWidth(say(size), fontSize)];
      return isTwoLine ? Math.max(a, b) : a + space + b;
    });
    return Math.min(room, Math.ceil(Math.max(...wide) + 2)) + away;
  };
  const step = isTwoLine ? 2 * lineHeight + 2 : lineHeight + 2;
  const edge = step / 2 - 1;
  const middles = (blocks: Block[]) =>
    spread(
      blocks.map((block) => block.y + block.height / 2),
      { step, from: edge - 6, to: height - edge + 6 },
    );
  return {
    start: gutter(flow.from),
    end: input.width - gutter(flow.to),
    block: isTwoLine ? 8 : 12,
    left: middles(flow.from),
    right: middles(flow.to),
    isTwoLine,
  };
}

/** Names and counts beside the blocks, with a line to those that had to give way. */
export function nameBlocks(
  body: SVGElement,
  {
    input,
    flow,
    labels,
    say,
  }: { input: ChartInput; flow: Flow; labels: Labels; say: (size: number) => string },
): void {
  flow.from.forEach((block, i) => {
    const y = labels.left[i] as number;
    nameBlock(body, { input, block, y, labels, say, x: labels.start, side: -1 });
  });
  flow.to.forEach((block, i) => {
    const y = labels.right[i] as number;
    nameBlock(body, { input, block, y, labels, say, x: labels.end, side: 1 });
  });
}

interface Named {
  input: ChartInput;
  block: Block;
  labels: Labels;
  say: (size: number) => string;
  /** outer edge of the block */
  x: number;
  /** middle of the label */
  y: number;
  side: -1 | 1;
}

function nameBlock(body: SVGElement, named: Named): void {
  const { input, block, labels, say, x, y, side } = named;
  const middle = block.y + block.height / 2;
  if (Math.abs(middle - y) > 2) {
    const d = `M${x},${middle}l${side * 2},0L${x + side * (away - 3)},${y}`;
    const stroke = colour("line-strong", input.dark);
    body.append(svgElement("path", { d, stroke, fill: "none", "stroke-width": 1 }));
  }
  const at = {
    x: x + side * away,
    "text-anchor": side < 0 ? "end" : "start",
    "font-size": fontSize,
  };
  const ink = { fill: colour("ink", input.dark) };
  const quiet = { fill: colour("ink-2", input.dark) };
  const count = say(block.size);
  const room = (side < 0 ? x : input.width - x) - away;
  if (labels.isTwoLine) {
    const name = fitText(block.name, room, fontSize);
    body.append(svgElement("text", { ...at, ...ink, y: y - 3 }, name));
    const shown = fitText(count, room, fontSize);
    body.append(svgElement("text", { ...at, ...quiet, y: y + lineHeight - 3 }, shown));
    return;
  }
  const name = fitText(block.name, room - textWidth(count, fontSize) - space, fontSize);
  const text = svgElement("text", { ...at, y, dy: "0.35em" });
  text.append(svgElement("tspan", ink, name));
  text.append(svgElement("tspan", { ...quiet, dx: space }, count));
  body.append(text);
}
