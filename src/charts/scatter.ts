import * as Plot from "@observablehq/plot";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { decimateCloud } from "./decimate.ts";
import { maybeField, needField, toField, type Field } from "./fields.ts";
import { drawFrame, toFrame, type FrameSpec } from "./frame.ts";
import type { LegendItem } from "./legend.ts";
import { colour, sequentialColour, sequentialStep } from "./palette.ts";
import { measureAxis } from "./measureAxis.ts";
import { seriesLegend, toSeries } from "./series.ts";
import { tell } from "./tell.ts";
import { formatTick } from "./ticks.ts";
import type { Locale } from "../words/words.ts";

/**
 * Points. Channels: x, y, and where there are: fill (a measure by sequential colours) or series (names by
 * colour), label (what a point is called). Axes are logarithmic where positive values spread too far.
 */
export function drawScatter(input: ChartInput): Drawing {
  const [x, y] = [needField(input, "x"), needField(input, "y")];
  const rows = decimateCloud(x.numbers, y.numbers);
  const across = measureAxis(input, x, { rows, count: Math.max(3, Math.floor(input.width / 90)) });
  const up = measureAxis(input, y, { rows, count: 5 });
  const total = input.table.numRows;
  const ink = inkOf(input);
  const spec: FrameSpec = {
    bodyHeight: input.width < 480 ? 250 : 340,
    xTicks: across.ticks,
    yTicks: up.ticks,
    xLabel: x.label,
    yLabel: y.label,
    legend: ink.legend,
    ...(rows.length < total
      ? { note: tell(input, "chart.thinned", { shown: rows.length, total }) }
      : {}),
  };
  const svg = drawFrame(input, {
    frame: toFrame(input, spec),
    spec,
    x: { ...across.scale, insetLeft: 4, insetRight: 4 },
    y: { ...up.scale, insetTop: 4, insetBottom: 4 },
    marks: [
      Plot.dot(rows, {
        x: rows.map((i) => x.numbers[i]),
        y: rows.map((i) => y.numbers[i]),
        r: rows.length > 1000 ? 2 : 3,
        fill: { value: rows.map(ink.of), scale: null },
        fillOpacity: rows.length > 1000 ? 0.55 : 0.8,
        stroke: colour("surface", input.dark),
        strokeWidth: 0.4,
      }),
    ],
  });
  return { svg, spots: spotsOf(input, { x, y, rows, svg }) };
}

interface Ink {
  of: (i: number) => string;
  legend: LegendItem[];
}

function inkOf(input: ChartInput): Ink {
  const fill = maybeField(input, "fill");
  const series = maybeField(input, "series");
  if (fill && fill.type !== "text") return measureInk(input, fill);
  const groups = toSeries(input, series ?? fill);
  const byRow = new Map(
    groups.flatMap((group) => group.rows.map((i) => [i, group.colour] as const)),
  );
  return {
    of: (i) => byRow.get(i) ?? colour("series-1", input.dark),
    legend: seriesLegend(input, groups, "dot", series ?? fill),
  };
}

function measureInk(input: ChartInput, fill: Field): Ink {
  const { dark } = input;
  let [lo, hi] = fill.type === "share" ? [0, 1] : [Infinity, -Infinity];
  for (const value of fill.numbers) [lo, hi] = [Math.min(lo, value || 0), Math.max(hi, value || 0)];
  // From the third step: the palest cannot be seen as points.
  const of = (i: number) =>
    sequentialColour(
      Math.max(3, sequentialStep(((fill.numbers[i] as number) - lo) / (hi - lo || 1))),
      dark,
    );
  const short = (value: number) =>
    formatTick(input.locale as Locale, fill.type, value, { currency: input.currency });
  const label = `${fill.label} ${tell(input, "chart.range", { lower: short(lo), upper: short(hi) })}`;
  return { of, legend: [{ mark: "ramp", label }] };
}

interface Cloud {
  x: Field;
  y: Field;
  rows: number[];
  svg: SVGSVGElement & Plot.Plot;
}

/** The tip names every column that the chart draws, and the row by its label. */
function spotsOf(input: ChartInput, { x, y, rows, svg }: Cloud): Spot[] {
  const [xScale, yScale] = [svg.scale("x"), svg.scale("y")];
  if (!xScale || !yScale) return [];
  const label = maybeField(input, "label");
  const names = new Set(
    Object.entries(input.channels)
      .filter(([channel]) => channel !== "label")
      .map(([, name]) => name),
  );
  const fields = [...names]
    .filter((name) => input.table.getChild(name))
    .map((name) => toField(input, name));
  return rows.map((i): Spot => ({
    x: Number(xScale.apply(x.numbers[i])),
    y: Number(yScale.apply(y.numbers[i])),
    get lines() {
      const figures = fields.map((field) =>
        tell(input, "chart.pair", { name: field.label, value: field.say(i) }),
      );
      return label ? [label.say(i), ...figures] : figures;
    },
  }));
}
