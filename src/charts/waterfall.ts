import * as Plot from "@observablehq/plot";
import { formatShare, type Locale } from "../words/words.ts";
import { bandOf } from "./bands.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { maybeField, needField, toField, type Field } from "./fields.ts";
import { drawFrame, toFrame, type FrameSpec } from "./frame.ts";
import { colour } from "./palette.ts";
import { groupRows } from "./series.ts";
import { svgElement } from "./svgElement.ts";
import { tell } from "./tell.ts";
import { fitText, textWidth } from "./textWidth.ts";
import { toFall, type Fall } from "./toFall.ts";

interface Falls {
  falls: Fall[];
  value: Field;
  /** further measures of the same rows, for the tip */
  others: Field[];
  total: number;
}

/**
 * What was there, what was taken off it step by step, and what is left. Channels: x (the step: its code or
 * name), y (how much), and where there is: label (the reason, told apart within a step). The first step is
 * the whole; the last row of `kept` is what is left. Rows of several files are added up.
 */
export function drawWaterfall(input: ChartInput): Drawing {
  const waterfall = toWaterfall(input);
  const { falls, value, total } = waterfall;
  const figures = falls.map((fall) => figureOf(input, { fall, value, total }));
  const isNarrow = input.width < narrow;
  const labels = falls.map(({ name }) => fitText(name, Math.floor(input.width * 0.44), 12));
  const wide = (texts: string[]) => Math.ceil(Math.max(...texts.map((text) => textWidth(text))));
  const spec: FrameSpec = {
    bodyHeight: (isNarrow ? 40 : 28) * falls.length,
    ...(isNarrow ? {} : { yTicks: { values: labels.map((_, place) => place), labels } }),
    grid: "none",
    left: isNarrow ? 0 : wide(labels) + 12,
    right: isNarrow ? 1 : wide(figures) + 8,
    xLabel: value.label,
  };
  const frame = toFrame(input, spec);
  const svg = drawFrame(input, {
    frame,
    spec,
    x: { type: "linear", domain: [0, Math.max(1, total)] },
    y: { type: "linear", domain: [falls.length - 0.5, -0.5] },
    marks: fallMarks(input, falls),
  });
  return { svg, spots: nameFalls(svg, { input, waterfall, figures }), reach: [0.02, 1] };
}

/** Below this width the names stand above the bars. */
const narrow = 560;

/** Where the bar of a step stands on the axis of places. */
function barOf(place: number, { width }: ChartInput): [number, number] {
  return width < narrow ? [place - 0.02, place + 0.34] : bandOf(place);
}

function toWaterfall(input: ChartInput): Falls {
  const [step, value] = [needField(input, "x"), needField(input, "y")];
  const reason = maybeField(input, "label");
  const codes = input.table.getChild(step.name);
  const rows = Array.from({ length: input.table.numRows }, (_, i) => i);
  const nameOf = (i: number) => {
    const isWhole = ["read", "kept"].includes(String(codes?.get(i)));
    const isNamed = reason && !isWhole && !reason.isNull(i) && reason.say(i) !== step.say(i);
    return isNamed
      ? tell(input, "chart.pair", { name: step.say(i), value: reason.say(i) })
      : step.say(i);
  };
  const groups = groupRows(rows, nameOf);
  const entries = [...groups].map(([name, group]) => ({
    name,
    rows: group,
    code: String(codes?.get(group[0] as number)),
    size: group.reduce((sum, i) => sum + (value.numbers[i] || 0), 0),
  }));
  const falls = toFall(entries);
  const measures = input.columns.filter(
    ({ name, type }) => name !== value.name && (type === "count" || type === "money"),
  );
  const others = measures
    .filter(({ name }) => input.table.getChild(name))
    .map(({ name }) => toField(input, name));
  return { falls, value, others, total: Math.max(0, ...falls.map(({ to }) => to)) };
}

function figureOf(
  { locale }: ChartInput,
  { fall, value, total }: { fall: Fall; value: Field; total: number },
): string {
  const sign = fall.isTotal || fall.size === 0 ? "" : "−";
  const share =
    total > 0 && fall.size < total ? ` · ${formatShare(locale as Locale, fall.size / total)}` : "";
  return `${sign}${value.sayValue(fall.size)}${share}`;
}

function fallMarks(input: ChartInput, falls: Fall[]): Plot.Markish[] {
  const { dark } = input;
  const ink = ({ isTotal }: Fall) => colour(isTotal ? "series-1" : "series-2", dark);
  const links = (input.width < narrow ? [] : falls.slice(1)).map((fall, i) => ({
    at: fall.to,
    from: i,
    to: i + 1,
    isTotal: fall.isTotal,
  }));
  return [
    Plot.rect(falls, {
      x1: falls.map(({ from }) => from),
      x2: falls.map(({ to }) => to),
      y1: falls.map((_, place) => barOf(place, input)[0]),
      y2: falls.map((_, place) => barOf(place, input)[1]),
      fill: { value: falls.map(ink), scale: null },
      insetRight: -1,
    }),
    Plot.ruleX(links, {
      x: links.map(({ at }) => at),
      y1: links.map(({ from }) => barOf(from, input)[1]),
      y2: links.map(({ to }) => barOf(to, input)[0]),
      stroke: colour("ink-3", dark),
      strokeOpacity: 0.7,
    }),
  ];
}

interface Naming {
  input: ChartInput;
  waterfall: Falls;
  figures: string[];
}

function nameFalls(svg: SVGSVGElement & Plot.Plot, { input, waterfall, figures }: Naming): Spot[] {
  const [xScale, yScale] = [svg.scale("x"), svg.scale("y")];
  if (!xScale || !yScale) return [];
  const { falls, value, others } = waterfall;
  return falls.map((fall, place): Spot => {
    const [left, right] = [Number(xScale.apply(fall.from)), Number(xScale.apply(fall.to))];
    const [top, bottom] = barOf(place, input).map((edge) => Number(yScale.apply(edge))) as [
      number,
      number,
    ];
    const isNarrow = input.width < narrow;
    const y = isNarrow ? top - 10 : (top + bottom) / 2;
    const at = { x: input.width, y, dy: "0.36em", "text-anchor": "end" };
    const look = {
      "font-size": 12,
      fill: colour("ink-2", input.dark),
      "font-weight": fall.isTotal ? 600 : 400,
    };
    const figure = figures[place] ?? "";
    svg.append(svgElement("text", { ...look, ...at }, figure));
    if (isNarrow) {
      const name = fitText(fall.name, input.width - textWidth(figure) - 12, 12);
      svg.append(svgElement("text", { ...look, ...at, x: 0, "text-anchor": "start" }, name));
    }
    const sums = others.map((field) => {
      const sum = fall.rows.reduce((total, i) => total + (field.numbers[i] || 0), 0);
      return tell(input, "chart.pair", { name: field.label, value: field.sayValue(sum) });
    });
    const lines = [
      fall.name,
      tell(input, "chart.pair", { name: value.label, value: value.sayValue(fall.size) }),
      ...sums,
    ];
    return {
      x: (left + right) / 2,
      y: top,
      box: [left, top, Math.max(2, right - left), bottom - top],
      lines,
    };
  });
}
