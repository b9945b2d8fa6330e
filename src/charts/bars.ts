import * as Plot from "@observablehq/plot";
import { bandAxis, valueAxis } from "./axes.ts";
import { bandOf } from "./bands.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { flagsOf, maybeField, needField, type Field } from "./fields.ts";
import { fitNames } from "./fitNames.ts";
import { drawFrame, toFrame, type AxisTicks, type Frame, type FrameSpec } from "./frame.ts";
import type { LegendItem } from "./legend.ts";
import { colour } from "./palette.ts";
import { seriesLegend, toSeries, type Series } from "./series.ts";
import { smallOf, tell, tellRow } from "./tell.ts";
import { textWidth } from "./textWidth.ts";

interface Bars {
  x: Field;
  y: Field;
  lower: Field | undefined;
  upper: Field | undefined;
  n: Field | undefined;
  complete: Uint8Array;
  small: Uint8Array;
  series: Series[];
  /** a row of each place along x, in order; undefined where a whole number between has no row */
  places: (number | undefined)[];
  /** names that there would be a place for */
  names: number;
  /** place along x and member of its group, by row */
  placeOf: Map<number, [number, number]>;
}

/**
 * Bars, side by side where there are series, with their intervals; of many names the first twenty. Channels: x, y, and where there are:
 * series, lower, upper, n, complete. Names stand at the left of bars that run across; numbers and dates
 * below bars that stand.
 */
export function drawBars(input: ChartInput): Drawing {
  const bars = toBars(input);
  const isAcross = bars.x.type === "text";
  const ticks = valueAxis(
    input,
    bars.y,
    rangeOf(bars),
    isAcross ? Math.max(2, Math.floor(input.width / 110)) : 5,
  );
  const { frame, spec } = isAcross
    ? acrossFrame(input, { bars, ticks })
    : standingFrame(input, { bars, ticks });
  const value = {
    type: "linear" as const,
    domain: [ticks.values[0] as number, ticks.values.at(-1) as number],
  };
  const { length } = bars.places;
  const svg = drawFrame(input, {
    frame,
    spec,
    x: isAcross ? value : { type: "linear", domain: [-0.5, length - 0.5] },
    y: isAcross ? { type: "linear", domain: [length - 0.5, -0.5] } : value,
    marks: barMarks(input, { bars, isAcross, hatch: frame.hatch }),
  });
  return {
    svg,
    spots: spotsOf(input, { bars, isAcross, svg }),
    reach: isAcross ? [0.05, 1] : [1, 0.05],
  };
}

function toBars(input: ChartInput): Bars {
  const [x, y, n] = [needField(input, "x"), needField(input, "y"), maybeField(input, "n")];
  const length = input.table.numRows;
  const series = toSeries(input, maybeField(input, "series"));
  const all = placesOf(x, length);
  const places = x.type === "text" ? all.slice(0, mostNames) : all;
  const order = new Map(places.map((i, place) => [i === undefined ? undefined : x.say(i), place]));
  const placeOf = new Map<number, [number, number]>();
  series.forEach(({ rows }, member) => {
    for (const i of rows) {
      const place = order.get(x.say(i));
      if (place !== undefined && !y.isNull(i)) placeOf.set(i, [place, member]);
    }
  });
  return {
    x,
    y,
    n,
    lower: maybeField(input, "lower"),
    upper: maybeField(input, "upper"),
    complete: flagsOf(maybeField(input, "complete"), length),
    small: smallOf(n, length),
    series,
    places,
    names: all.length,
    placeOf,
  };
}

/** Beyond these nobody reads on: a ranking has its best first. */
const mostNames = 20;

/** More whole numbers than this, with gaps between them, are drawn side by side. */
const mostPlaces = 120;

/** Whole numbers with their gaps, everything else in order of appearance. */
function placesOf(x: Field, length: number): Bars["places"] {
  const found = new Map<string, number>();
  for (let i = 0; i < length; ++i) if (!found.has(x.say(i))) found.set(x.say(i), i);
  const rows = [...found.values()].filter((i) => !x.isNull(i));
  const values = rows.map((i) => x.numbers[i] as number);
  const least = values.reduce((lo, value) => Math.min(lo, value), Infinity);
  const span = values.reduce((hi, value) => Math.max(hi, value), least) - least;
  const isWhole = x.type === "count" && values.every((value) => Number.isInteger(value));
  if (!isWhole || !(span < mostPlaces)) return rows;
  const places = Array.from<number | undefined>({ length: span + 1 });
  for (const i of rows) places[(x.numbers[i] as number) - least] = i;
  return places;
}

function rangeOf({ y, lower, upper, placeOf }: Bars): [number, number] {
  let [lo, hi] = [0, 0];
  for (const i of placeOf.keys()) {
    for (const value of [y.numbers[i], lower?.numbers[i], upper?.numbers[i]]) {
      if (value === undefined || !Number.isFinite(value)) continue;
      lo = Math.min(lo, value);
      hi = Math.max(hi, value);
    }
  }
  return [lo, hi === lo ? lo + 1 : hi];
}

interface Framed {
  frame: Frame;
  spec: FrameSpec;
}

function standingFrame(
  input: ChartInput,
  { bars, ticks }: { bars: Bars; ticks: AxisTicks },
): Framed {
  const spec: FrameSpec = {
    bodyHeight: input.width < 480 ? 220 : 270,
    yLabel: bars.y.label,
    xLabel: bars.x.label,
    yTicks: ticks,
    xTicks: bandAxis(input, bars.x, bars.places, (input.width - 60) / bars.places.length),
    legend: legendOf(input, bars),
  };
  return { frame: toFrame(input, spec), spec };
}

function acrossFrame(input: ChartInput, { bars, ticks }: { bars: Bars; ticks: AxisTicks }): Framed {
  const room = Math.floor(input.width * 0.36);
  const labels = fitNames(
    bars.places.map((i) => (i === undefined ? "" : bars.x.say(i))),
    room,
  );
  const high = Math.max(24, bars.series.length * 14 + 8);
  const spec: FrameSpec = {
    bodyHeight: high * labels.length,
    xLabel: bars.y.label,
    xTicks: ticks,
    yTicks: { values: labels.map((_, place) => place), labels },
    grid: "x",
    ...(bars.names > labels.length ? { note: noteOf(input, bars) } : {}),
    left: Math.ceil(Math.max(...labels.map((label) => textWidth(label)))) + 10,
    legend: legendOf(input, bars),
  };
  return { frame: toFrame(input, spec), spec };
}

function noteOf(input: ChartInput, { places, names }: Bars): string {
  return tell(input, "chart.firstOf", { shown: places.length, total: names });
}

function legendOf(input: ChartInput, { series, complete, small, placeOf }: Bars): LegendItem[] {
  const items = seriesLegend(input, series, "square", maybeField(input, "series"));
  const rows = [...placeOf.keys()];
  if (rows.some((i) => complete[i] === 0))
    items.push({ mark: "hatch", label: input.word("chart.incomplete") });
  if (rows.some((i) => small[i] === 1)) {
    items.push({
      mark: "faded",
      label: input.word("chart.smallBase"),
      colour: colour("series-1", input.dark),
    });
  }
  return items;
}

interface Ways {
  bars: Bars;
  /** bars run from left to right */
  isAcross: boolean;
}

function barMarks(
  input: ChartInput,
  { bars, isAcross, hatch }: Ways & { hatch: string },
): Plot.Markish[] {
  const rows = [...bars.placeOf.keys()];
  const open = rows.filter((i) => bars.complete[i] === 0);
  const zero = { stroke: colour("ink-3", input.dark) };
  return [
    Plot.rect(rows, {
      ...boxOf({ bars, isAcross }, rows),
      fill: {
        value: rows.map((i) => bars.series[bars.placeOf.get(i)?.[1] ?? 0]?.colour ?? ""),
        scale: null,
      },
      fillOpacity: {
        value: rows.map((i) => (bars.small[i] === 1 ? 0.35 : bars.complete[i] === 0 ? 0.55 : 1)),
        scale: null,
      },
    }),
    Plot.rect(open, { ...boxOf({ bars, isAcross }, open), fill: `url(#${hatch})` }),
    ...intervalMarks(input, { bars, isAcross }, rows),
    isAcross ? Plot.ruleX([0], zero) : Plot.ruleY([0], zero),
  ];
}

function boxOf({ bars, isAcross }: Ways, rows: number[]): Record<string, number[]> {
  const bands = rows.map((i) => bandOf(...(bars.placeOf.get(i) ?? [0, 0]), bars.series.length));
  const [from, to] = [bands.map(([start]) => start), bands.map(([, end]) => end)];
  const [zero, value] = [rows.map(() => 0), rows.map((i) => bars.y.numbers[i] as number)];
  return isAcross
    ? { x1: zero, x2: value, y1: from, y2: to }
    : { x1: from, x2: to, y1: zero, y2: value };
}

function intervalMarks(
  { dark }: ChartInput,
  { bars, isAcross }: Ways,
  rows: number[],
): Plot.Markish[] {
  const { lower, upper } = bars;
  if (!lower || !upper) return [];
  const known = rows.filter((i) => !lower.isNull(i) && !upper.isNull(i));
  const middle = known.map((i) => {
    const [from, to] = bandOf(...(bars.placeOf.get(i) ?? [0, 0]), bars.series.length);
    return (from + to) / 2;
  });
  const [lo, hi] = [known.map((i) => lower.numbers[i]), known.map((i) => upper.numbers[i])];
  // A pale edge keeps the interval visible on the bar as well as beside it.
  // Bars beside each other are thin, and it would slice them.
  const edge = bars.series.length > 1 ? 2.4 : 4;
  const looks = [
    { stroke: colour("surface", dark), strokeWidth: edge, strokeOpacity: 0.85 },
    { stroke: colour("ink", dark), strokeWidth: 1.6 },
  ];
  return looks.map((look) =>
    isAcross
      ? Plot.ruleY(known, { ...look, y: middle, x1: lo, x2: hi, clip: true })
      : Plot.ruleX(known, { ...look, x: middle, y1: lo, y2: hi, clip: true }),
  );
}

function spotsOf(
  input: ChartInput,
  { bars, isAcross, svg }: Ways & { svg: SVGSVGElement & Plot.Plot },
): Spot[] {
  const [xScale, yScale] = [svg.scale("x"), svg.scale("y")];
  if (!xScale || !yScale) return [];
  const rows = [...bars.placeOf.keys()];
  const box = boxOf({ bars, isAcross }, rows);
  const at = (name: string, place: number) =>
    Number((name[0] === "x" ? xScale : yScale).apply(box[name]?.[place]));
  return rows.map((i, place): Spot => {
    const [x1, x2, y1, y2] = ["x1", "x2", "y1", "y2"].map((name) => at(name, place)) as [
      number,
      number,
      number,
      number,
    ];
    const [left, top] = [Math.min(x1, x2), Math.min(y1, y2)];
    return {
      x: isAcross ? Math.max(x1, x2) : (x1 + x2) / 2,
      y: isAcross ? (y1 + y2) / 2 : top,
      box: [left, top, Math.abs(x2 - x1), Math.abs(y2 - y1)],
      row: i,
      get lines() {
        return linesOf(input, bars, i);
      },
    };
  });
}

function linesOf(input: ChartInput, bars: Bars, i: number): string[] {
  const member = bars.series[bars.placeOf.get(i)?.[1] ?? 0]?.name ?? "";
  const head =
    bars.x.type === "text" || bars.x.type === "date"
      ? bars.x.say(i)
      : tell(input, "chart.pair", { name: bars.x.label, value: bars.x.say(i) });
  return [
    member === "" ? head : `${head} · ${member}`,
    ...tellRow(input, { ...bars, value: bars.y }, i),
  ];
}
