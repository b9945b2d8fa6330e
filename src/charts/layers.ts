import * as Plot from "@observablehq/plot";
import { formatShare, type Locale } from "../words/words.ts";
import { placeAxis, valueAxis } from "./axes.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { drawEmpty } from "./empty.ts";
import { drawFrame, toFrame, type FrameSpec } from "./frame.ts";
import { labelRoom } from "./labelRoom.ts";
import { toCake, type Cake } from "./layerCake.ts";
import type { LegendItem } from "./legend.ts";
import { colour, sequentialColour, sequentialInk } from "./palette.ts";
import { toRuns } from "./runs.ts";
import { svgElement } from "./svgElement.ts";
import { tell } from "./tell.ts";
import { textWidth } from "./textWidth.ts";
import { extentOf, type Layer } from "./toLayers.ts";

/** Nearer periods, pixels, have no seams between their layers. */
const leastPitch = 4;

/**
 * The layer cake of cohorts: what each brings in, one upon the other, the oldest at the bottom. Channels: x
 * (period), y (how much), series (cohort), and where there is: complete. A sum below zero has no height; its
 * tip tells it. Many cohorts stand together by month, quarter or year.
 */
export function drawLayers(input: ChartInput): Drawing {
  const cake = toCake(input);
  const { x, y, periods, places, totals } = cake;
  if (places.length === 0) return drawEmpty(input);
  const highest = totals.reduce((most, total) => Math.max(most, total), 0);
  const yTicks = valueAxis(input, y, [0, highest || 1]);
  const spec: FrameSpec = {
    bodyHeight: input.width < 480 ? 250 : 320,
    yLabel: y.label,
    xLabel: x.label,
    yTicks,
    xTicks: placeAxis(input, { ...x, numbers: Float64Array.from(periods) }, [...periods.keys()]),
    legend: legendOf(input, cake),
    note: noteOf(input, cake),
  };
  const frame = toFrame(input, spec);
  const [first, last] = [periods[0] as number, periods.at(-1) as number];
  const svg = drawFrame(input, {
    frame,
    spec,
    x: { type: "linear", domain: first < last ? [first, last] : [first - 1, first + 1] },
    y: { type: "linear", domain: [yTicks.values[0] as number, yTicks.values.at(-1) as number] },
    marks: layerMarks(input, cake, frame.hatch),
  });
  nameLayers(svg, { input, cake });
  const pitch = (input.width - frame.left - frame.right) / Math.max(1, places.length - 1);
  return { svg, spots: spotsOf(input, cake, svg), reach: [Math.min(1, 100 / pitch), 1] };
}

/** From old to new, in half steps that leave out the palest. */
function stepOf(layer: number, { layers }: Cake): number {
  if (layers.length === 1) return 5;
  return 3 + Math.round((layer / (layers.length - 1)) * 8) / 2;
}

function legendOf(input: ChartInput, { names, complete }: Cake): LegendItem[] {
  const items: LegendItem[] = [];
  if (names.length > 1) items.push({ mark: "ramp", label: `${names[0]} – ${names.at(-1)}` });
  if (complete.includes(0)) {
    const ink = sequentialColour(5, input.dark);
    items.push({ mark: "hatch", label: input.word("chart.incomplete"), colour: ink });
  }
  return items;
}

function noteOf(input: ChartInput, { names, cohorts, periods, places }: Cake): string {
  const notes: string[] = [];
  if (cohorts > names.length)
    notes.push(tell(input, "chart.layered", { total: cohorts, shown: names.length }));
  if (periods.length > places.length)
    notes.push(tell(input, "chart.thinned", { total: periods.length, shown: places.length }));
  return notes.join(" · ");
}

interface Corner {
  place: number;
  x: number;
}

/** Where the layers bend: at their periods; a single period is as wide as a bar. */
function cornersOf({ periods }: Cake, places: number[]): Corner[] {
  const corners = places.map((place) => ({ place, x: periods[place] as number }));
  const [only] = corners;
  if (periods.length > 1 || !only) return corners;
  return [-0.4, 0.4].map((aside) => ({ place: only.place, x: only.x + aside }));
}

function layerMarks(input: ChartInput, cake: Cake, hatch: string): Plot.Markish[] {
  const corners = cornersOf(cake, cake.places);
  const order = [...corners.keys()];
  const flags = {
    complete: Uint8Array.from(corners, ({ place }) => cake.complete[place] ?? 1),
    small: new Uint8Array(corners.length),
  };
  const runs = toRuns(order, flags).map(({ style, rows }) => ({
    isOpen: style === "dashed",
    corners: rows.map((i) => corners[i] as Corner),
  }));
  const areas = cake.layers.flatMap((layer, i) =>
    runs.map(({ isOpen, corners: run }) =>
      areaOf(layer, run, { fill: inkOf(input, cake, i), fillOpacity: isOpen ? 0.5 : 1 }),
    ),
  );
  // seams between steep layers would hide them
  const isDense = input.width / corners.length < leastPitch;
  const seamed = isDense ? [] : cake.layers.slice(0, -1);
  const seams = seamed.map((layer) => seamOf(input, layer, corners));
  const open = runs.filter(({ isOpen }) => isOpen);
  const whole = { from: new Float64Array(cake.totals.length), to: Float64Array.from(cake.totals) };
  return [
    ...areas,
    ...seams,
    ...open.map(({ corners: run }) => areaOf(whole, run, { fill: `url(#${hatch})` })),
    Plot.ruleY([0], { stroke: colour("ink-3", input.dark) }),
  ];
}

function inkOf({ dark }: ChartInput, cake: Cake, layer: number): string {
  return sequentialColour(stepOf(layer, cake), dark);
}

type Edges = Pick<Layer, "from" | "to">;

function areaOf(layer: Edges, corners: Corner[], look: Plot.AreaYOptions): Plot.Markish {
  const shown = extentOf(layer, corners);
  return Plot.areaY(shown, {
    ...look,
    x: shown.map(({ x }) => x),
    y1: shown.map(({ place }) => layer.from[place]),
    y2: shown.map(({ place }) => layer.to[place]),
  });
}

/** A thin line between a layer and the next. */
function seamOf({ dark }: ChartInput, layer: Edges, corners: Corner[]): Plot.Markish {
  const shown = extentOf(layer, corners);
  return Plot.line(shown, {
    x: shown.map(({ x }) => x),
    y: shown.map(({ place }) => layer.to[place]),
    stroke: colour("surface", dark),
    strokeWidth: 0.8,
  });
}

type Drawn = SVGSVGElement & Plot.Plot;

/** Names in the layers that are thick enough, where the figures are whole. */
function nameLayers(svg: Drawn, { input, cake }: { input: ChartInput; cake: Cake }): void {
  const [xScale, yScale] = [svg.scale("x"), svg.scale("y")];
  if (!xScale || !yScale) return;
  const whole = cake.places.filter((place) => cake.complete[place] === 1);
  const corners = cornersOf(cake, whole);
  cake.layers.forEach((layer, i) => {
    const shown = extentOf(layer, corners);
    const name = cake.names[i] ?? "";
    const room = labelRoom(
      {
        X: shown.map(({ x }) => Number(xScale.apply(x))),
        top: shown.map(({ place }) => Number(yScale.apply(layer.to[place]))),
        bottom: shown.map(({ place }) => Number(yScale.apply(layer.from[place]))),
      },
      { wide: textWidth(name, 11) + 10, high: 15 },
    );
    if (!room) return;
    const at = { ...room, dy: "0.36em", "text-anchor": "middle", "font-size": 11 };
    svg.append(
      svgElement("text", { ...at, fill: sequentialInk(stepOf(i, cake), input.dark) }, name),
    );
  });
}

/** Layer by layer from the oldest, along its periods. */
function spotsOf(input: ChartInput, cake: Cake, svg: Drawn): Spot[] {
  const [xScale, yScale] = [svg.scale("x"), svg.scale("y")];
  if (!xScale || !yScale) return [];
  return cake.layers.flatMap((layer, i) =>
    cake.places
      .filter((place) => !Number.isNaN(layer.sums[place]))
      .map((place): Spot => {
        const [top, bottom] = [layer.to[place], layer.from[place]].map((value) =>
          Number(yScale.apply(value)),
        ) as [number, number];
        const row = layer.rows[place] as number;
        return {
          x: Number(xScale.apply(cake.periods[place])),
          y: (top + bottom) / 2,
          span: [top, bottom],
          get lines() {
            return linesOf(input, cake, { layer: i, place });
          },
          ...(row < 0 ? {} : { row }),
        };
      }),
  );
}

function linesOf(
  input: ChartInput,
  { x, y, names, layers, periods, totals, complete }: Cake,
  { layer, place }: { layer: number; place: number },
): string[] {
  const sum = layers[layer]?.sums[place] ?? Number.NaN;
  const total = totals[place] ?? 0;
  const lines = [
    `${names[layer]} · ${x.sayValue(periods[place] as number)}`,
    tell(input, "chart.pair", { name: y.label, value: y.sayValue(sum) }),
  ];
  if (sum > 0 && layers.length > 1) {
    const share = formatShare(input.locale as Locale, sum / total);
    lines.push(tell(input, "chart.ofPeriod", { share }));
  }
  if (complete[place] === 0) lines.push(input.word("chart.incomplete"));
  return lines;
}
