import * as Plot from "@observablehq/plot";
import { placeAxis, valueAxis } from "./axes.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { decimateLine, mostMarks } from "./decimate.ts";
import { maybeField, needField, type Field } from "./fields.ts";
import { drawFrame, toFrame, type FrameSpec } from "./frame.ts";
import type { LegendItem } from "./legend.ts";
import { colour, seriesColour } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { smallOf, tell } from "./tell.ts";
import { fitText, textWidth } from "./textWidth.ts";

interface Tracks {
  x: Field;
  /** columns beside each other: the first is solid, the others dashed */
  measures: Field[];
  lower: Field | undefined;
  upper: Field | undefined;
  phase: Field | undefined;
  n: Field | undefined;
  small: Uint8Array;
  /** rows by x */
  rows: number[];
}

/**
 * Columns of one measure beside each other, such as what was seen and what a model expected. Channels: x, y1,
 * y2, …, and where there are: phase (a rule where it changes), lower and upper (of the last column), n (points
 * with a small base are hollow).
 */
export function drawTracks(input: ChartInput): Drawing {
  const tracks = toTracks(input);
  const { x, measures, rows } = tracks;
  const first = measures[0] as Field;
  const yTicks = valueAxis(input, first, rangeOf(tracks), 5);
  const spec: FrameSpec = {
    bodyHeight: input.width < 480 ? 220 : 290,
    xLabel: x.label,
    xTicks: placeAxis(input, x, rows),
    yTicks,
    legend: legendOf(input, tracks),
    headroom: tracks.phase ? 24 : 10,
  };
  const svg = drawFrame(input, {
    frame: toFrame(input, spec),
    spec,
    x: { type: "linear", domain: extentOf(x, rows), insetLeft: 4, insetRight: 4 },
    y: { type: "linear", domain: [yTicks.values[0] as number, yTicks.values.at(-1) as number] },
    marks: [
      ...ruleMarks(input, tracks),
      ...bandMarks(input, tracks),
      ...measures.flatMap((_, place) => lineMarks(input, tracks, place)).reverse(),
    ],
  });
  namePhases(svg, input, tracks);
  return { svg, spots: spotsOf(input, tracks, svg), reach: [1, 0.2] };
}

function toTracks(input: ChartInput): Tracks {
  const x = needField(input, "x");
  const names = Object.keys(input.channels).filter((name) => /^y\d*$/.test(name));
  const measures = names.map((name) => needField(input, name));
  if (measures.length === 0) throw new Error("missing channel: y1");
  const length = input.table.numRows;
  const n = maybeField(input, "n");
  const placed = Array.from({ length }, (_, i) => i).filter(
    (i) => !x.isNull(i) && measures.some((field) => !field.isNull(i)),
  );
  placed.sort((a, b) => (x.numbers[a] as number) - (x.numbers[b] as number));
  const rows =
    placed.length > mostMarks / 4
      ? decimateLine(placed, (measures[0] as Field).numbers, Math.max(40, input.width))
      : placed;
  return {
    x,
    measures,
    n,
    rows,
    lower: maybeField(input, "lower"),
    upper: maybeField(input, "upper"),
    phase: maybeField(input, "phase"),
    small: smallOf(n, length),
  };
}

function rangeOf({ measures, lower, upper, rows }: Tracks): [number, number] {
  let [lo, hi] = [0, 0];
  for (const i of rows) {
    const bounds = [lower?.numbers[i], upper?.numbers[i]];
    for (const value of [...measures.map(({ numbers }) => numbers[i]), ...bounds]) {
      if (value === undefined || !Number.isFinite(value)) continue;
      [lo, hi] = [Math.min(lo, value), Math.max(hi, value)];
    }
  }
  return [lo, hi === lo ? lo + 1 : hi];
}

function extentOf({ numbers }: Field, rows: number[]): [number, number] {
  const lo = numbers[rows[0] ?? 0] ?? 0;
  const hi = numbers[rows.at(-1) ?? 0] ?? 1;
  return lo < hi ? [lo, hi] : [lo - 1, lo + 1];
}

function legendOf(input: ChartInput, { measures, lower, small, rows }: Tracks): LegendItem[] {
  const { dark } = input;
  const items = measures.map(({ label }, place): LegendItem => ({
    mark: place === 0 ? "line" : "dash",
    label,
    colour: seriesColour(place, dark),
  }));
  const last = seriesColour(measures.length - 1, dark);
  if (lower) items.push({ mark: "faded", label: input.word("chart.band"), colour: last });
  if (rows.some((i) => small[i] === 1))
    items.push({ mark: "hollow", label: input.word("chart.smallBase") });
  return items;
}

/** x where one phase ends and the next begins, and what the phases are called. */
function phasesOf({ phase, x, rows }: Tracks): { names: string[]; edges: number[] } {
  const [names, edges]: [string[], number[]] = [[], []];
  if (!phase) return { names, edges };
  rows.forEach((i, place) => {
    const name = phase.say(i);
    if (name === names.at(-1)) return;
    const before = rows[place - 1];
    if (before !== undefined)
      edges.push(((x.numbers[before] as number) + (x.numbers[i] as number)) / 2);
    names.push(name);
  });
  return { names, edges };
}

function ruleMarks({ dark }: ChartInput, tracks: Tracks): Plot.Markish[] {
  const { edges } = phasesOf(tracks);
  return edges.length === 0
    ? []
    : [Plot.ruleX(edges, { stroke: colour("ink-3", dark), strokeDasharray: "2,3" })];
}

function bandMarks({ dark }: ChartInput, tracks: Tracks): Plot.Markish[] {
  const { x, measures, lower, upper, rows } = tracks;
  if (!lower || !upper) return [];
  const known = rows.filter((i) => !lower.isNull(i) && !upper.isNull(i));
  return [
    Plot.areaY(known, {
      x: known.map((i) => x.numbers[i]),
      y1: known.map((i) => lower.numbers[i]),
      y2: known.map((i) => upper.numbers[i]),
      fill: seriesColour(measures.length - 1, dark),
      fillOpacity: 0.16,
      clip: true,
    }),
  ];
}

function lineMarks({ dark, width }: ChartInput, tracks: Tracks, place: number): Plot.Markish[] {
  const field = tracks.measures[place] as Field;
  const rows = tracks.rows.filter((i) => !field.isNull(i));
  const X = rows.map((i) => tracks.x.numbers[i]);
  const Y = rows.map((i) => field.numbers[i]);
  const ink = seriesColour(place, dark);
  const dashes = place === 0 ? {} : { strokeDasharray: "6,4" };
  const line = Plot.line(rows, { x: X, y: Y, stroke: ink, strokeWidth: 2, ...dashes });
  if (rows.length > width / 14) return [line];
  const isSmall = (i: number) => tracks.small[i] === 1;
  return [
    Plot.dot(rows, {
      x: X,
      y: Y,
      r: 3,
      fill: { value: rows.map((i) => (isSmall(i) ? colour("surface", dark) : ink)), scale: null },
      stroke: ink,
      strokeWidth: 1.5,
    }),
    line,
  ];
}

/** Above the body, each beside the rule that it ends at or starts from, where there is room. */
function namePhases(svg: SVGSVGElement & Plot.Plot, input: ChartInput, tracks: Tracks): void {
  const { names, edges } = phasesOf(tracks);
  const xScale = svg.scale("x");
  const yScale = svg.scale("y");
  if (names.length < 2 || !xScale || !yScale) return;
  const y = Math.min(...(yScale.range as number[])) - 7;
  const [left, right] = xScale.range as number[] as [number, number];
  const ink = { "font-size": 12, fill: colour("ink-2", input.dark), y };
  names.forEach((name, place) => {
    const from = place === 0 ? left : Number(xScale.apply(edges[place - 1])) + 5;
    const to = edges[place] === undefined ? right : Number(xScale.apply(edges[place])) - 5;
    const isFirst = place === 0;
    const text = fitText(name, Math.max(0, isFirst ? to : input.width - from), 12);
    // a phase that is shorter than its name may lean on what lies before or after it
    const start = isFirst ? Math.max(0, to - textWidth(text)) : from;
    svg.append(svgElement("text", { ...ink, x: start, "text-anchor": "start" }, text));
  });
}

function spotsOf(
  input: ChartInput,
  { x, measures, lower, upper, phase, n, rows }: Tracks,
  svg: SVGSVGElement & Plot.Plot,
): Spot[] {
  const [xScale, yScale] = [svg.scale("x"), svg.scale("y")];
  if (!xScale || !yScale) return [];
  const pair = ({ label }: Field, value: string) =>
    tell(input, "chart.pair", { name: label, value });
  return rows.map((i): Spot => {
    const head = pair(x, x.say(i));
    const known = measures.filter((field) => !field.isNull(i));
    const lines = [
      phase && !phase.isNull(i) ? `${head} · ${phase.say(i)}` : head,
      ...known.map((field) => pair(field, field.say(i))),
    ];
    if (lower && upper && !lower.isNull(i) && !upper.isNull(i))
      lines.push(tell(input, "chart.interval", { lower: lower.say(i), upper: upper.say(i) }));
    if (n && !n.isNull(i)) lines.push(pair(n, n.say(i)));
    const value = (known[0] as Field).numbers[i];
    return { x: Number(xScale.apply(x.numbers[i])), y: Number(yScale.apply(value)), lines };
  });
}
