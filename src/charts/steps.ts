import * as Plot from "@observablehq/plot";
import { placeAxis, valueAxis } from "./axes.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { decimateLine } from "./decimate.ts";
import { maybeField, needField, type Field } from "./fields.ts";
import { drawFrame, toFrame, type AxisTicks, type FrameSpec } from "./frame.ts";
import type { LegendItem } from "./legend.ts";
import { colour } from "./palette.ts";
import { groupRows, seriesLegend, toSeries, type Series } from "./series.ts";
import { svgElement } from "./svgElement.ts";
import { smallOf, tellRow } from "./tell.ts";
import { fitText, textWidth } from "./textWidth.ts";
import { formatCount, type Locale } from "../words/words.ts";

interface Survival {
  x: Field;
  y: Field;
  lower: Field | undefined;
  upper: Field | undefined;
  n: Field | undefined;
  small: Uint8Array;
  series: Series[];
  /** where every curve starts: 1 of what falls, 0 of what rises */
  start: number;
}

const riskRow = 16;

/**
 * Kaplan–Meier curves, falling or rising, with their confidence band and the numbers at risk below.
 * Channels: x (days), y (share), and where there are: series, facet (told apart like series), lower, upper,
 * n (at risk). One row an event day; the curve holds until the next.
 */
export function drawSteps(input: ChartInput): Drawing {
  const curves = toCurves(input);
  const rows = curves.series.flatMap((one) => one.rows);
  const last = Math.max(1, ...rows.map((i) => curves.x.numbers[i] as number));
  const top = rows.reduce(
    (most, i) => Math.max(most, curves.y.numbers[i] as number, upperAt(curves, i)),
    0,
  );
  const yTicks = valueAxis(input, curves.y, [0, curves.start === 1 ? 1 : top || 1], 5);
  const xTicks = timeAxis(input, { curves, rows, last });
  const atRisk = curves.n ? atRiskTable(curves.series, curves.x, curves.n, xTicks.values) : [];
  const isOne = curves.series.length === 1;
  const names = curves.series.map(({ name }) => (isOne ? "" : fitText(name, 72, 11)));
  const left =
    atRisk.length > 0
      ? Math.max(
          ...names.map((name) => textWidth(name, 11)),
          textWidth(input.word("chart.atRisk"), 11) / 2,
        ) + 22
      : 0;
  const spec: FrameSpec = {
    bodyHeight: input.width < 480 ? 220 : 290,
    yLabel: curves.y.label,
    xLabel: curves.x.label,
    yTicks,
    xTicks,
    left: Math.ceil(Math.max(left, ...yTicks.labels.map((label) => textWidth(label) + 10))),
    below: atRisk.length > 0 ? riskRow * (atRisk.length + 1) + 8 : 0,
    legend: legendOf(input, curves, rows),
  };
  const frame = toFrame(input, spec);
  const svg = drawFrame(input, {
    frame,
    spec,
    x: { type: "linear", domain: [0, last] },
    y: { type: "linear", domain: [yTicks.values[0] as number, yTicks.values.at(-1) as number] },
    marks: curves.series.flatMap((one) => stepMarks(curves, one)),
  });
  drawRisk(svg, { input, curves, atRisk, ticks: xTicks.values, names });
  return { svg, spots: spotsOf(input, curves, svg), reach: [1, 0.3] };
}

function toCurves(input: ChartInput): Survival {
  const [x, y, n] = [needField(input, "x"), needField(input, "y"), maybeField(input, "n")];
  const facet = maybeField(input, "facet");
  const series = toSeries(input, maybeField(input, "series") ?? facet).map((one) => {
    const order = one.rows.filter((i) => !x.isNull(i) && !y.isNull(i));
    order.sort((a, b) => (x.numbers[a] as number) - (x.numbers[b] as number));
    const apart = facet ? ([...groupRows(order, (i) => facet.say(i)).values()][0] ?? []) : order;
    return { ...one, rows: decimateLine(apart, y.numbers, input.width) };
  });
  const [first] = series.flatMap(({ rows }) => rows.slice(0, 1));
  const lastOf = series[0]?.rows.at(-1);
  const isFalling =
    first !== undefined &&
    lastOf !== undefined &&
    (y.numbers[lastOf] as number) < (y.numbers[first] as number);
  const isHigh = first !== undefined && (y.numbers[first] as number) > 0.5 && lastOf === first;
  return {
    x,
    y,
    n,
    lower: maybeField(input, "lower"),
    upper: maybeField(input, "upper"),
    small: smallOf(n, input.table.numRows),
    series: series.filter(({ rows }) => rows.length > 0),
    start: isFalling || isHigh ? 1 : 0,
  };
}

function upperAt({ upper, small }: Survival, i: number): number {
  return small[i] === 1 ? 0 : upper?.numbers[i] || 0;
}

function timeAxis(
  input: ChartInput,
  { curves, rows, last }: { curves: Survival; rows: number[]; last: number },
): AxisTicks {
  const { x } = curves;
  const numbers = new Float64Array([0, last, ...rows.map((i) => x.numbers[i] as number)]);
  return placeAxis({ ...input, width: Math.min(input.width, 720) }, { ...x, numbers }, [
    ...numbers.keys(),
  ]);
}

/** Numbers at risk at each tick, by series: of the first event day not before it; null where none is left. */
export function atRiskTable(
  series: Pick<Series, "rows">[],
  x: Pick<Field, "numbers">,
  n: Pick<Field, "numbers">,
  ticks: number[],
): (number | null)[][] {
  return series.map(({ rows }) =>
    ticks.map((tick) => {
      const row = rows.find((i) => (x.numbers[i] as number) >= tick);
      return row === undefined ? null : (n.numbers[row] ?? null);
    }),
  );
}

function legendOf(
  input: ChartInput,
  { series, lower, small }: Survival,
  rows: number[],
): LegendItem[] {
  const items = seriesLegend(input, series, "line", maybeField(input, "series"));
  if (lower)
    items.push({
      mark: "faded",
      label: input.word("chart.band"),
      colour: colour("series-1", input.dark),
    });
  if (rows.some((i) => small[i] === 1)) {
    items.push({
      mark: "line",
      label: input.word("chart.smallN"),
      colour: colour("line-strong", input.dark),
    });
  }
  return items;
}

function stepMarks(curves: Survival, { rows, colour: ink }: Series): Plot.Markish[] {
  const { x, y, lower, upper, small, start } = curves;
  const marks: Plot.Markish[] = [];
  const known = rows.filter((i) => lower && upper && !lower.isNull(i) && !upper.isNull(i));
  if (lower && upper && known.length > 0) {
    marks.push(
      Plot.areaY(known, {
        x: known.map((i) => x.numbers[i]),
        y1: known.map((i) => lower.numbers[i]),
        y2: known.map((i) => upper.numbers[i]),
        curve: "step-after",
        fill: ink,
        fillOpacity: 0.15,
        clip: true,
      }),
    );
  }
  const faded = rows.findIndex((i) => small[i] === 1);
  const solid = faded === -1 ? rows : rows.slice(0, faded + 1);
  const line = (X: number[], Y: number[], strokeOpacity: number) =>
    Plot.line(X, { x: X, y: Y, curve: "step-after", stroke: ink, strokeWidth: 2, strokeOpacity });
  const at = (field: Field, some: number[]) => some.map((i) => field.numbers[i] as number);
  marks.push(line([0, ...at(x, solid)], [start, ...at(y, solid)], 1));
  if (faded !== -1) marks.push(line(at(x, rows.slice(faded)), at(y, rows.slice(faded)), 0.4));
  return marks;
}

interface Risk {
  input: ChartInput;
  curves: Survival;
  atRisk: (number | null)[][];
  ticks: number[];
  names: string[];
}

function drawRisk(
  svg: SVGSVGElement & Plot.Plot,
  { input, curves, atRisk, ticks, names }: Risk,
): void {
  const xScale = svg.scale("x");
  if (atRisk.length === 0 || !xScale) return;
  const height = Number(svg.getAttribute("height"));
  const top = height - riskRow * atRisk.length - 6;
  const quiet = { "font-size": 11, fill: colour("ink-3", input.dark) };
  svg.append(svgElement("text", { ...quiet, x: 0, y: top - 4 }, input.word("chart.atRisk")));
  atRisk.forEach((counts, line) => {
    const y = top + riskRow * (line + 0.5) + 4;
    const ink =
      curves.series.length > 1 ? curves.series[line]?.colour : colour("ink-2", input.dark);
    const name = names[line] ?? "";
    if (name !== "") svg.append(svgElement("text", { ...quiet, fill: ink, x: 0, y }, name));
    counts.forEach((count, place) => {
      if (count === null) return;
      const text = formatCount(input.locale as Locale, count, { compact: input.width < 480 });
      const x = Number(xScale.apply(ticks[place]));
      svg.append(svgElement("text", { ...quiet, fill: ink, x, y, "text-anchor": "middle" }, text));
    });
  });
}

function spotsOf(input: ChartInput, curves: Survival, svg: SVGSVGElement & Plot.Plot): Spot[] {
  const [xScale, yScale] = [svg.scale("x"), svg.scale("y")];
  if (!xScale || !yScale) return [];
  return curves.series.flatMap(({ name, rows }) =>
    rows.map((i): Spot => ({
      x: Number(xScale.apply(curves.x.numbers[i])),
      y: Number(yScale.apply(curves.y.numbers[i])),
      get lines() {
        const head = `${curves.x.label} ${curves.x.say(i)}`;
        return [
          name === "" ? head : `${name} · ${head}`,
          ...tellRow(input, { ...curves, value: curves.y }, i),
        ];
      },
    })),
  );
}
