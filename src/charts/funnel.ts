import { formatShare, type Locale } from "../words/words.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { maybeField, needField, type Field } from "./fields.ts";
import { drawBare } from "./frame.ts";
import { colour } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { tell, tellRow } from "./tell.ts";
import { fitText, textWidth } from "./textWidth.ts";
import { toFunnel, type Tier } from "./toFunnel.ts";

interface Funnel {
  label: Field;
  value: Field;
  /** of the step before */
  share: Field;
  first: Field | undefined;
  lower: Field | undefined;
  upper: Field | undefined;
  tiers: Tier[];
  /** the table has more steps than are drawn */
  left: number;
}

interface Layout {
  /** between which the widest bar stands */
  start: number;
  end: number;
  bar: number;
  /** between two bars */
  gap: number;
  isNarrow: boolean;
}

/** Below this width names and numbers stand above the bars. */
const narrow = 560;

/** Nobody reads on beyond these. */
const mostSteps = 30;

const fontSize = 12;

/**
 * Steps one after the other, each a centred bar as wide as what is left of the first step, with its number
 * and that share; between two bars the share of the step before. Channels: label, value, share (of the step
 * before), and where there are: first (share of the first step; else it is counted from the values), lower
 * and upper (of share). A step without a number is named, and has no bar.
 */
export function drawFunnel(input: ChartInput): Drawing {
  const funnel = toSteps(input);
  const layout = layoutOf(input, funnel);
  const { bar, gap, isNarrow } = layout;
  const head = isNarrow ? 56 : 26;
  const { length } = funnel.tiers;
  const note = funnel.left > 0 ? 20 : 0;
  const svg = drawBare(input, head + length * (bar + gap) - gap + note + 2);
  nameFigures(svg, { input, funnel, layout });
  const topOf = (i: number) => head + i * (bar + gap) + 1;
  const spots = funnel.tiers.map((_, i) =>
    drawStep(svg, { input, funnel, layout, i, y: topOf(i) }),
  );
  if (note > 0) {
    const text = tell(input, "chart.firstOf", { shown: length, total: length + funnel.left });
    const look = { x: 0, y: topOf(length) - gap + 16, fill: colour("ink-3", input.dark) };
    svg.append(svgElement("text", look, fitText(text, input.width, fontSize)));
  }
  return { svg, spots, reach: [0.02, 1] };
}

function toSteps(input: ChartInput): Funnel {
  const [label, value] = [needField(input, "label"), needField(input, "value")];
  const first = maybeField(input, "first");
  const shown = Math.min(mostSteps, input.table.numRows);
  const steps = Array.from({ length: shown }, (_, i) => ({
    value: value.numbers[i] as number,
    first: first?.numbers[i] ?? Number.NaN,
  }));
  return {
    label,
    value,
    share: needField(input, "share"),
    first,
    lower: maybeField(input, "lower"),
    upper: maybeField(input, "upper"),
    tiers: toFunnel(steps),
    left: input.table.numRows - shown,
  };
}

function layoutOf(input: ChartInput, funnel: Funnel): Layout {
  if (input.width < narrow) return { start: 0, end: input.width, bar: 22, gap: 50, isNarrow: true };
  const widest = (texts: string[]) =>
    Math.ceil(Math.max(...texts.map((text) => textWidth(text, fontSize))));
  const names = funnel.tiers.map((_, i) => funnel.label.say(i));
  const figures = funnel.tiers.map((_, i) => figureOf(input, funnel, i));
  return {
    start: Math.min(input.width * 0.28, widest(names)) + 20,
    end: input.width - widest(figures) - 20,
    bar: 30,
    gap: 34,
    isNarrow: false,
  };
}

/** The number, and what part of the first step it is. */
function figureOf(input: ChartInput, { value, tiers }: Funnel, i: number): string {
  const { first = Number.NaN, size } = tiers[i] ?? {};
  if (size === undefined || Number.isNaN(first)) return value.say(i);
  return `${value.say(i)} · ${formatShare(input.locale as Locale, first)}`;
}

interface Drawn {
  input: ChartInput;
  funnel: Funnel;
  layout: Layout;
  i: number;
  /** top of the bar */
  y: number;
}

function drawStep(svg: SVGSVGElement, step: Drawn): Spot {
  const { input, funnel, layout, i, y } = step;
  const { label } = funnel;
  const [left, right] = edgesOf(step, i);
  const { bar } = layout;
  if (i > 0) drawLink(svg, step);
  const look = { y, height: bar, rx: 2 };
  if (funnel.tiers[i]?.size !== undefined) {
    const width = right - left;
    svg.append(
      svgElement("rect", { ...look, x: left, width, fill: colour("series-1", input.dark) }),
    );
  }
  nameStep(svg, step);
  const lines = [label.say(i), ...figureLines(input, funnel, i)];
  const box: Spot["box"] = [left, y, right - left, bar];
  return { x: (left + right) / 2, y, box, lines, row: i };
}

function figureLines(input: ChartInput, funnel: Funnel, i: number): string[] {
  const { value, share, first } = funnel;
  const shares = share.isNull(i) ? [] : tellRow(input, { ...funnel, value: share }, i);
  const others = first && !first.isNull(i) ? tellRow(input, { value: first }, i) : [];
  return [...tellRow(input, { value }, i), ...shares, ...others];
}

/** Left and right of the bar of a step; a line in the middle where nobody is left. */
function edgesOf({ funnel, layout: { start, end } }: Drawn, i: number): [number, number] {
  const half = Math.max(0.75, ((funnel.tiers[i]?.size ?? 0) * (end - start)) / 2);
  const middle = (start + end) / 2;
  return [middle - half, middle + half];
}

/** The way from the bar above, with the share that went on. */
function drawLink(svg: SVGSVGElement, step: Drawn): void {
  const { input, funnel, layout, i, y } = step;
  const { share } = funnel;
  const [left, right] = edgesOf(step, i);
  const [from, to] = edgesOf(step, i - 1);
  const top = y - layout.gap;
  const isDrawn = funnel.tiers[i]?.size !== undefined && funnel.tiers[i - 1]?.size !== undefined;
  if (isDrawn) {
    const d = `M${from},${top}H${to}L${right},${y}H${left}Z`;
    const fill = colour("series-1", input.dark);
    svg.append(svgElement("path", { d, fill, "fill-opacity": 0.14 }));
  }
  if (share.isNull(i)) return;
  const at = {
    x: (layout.start + layout.end) / 2,
    y: layout.isNarrow ? top + 17 : top + layout.gap / 2,
    dy: layout.isNarrow ? 0 : "0.36em",
    "text-anchor": "middle",
    "font-size": fontSize,
  };
  const room = layout.isNarrow ? input.width : layout.end - layout.start;
  const said = `↓ ${share.say(i)}`;
  const range = rangeOf(input, funnel, i);
  const text = svgElement("text", at);
  const ink = { fill: colour("ink", input.dark), "font-weight": 600 };
  text.append(svgElement("tspan", ink, fitText(said, room, fontSize)));
  if (range !== "" && textWidth(`${said}  ${range}`, fontSize) * 1.05 <= room) {
    const quiet = { dx: 6, fill: colour("ink-2", input.dark) };
    text.append(svgElement("tspan", quiet, range));
  }
  svg.append(text);
}

/** The interval of the share, or nothing. */
function rangeOf(input: ChartInput, { lower, upper }: Funnel, i: number): string {
  if (!lower || !upper || lower.isNull(i) || upper.isNull(i)) return "";
  return tell(input, "chart.range", { lower: lower.say(i), upper: upper.say(i) });
}

/** What the numbers between the bars and beside them are, once, above. */
function nameFigures(
  svg: SVGSVGElement,
  { input, funnel, layout }: { input: ChartInput; funnel: Funnel; layout: Layout },
): void {
  const { value, share, first, lower, upper } = funnel;
  const { width, dark } = input;
  const look = { fill: colour("ink-3", dark), "font-size": fontSize, y: 12 };
  const between = `↓ ${share.label}${lower && upper ? ` · ${input.word("chart.band")}` : ""}`;
  const beside = first ? `${value.label} · ${first.label}` : value.label;
  if (layout.isNarrow) {
    svg.append(svgElement("text", { ...look, x: 0 }, fitText(between, width, fontSize)));
    const end = { ...look, x: width, y: 30, "text-anchor": "end" };
    svg.append(svgElement("text", end, fitText(beside, width, fontSize)));
    return;
  }
  const middle = (layout.start + layout.end) / 2;
  const said = fitText(between, layout.end - layout.start, fontSize);
  svg.append(svgElement("text", { ...look, x: middle, "text-anchor": "middle" }, said));
  const room = width - middle - textWidth(said, fontSize) / 2 - 16;
  const end = { ...look, x: width, "text-anchor": "end" };
  svg.append(svgElement("text", end, fitText(beside, room, fontSize)));
}

function nameStep(svg: SVGSVGElement, { input, funnel, layout, i, y }: Drawn): void {
  const { dark, width } = input;
  const figure = figureOf(input, funnel, i);
  const wide = textWidth(figure, fontSize);
  const room = layout.isNarrow ? width - wide - 12 : layout.start - 20;
  const at = layout.isNarrow
    ? { y: y - 7, "font-size": fontSize }
    : { y: y + layout.bar / 2, dy: "0.36em", "font-size": fontSize };
  const name = fitText(funnel.label.say(i), room, fontSize);
  svg.append(svgElement("text", { ...at, x: 0, fill: colour("ink", dark) }, name));
  const end = { ...at, x: width, "text-anchor": "end", fill: colour("ink", dark) };
  svg.append(svgElement("text", end, figure));
}
