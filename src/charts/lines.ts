import * as Plot from "@observablehq/plot";
import { placeAxis, valueAxis } from "./axes.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { dayAxis, edgesBetween, type DayAxis } from "./dayAxis.ts";
import { decimateLine, mostMarks } from "./decimate.ts";
import { flagsOf, maybeField, needField, type Field } from "./fields.ts";
import { drawFrame, toFrame, type Frame, type FrameSpec } from "./frame.ts";
import type { LegendItem } from "./legend.ts";
import { colour } from "./palette.ts";
import { toRuns, type RunStyle } from "./runs.ts";
import { groupRows, seriesLegend, toSeries, type Series } from "./series.ts";
import { smallOf, tell, tellRow } from "./tell.ts";
import { svgElement } from "./svgElement.ts";
import { fitText } from "./textWidth.ts";

interface Curves {
  x: Field;
  y: Field;
  lower: Field | undefined;
  upper: Field | undefined;
  n: Field | undefined;
  facet: Field | undefined;
  complete: Uint8Array;
  small: Uint8Array;
  series: Series[];
  /** how many rows were left out to draw no more than can be seen */
  thinned: number;
}

/**
 * Lines with their intervals. Channels: x, y, and where there are: series, lower, upper, n, complete, facet.
 * What is not complete is dashed and hollow, what has a small base is faded. Index 0 of a share is left out
 * where it is 1 by definition and would flatten the rest.
 */
export function drawLines(input: ChartInput): Drawing {
  const curves = toCurves(input);
  const rows = curves.series.flatMap((one) => one.rows);
  const facets = [...new Set(rows.map((i) => curves.facet?.say(i) ?? ""))];
  const yTicks = valueAxis(input, curves.y, rangeOf(curves, rows), facets.length > 1 ? 4 : 5);
  const panel = facets.length > 1 ? 132 : input.width < 480 ? 220 : 280;
  const spec: FrameSpec = {
    bodyHeight: panel * facets.length,
    yLabel: curves.y.label,
    xLabel: curves.x.label,
    yTicks,
    xTicks: placeAxis(input, curves.x, rows),
    legend: legendOf(input, curves, rows),
    ...(curves.thinned > 0 ? { note: thinnedNote(input, curves, rows.length) } : {}),
  };
  const frame = toFrame(input, spec);
  const isFaceted = facets.length > 1;
  const svg = drawFrame(input, {
    frame,
    spec,
    x: { type: "linear", domain: extentOf(curves.x, rows), insetLeft: 4, insetRight: 4 },
    y: { type: "linear", domain: [yTicks.values[0] as number, yTicks.values.at(-1) as number] },
    ...(isFaceted ? { fy: { domain: facets, axis: null, padding: 0.24 } } : {}),
    marks: curveMarks(input, curves, isFaceted),
  });
  if (isFaceted) nameFacets(svg, { input, facets });
  const axis = pointAxis(input, curves.x, rows, { svg, frame, height: spec.bodyHeight });
  return { svg, spots: spotsOf(input, curves, svg), reach: [1, 0.35], axis };
}

/** the points along x as periods */
function pointAxis(
  input: ChartInput,
  x: Field,
  rows: number[],
  { svg, frame, height }: { svg: Plot.Plot; frame: Frame; height: number },
): DayAxis | undefined {
  const starts = [...new Set(rows.map((i) => x.numbers[i]!))].sort((a, b) => a - b);
  const scale = svg.scale("x");
  if (!scale) return undefined;
  const edges = edgesBetween(starts.map((start) => Number(scale.apply(start))));
  const body: DayAxis["body"] = [
    frame.left,
    frame.top,
    frame.width - frame.left - frame.right,
    height,
  ];
  return dayAxis(input, "x", x, { starts, edges, body });
}

function toCurves(input: ChartInput): Curves {
  const [x, y] = [needField(input, "x"), needField(input, "y")];
  const n = maybeField(input, "n");
  const facet = maybeField(input, "facet");
  const length = input.table.numRows;
  const all = toSeries(input, maybeField(input, "series")).flatMap((one) =>
    [...groupRows(one.rows, (i) => facet?.say(i) ?? "").values()].map((rows) => ({ ...one, rows })),
  );
  const most = Math.max(40, Math.floor(Math.min(input.width, mostMarks / 4 / all.length)));
  let total = 0;
  const series = all.map((one) => {
    const placed = one.rows.filter((i) => !x.isNull(i) && !y.isNull(i));
    const order = withoutTrivialStart(placed, x, y).sort(
      (a, b) => (x.numbers[a] as number) - (x.numbers[b] as number),
    );
    total += order.length;
    return { ...one, rows: length > mostMarks ? decimateLine(order, y.numbers, most) : order };
  });
  const shown = series.reduce((sum, { rows }) => sum + rows.length, 0);
  return {
    x,
    y,
    n,
    facet,
    lower: maybeField(input, "lower"),
    upper: maybeField(input, "upper"),
    complete: flagsOf(maybeField(input, "complete"), length),
    small: smallOf(n, length),
    series: series.filter(({ rows }) => rows.length > 0),
    thinned: total - shown,
  };
}

/** The rows without the one at index 0, where its share is 1 by definition and far above all others. */
function withoutTrivialStart(rows: number[], x: Field, y: Field): number[] {
  const isStart = (i: number) => x.numbers[i] === 0 && y.numbers[i] === 1;
  const rest = rows.filter((i) => !isStart(i));
  const isTrivial = y.type === "share" && rest.every((i) => (y.numbers[i] as number) < 0.8);
  return isTrivial && rest.length > 0 ? rest : rows;
}

/** Of y and of the intervals, so that none is cut off; 0 is always in it. */
function rangeOf({ y, lower, upper }: Curves, rows: number[]): [number, number] {
  let [lo, hi] = [0, 0];
  for (const i of rows) {
    for (const value of [y.numbers[i], lower?.numbers[i], upper?.numbers[i]]) {
      if (value === undefined || !Number.isFinite(value)) continue;
      lo = Math.min(lo, value);
      hi = Math.max(hi, value);
    }
  }
  return [lo, hi === lo ? lo + 1 : hi];
}

function extentOf(field: Field, rows: number[]): [number, number] {
  let [lo, hi] = [Infinity, -Infinity];
  for (const i of rows) {
    lo = Math.min(lo, field.numbers[i] as number);
    hi = Math.max(hi, field.numbers[i] as number);
  }
  return lo < hi ? [lo, hi] : [lo - 1, lo + 1];
}

function legendOf(
  input: ChartInput,
  { series, complete, small, lower }: Curves,
  rows: number[],
): LegendItem[] {
  const names = new Map(series.map((one) => [one.name, one]));
  const items = seriesLegend(input, [...names.values()], "line", maybeField(input, "series"));
  if (lower)
    items.push({
      mark: "faded",
      label: input.word("chart.band"),
      colour: colour("series-1", input.dark),
    });
  if (rows.some((i) => complete[i] === 0))
    items.push({ mark: "dash", label: input.word("chart.incomplete") });
  if (rows.some((i) => small[i] === 1)) {
    items.push({
      mark: "line",
      label: input.word("chart.smallBase"),
      colour: colour("line-strong", input.dark),
    });
  }
  return items;
}

function thinnedNote(input: ChartInput, { thinned }: Curves, shown: number): string {
  return tell(input, "chart.thinned", { shown, total: shown + thinned });
}

function curveMarks(input: ChartInput, curves: Curves, isFaceted: boolean): Plot.Markish[] {
  const { y, series } = curves;
  const marks: Plot.Markish[] = [];
  if (series.some(({ rows }) => rows.some((i) => (y.numbers[i] as number) < 0))) {
    marks.push(Plot.ruleY([0], { stroke: colour("line-strong", input.dark) }));
  }
  for (const one of [...series].reverse()) {
    const fy = isFaceted ? { fy: one.rows.map((i) => curves.facet?.say(i) ?? "") } : {};
    marks.push(
      ...bandMarks(curves, one, fy),
      ...runMarks(curves, one, isFaceted),
      ...dotMarks(input, curves, one, fy),
    );
  }
  return marks;
}

interface Facets {
  fy?: string[];
}

function bandMarks(
  { x, lower, upper, series }: Curves,
  { rows, colour: ink, isQuiet }: Series,
  fy: Facets,
): Plot.Markish[] {
  if (!lower || !upper || isQuiet) return [];
  const X = rows.map((i) => x.numbers[i]);
  const y1 = rows.map((i) => lower.numbers[i]);
  const y2 = rows.map((i) => upper.numbers[i]);
  const fillOpacity = series.length > 3 ? 0.09 : 0.16;
  if (rows.length === 1)
    return [Plot.ruleX(rows, { x: X, y1, y2, stroke: ink, ...fy, clip: true })];
  return [Plot.areaY(rows, { x: X, y1, y2, fill: ink, fillOpacity, ...fy, clip: true })];
}

const styleOf: Record<RunStyle, Plot.LineYOptions> = {
  solid: { strokeOpacity: 1 },
  faded: { strokeOpacity: 0.35 },
  dashed: { strokeDasharray: "4,4", strokeOpacity: 0.8 },
};

function runMarks(
  curves: Curves,
  { rows, colour: ink, isQuiet }: Series,
  isFaceted: boolean,
): Plot.Markish[] {
  return toRuns(rows, curves).map(({ style, rows: run }) =>
    Plot.line(run, {
      x: run.map((i) => curves.x.numbers[i]),
      y: run.map((i) => curves.y.numbers[i]),
      stroke: ink,
      strokeWidth: isQuiet ? 1 : 2,
      ...styleOf[style],
      ...(isFaceted ? { fy: run.map((i) => curves.facet?.say(i) ?? "") } : {}),
    }),
  );
}

function dotMarks(
  { dark, width }: ChartInput,
  curves: Curves,
  { rows, colour: ink, isQuiet }: Series,
  fy: Facets,
): Plot.Markish[] {
  const isCrowded = rows.length > width / 14 || curves.series.length > 8;
  if (rows.length > 1 && (isQuiet || isCrowded)) return [];
  const isOpen = (i: number) => curves.complete[i] === 0;
  return [
    Plot.dot(rows, {
      x: rows.map((i) => curves.x.numbers[i]),
      y: rows.map((i) => curves.y.numbers[i]),
      r: 3,
      fill: { value: rows.map((i) => (isOpen(i) ? colour("surface", dark) : ink)), scale: null },
      stroke: ink,
      strokeWidth: 1.5,
      opacity: { value: rows.map((i) => (curves.small[i] === 1 ? 0.45 : 1)), scale: null },
      ...fy,
    }),
  ];
}

interface Panels extends SVGSVGElement {
  scale(name: string): Plot.Scale | undefined;
}

function nameFacets(
  svg: SVGSVGElement & Plot.Plot,
  { input, facets }: { input: ChartInput; facets: string[] },
): void {
  const fy = (svg as Panels).scale("fy");
  if (!fy) return;
  for (const name of facets) {
    const place = {
      x: input.width - 8,
      y: Number(fy.apply(name)) - 4,
      "text-anchor": "end",
      "font-size": 12,
    };
    const look = { ...place, "font-weight": 600, fill: colour("ink-2", input.dark) };
    svg.append(svgElement("text", look, fitText(name, input.width - 60, 12)));
  }
}

function spotsOf(input: ChartInput, curves: Curves, svg: SVGSVGElement & Plot.Plot): Spot[] {
  const { x, y, facet, series } = curves;
  const [xScale, yScale, fy] = [svg.scale("x"), svg.scale("y"), svg.scale("fy")];
  if (!xScale || !yScale) return [];
  const top = fy ? Number(fy.apply((fy.domain as string[])[0])) : 0;
  return series.flatMap(({ name, rows }) =>
    rows.map((i): Spot => {
      const shift = fy && facet ? Number(fy.apply(facet.say(i))) - top : 0;
      return {
        x: Number(xScale.apply(x.numbers[i])),
        y: Number(yScale.apply(y.numbers[i])) + shift,
        get lines() {
          const head = x.type === "date" ? x.say(i) : `${x.label} ${x.say(i)}`;
          return [
            name === "" ? head : `${name} · ${head}`,
            ...tellRow(input, { ...curves, value: y }, i),
          ];
        },
      };
    }),
  );
}
