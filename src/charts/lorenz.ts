import * as Plot from "@observablehq/plot";
import { formatNumber, formatShare, type Locale } from "../words/words.ts";
import { valueAxis } from "./axes.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { decimateLine } from "./decimate.ts";
import { maybeField, needField, type Field } from "./fields.ts";
import { drawFrame, toFrame, type FrameSpec } from "./frame.ts";
import { interpolateAt } from "./interpolateAt.ts";
import { colour } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { tell, tellRow } from "./tell.ts";
import { textWidth } from "./textWidth.ts";

interface Lorenz {
  x: Field;
  y: Field;
  rows: number[];
  marks: { x: number; y: number; label: string }[];
}

/**
 * The Lorenz curve, richest first, over the diagonal of equal spending, with two reference marks: the share
 * of the first 20 %, and how many make 80 %. Channels: x, y (shares), and where
 * there are: reference (rows of the diagonal, which is drawn anyway), gini (the same on every row).
 */
export function drawLorenz(input: ChartInput): Drawing {
  const curve = toCurve(input);
  const side = Math.min(420, Math.max(220, input.width - 60));
  const top = Math.max(1, ...curve.rows.map((i) => curve.y.numbers[i] as number));
  const [xTicks, yTicks] = [
    valueAxis(input, curve.x, [0, 1], 5),
    valueAxis(input, curve.y, [0, top], 5),
  ];
  const left = Math.ceil(Math.max(...yTicks.labels.map((label) => textWidth(label)))) + 10;
  const right = Math.max(20, input.width - left - side * 1.35);
  const spec: FrameSpec = {
    bodyHeight: side * 0.86,
    left,
    right,
    xTicks,
    yTicks,
    xLabel: curve.x.label,
    yLabel: curve.y.label,
    legend: [
      { mark: "line", label: curve.y.label, colour: colour("series-1", input.dark) },
      { mark: "dash", label: input.word("chart.diagonal"), colour: colour("ink-3", input.dark) },
    ],
  };
  const frame = toFrame(input, spec);
  const svg = drawFrame(input, {
    frame,
    spec,
    x: { type: "linear", domain: [0, 1] },
    y: { type: "linear", domain: [0, yTicks.values.at(-1) as number] },
    marks: curveMarks(input, curve),
  });
  nameMarks(svg, input, curve);
  const [x, y] = [Number(svg.scale("x")?.apply(1)) - 8, Number(svg.scale("y")?.apply(0)) - 12];
  const look = {
    x,
    y,
    "text-anchor": "end",
    "font-weight": 600,
    fill: colour("ink-2", input.dark),
  };
  svg.append(svgElement("text", look, giniOf(input)));
  return { svg, spots: spotsOf(input, curve, svg), reach: [1, 0.4] };
}

function toCurve(input: ChartInput): Lorenz {
  const [x, y] = [needField(input, "x"), needField(input, "y")];
  const reference = maybeField(input, "reference");
  const order = Array.from({ length: input.table.numRows }, (_, i) => i).filter(
    (i) => !x.isNull(i) && !y.isNull(i) && reference?.numbers[i] !== 1,
  );
  order.sort((a, b) => (x.numbers[a] as number) - (x.numbers[b] as number));
  const rows = decimateLine(order, y.numbers, 400);
  const X = [0, ...order.map((i) => x.numbers[i] as number)];
  const Y = [0, ...order.map((i) => y.numbers[i] as number)];
  const share = (value: number) => formatShare(input.locale as Locale, value);
  const marks: Lorenz["marks"] = [];
  const atFifth = interpolateAt(X, Y, 0.2);
  if (atFifth !== undefined) {
    const label = tell(input, "chart.topShare", {
      x: formatShare(input.locale as Locale, 0.2, 0),
      y: share(atFifth),
    });
    marks.push({ x: 0.2, y: atFifth, label });
  }
  const reach = interpolateAt(Y, X, 0.8);
  if (reach !== undefined) {
    const label = tell(input, "chart.reachShare", {
      x: share(reach),
      y: formatShare(input.locale as Locale, 0.8, 0),
    });
    marks.push({ x: reach, y: 0.8, label });
  }
  return { x, y, rows, marks };
}

function giniOf(input: ChartInput): string | undefined {
  const gini = maybeField(input, "gini");
  if (!gini || gini.isNull(0)) return undefined;
  const value = formatNumber(input.locale as Locale, gini.numbers[0] as number, 3);
  return tell(input, "chart.gini", { value });
}

function curveMarks({ dark }: ChartInput, { x, y, rows, marks }: Lorenz): Plot.Markish[] {
  const X = [0, ...rows.map((i) => x.numbers[i] as number)];
  const Y = [0, ...rows.map((i) => y.numbers[i] as number)];
  const ink = colour("series-1", dark);
  const guide = { stroke: colour("ink-3", dark), strokeDasharray: "2,3", strokeOpacity: 0.8 };
  const [at, to] = [marks.map((mark) => mark.x), marks.map((mark) => mark.y)];
  return [
    Plot.line([0, 1], {
      x: [0, 1],
      y: [0, 1],
      stroke: colour("ink-3", dark),
      strokeDasharray: "4,4",
    }),
    Plot.areaY(X, { x: X, y1: X, y2: Y, fill: ink, fillOpacity: 0.1 }),
    Plot.line(X, { x: X, y: Y, stroke: ink, strokeWidth: 2.2 }),
    Plot.ruleX(marks, { ...guide, x: at, y1: 0, y2: to }),
    Plot.ruleY(marks, { ...guide, y: to, x1: 0, x2: at }),
    Plot.dot(marks, {
      x: at,
      y: to,
      r: 4,
      fill: ink,
      stroke: colour("surface", dark),
      strokeWidth: 1.5,
    }),
  ];
}

/** Below and right of the curve there is room: the labels stand there, one under the other. */
function nameMarks(
  svg: SVGSVGElement & Plot.Plot,
  { width, dark }: ChartInput,
  { marks }: Lorenz,
): void {
  const [xScale, yScale] = [svg.scale("x"), svg.scale("y")];
  if (!xScale || !yScale) return;
  const size = width < 480 ? 11 : 12;
  const edge = Number(xScale.apply(1));
  marks.forEach(({ x, y, label }, place) => {
    const wide = textWidth(label, size);
    const beside = Number(xScale.apply(x)) + 12;
    const fits = beside + wide < edge;
    const look = { "font-size": size, fill: colour("ink", dark), "font-weight": 500 };
    const at = fits
      ? { x: beside, y: Number(yScale.apply(y)) + 16 }
      : { x: edge - wide - 6, y: Number(yScale.apply(0)) - 16 - (marks.length - place) * 18 };
    const halo = {
      stroke: colour("surface", dark),
      "stroke-width": 4,
      "stroke-linejoin": "round",
      "paint-order": "stroke",
    };
    svg.append(svgElement("text", { ...look, ...halo, ...at }, label));
  });
}

function spotsOf(input: ChartInput, curve: Lorenz, svg: SVGSVGElement & Plot.Plot): Spot[] {
  const [xScale, yScale] = [svg.scale("x"), svg.scale("y")];
  if (!xScale || !yScale) return [];
  const { x, y, rows } = curve;
  return rows.map((i): Spot => ({
    x: Number(xScale.apply(x.numbers[i])),
    y: Number(yScale.apply(y.numbers[i])),
    lines: [
      tell(input, "chart.pair", { name: x.label, value: x.say(i) }),
      ...tellRow(input, { value: y }, i),
    ],
  }));
}
