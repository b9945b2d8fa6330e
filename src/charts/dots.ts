import * as Plot from "@observablehq/plot";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { drawEmpty } from "./empty.ts";
import { maybeField, needField, type Field } from "./fields.ts";
import { fitNames } from "./fitNames.ts";
import { drawFrame, toFrame, type FrameSpec } from "./frame.ts";
import type { LegendItem } from "./legend.ts";
import { colour } from "./palette.ts";
import { measureAxis } from "./measureAxis.ts";
import { groupRows, seriesLegend, toSeries, type Series } from "./series.ts";
import { smallOf, tell, tellRow } from "./tell.ts";
import { textWidth } from "./textWidth.ts";

interface Dots {
  x: Field;
  y: Field;
  lower: Field | undefined;
  upper: Field | undefined;
  /** further bounds, drawn thinner, such as p10 and p90 around p25 and p75 */
  low: Field | undefined;
  high: Field | undefined;
  n: Field | undefined;
  small: Uint8Array;
  series: Series[];
  /** line of each row, and how far it stands off its middle */
  lineOf: Map<number, number>;
  /** what a row is called; one without a name stands for all */
  nameOf: (i: number) => string;
  names: string[];
}

/**
 * Values with their intervals, one line a name. Channels: y (name), x (value), and where there are: lower,
 * upper, low, high, n, series.
 */
export function drawDots(input: ChartInput): Drawing {
  const dots = toDots(input);
  const rows = [...dots.lineOf.keys()];
  if (rows.length === 0) return drawEmpty(input);
  const bounds = [dots.lower, dots.upper, dots.low, dots.high];
  const more = bounds.flatMap((field) =>
    field ? rows.map((i) => field.numbers[i] as number) : [],
  );
  const axis = measureAxis(input, dots.x, {
    rows,
    more,
    count: Math.max(3, Math.floor(input.width / 100)),
  });
  const labels = fitNames(dots.names, Math.floor(input.width * 0.36));
  const high = Math.max(28, dots.series.length * 12 + 12);
  const spec: FrameSpec = {
    bodyHeight: high * labels.length,
    xTicks: axis.ticks,
    yTicks: { values: labels.map((_, place) => place), labels },
    xLabel: dots.x.label,
    ...(dots.y.type === "text" ? {} : { yLabel: dots.y.label }),
    left: Math.ceil(Math.max(...labels.map((label) => textWidth(label)))) + 14,
    right: 24,
    legend: legendOf(input, dots),
  };
  const svg = drawFrame(input, {
    frame: toFrame(input, spec),
    spec,
    x: { ...axis.scale, insetLeft: 6 },
    y: { type: "linear", domain: [labels.length - 0.5, -0.5] },
    marks: dotMarks(input, dots, rows),
  });
  return { svg, spots: spotsOf(input, { dots, rows, svg }), reach: [0.1, 1] };
}

function toDots(input: ChartInput): Dots {
  const [x, y, n] = [needField(input, "x"), needField(input, "y"), maybeField(input, "n")];
  const series = toSeries(input, maybeField(input, "series"));
  const rows = Array.from({ length: input.table.numRows }, (_, i) => i).filter((i) => !x.isNull(i));
  const nameOf = (i: number) => (y.isNull(i) ? input.word("chart.all") : y.say(i));
  const names = [...groupRows(rows, nameOf).keys()];
  const lineOf = new Map<number, number>();
  const kept = new Set(rows);
  series.forEach((one, member) => {
    const shift = series.length > 1 ? ((member + 0.5) / series.length - 0.5) * 0.7 : 0;
    for (const i of one.rows) if (kept.has(i)) lineOf.set(i, names.indexOf(nameOf(i)) + shift);
  });
  return {
    x,
    y,
    n,
    lower: maybeField(input, "lower"),
    upper: maybeField(input, "upper"),
    low: maybeField(input, "low"),
    high: maybeField(input, "high"),
    small: smallOf(n, input.table.numRows),
    series,
    lineOf,
    nameOf,
    names,
  };
}

/** Quantiles are named by their columns; one pair of bounds is an interval. */
function legendOf(input: ChartInput, { series, x, lower, upper, low, high }: Dots): LegendItem[] {
  const ink = colour("series-1", input.dark);
  const items = seriesLegend(input, series, "dot", maybeField(input, "series"));
  if (low && high && lower && upper) {
    items.push({ mark: "dot", label: x.label, colour: ink });
    items.push({ mark: "bar", label: `${lower.label} – ${upper.label}`, colour: ink });
    items.push({ mark: "line", label: `${low.label} – ${high.label}`, colour: ink });
  } else if (lower && upper)
    items.push({ mark: "line", label: input.word("chart.band"), colour: ink });
  return items;
}

function dotMarks({ dark }: ChartInput, dots: Dots, rows: number[]): Plot.Markish[] {
  const { x, lower, upper, low, high, small, series, lineOf } = dots;
  const inkByRow = new Map(series.flatMap((one) => one.rows.map((i) => [i, one.colour] as const)));
  const Y = rows.map((i) => lineOf.get(i) as number);
  const stroke = { value: rows.map((i) => inkByRow.get(i) ?? ""), scale: null };
  const strokeOpacity = { value: rows.map((i) => (small[i] === 1 ? 0.35 : 1)), scale: null };
  const span = (from: Field | undefined, to: Field | undefined, strokeWidth: number) =>
    from && to
      ? [
          Plot.ruleY(rows, {
            y: Y,
            x1: rows.map((i) => from.numbers[i]),
            x2: rows.map((i) => to.numbers[i]),
            stroke,
            strokeOpacity,
            strokeWidth,
          }),
        ]
      : [];
  return [
    ...span(low, high, 1.2),
    ...span(lower, upper, low ? 5 : 2),
    Plot.dot(rows, {
      x: rows.map((i) => x.numbers[i]),
      y: Y,
      r: 4.5,
      fill: stroke,
      fillOpacity: strokeOpacity,
      stroke: colour("surface", dark),
      strokeWidth: 1.5,
    }),
  ];
}

interface Drawn {
  dots: Dots;
  rows: number[];
  svg: SVGSVGElement & Plot.Plot;
}

function spotsOf(input: ChartInput, { dots, rows, svg }: Drawn): Spot[] {
  const [xScale, yScale] = [svg.scale("x"), svg.scale("y")];
  if (!xScale || !yScale) return [];
  const { x, low, high, lower, upper, n, lineOf, nameOf, series } = dots;
  const seriesOf = new Map(series.flatMap((one) => one.rows.map((i) => [i, one.name] as const)));
  const rangeOf = (from: Field, to: Field, i: number) => {
    const range = tell(input, "chart.range", { lower: from.say(i), upper: to.say(i) });
    return tell(input, "chart.pair", { name: `${from.label} – ${to.label}`, value: range });
  };
  return rows.map((i): Spot => {
    const name = seriesOf.get(i) ?? "";
    const lines = [name === "" ? nameOf(i) : `${nameOf(i)} · ${name}`];
    // Two pairs of bounds are quantiles, one pair is an interval.
    if (low && high && lower && upper) {
      lines.push(
        ...tellRow(input, { value: x, n }, i),
        rangeOf(lower, upper, i),
        rangeOf(low, high, i),
      );
    } else lines.push(...tellRow(input, { value: x, lower, upper, n }, i));
    const place = { x: Number(xScale.apply(x.numbers[i])), y: Number(yScale.apply(lineOf.get(i))) };
    return { ...place, lines, row: i };
  });
}
