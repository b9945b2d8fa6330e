import * as Plot from "@observablehq/plot";
import { formatCount, formatShare, type Locale } from "../words/words.ts";
import { placeAxis, valueAxis } from "./axes.ts";
import { binBands, binValues, type Bins } from "./binValues.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { needField, type Field } from "./fields.ts";
import { drawFrame, toFrame, type AxisTicks, type FrameSpec } from "./frame.ts";
import type { LegendItem } from "./legend.ts";
import { bandColour, colour } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { tell } from "./tell.ts";
import { textWidth } from "./textWidth.ts";
import { formatTick, logTicks } from "./ticks.ts";

/**
 * How many rows fall where, with the median. Channel: x. The highest 1 % stand in a last, paler bin where a
 * long tail would otherwise press the rest together; positive values over powers of ten stand on a logarithmic
 * axis. A column with bands has its bars in their colours, and how
 * many rows each band holds in the legend.
 */
export function drawHistogram(input: ChartInput): Drawing {
  const x = needField(input, "x");
  const bins = x.bands
    ? binBands(x.numbers, x.bands.edges, { isShare: x.type === "share" })
    : binValues(x.numbers, { isWhole: isWholeColumn(x) });
  const drawn = areUnits(bins) ? { ...bins, edges: bins.edges.map((edge) => edge - 0.5) } : bins;
  const count: Field = {
    ...x,
    type: "count",
    label: input.word("chart.customers"),
    numbers: Float64Array.from(bins.counts),
  };
  const yTicks = valueAxis(input, count, [0, Math.max(1, ...bins.counts)], 5);
  const edges = { ...x, numbers: Float64Array.from(bins.edges) };
  const spec: FrameSpec = {
    bodyHeight: input.width < 480 ? 200 : 250,
    yTicks,
    xTicks: bins.isLogarithmic
      ? powerTicks(input, x, bins)
      : placeAxis(
          input,
          edges,
          bins.edges.map((_, place) => place).slice(0, drawn === bins ? undefined : -1),
        ),
    xLabel: x.label,
    yLabel: count.label,
    legend: x.bands ? bandLegend(input, x, bins) : tailLegend(input, x, bins),
  };
  const frame = toFrame(input, spec);
  const svg = drawFrame(input, {
    frame,
    spec,
    x: {
      type: bins.isLogarithmic ? "log" : "linear",
      domain: [drawn.edges[0] as number, drawn.edges.at(-1) as number],
    },
    y: { type: "linear", domain: [0, yTicks.values.at(-1) as number] },
    marks: binMarks(input, x, drawn),
  });
  nameMedian(svg, { input, x, bins });
  return { svg, spots: spotsOf(input, { x, bins, drawn, svg }), reach: [1, 0.05] };
}

function isWholeColumn({ type, numbers }: Field): boolean {
  if (type === "count" || type === "days") return true;
  return type === "number" && numbers.every((value) => Number.isNaN(value) || value % 1 === 0);
}

/** Whether each bin holds one whole number, whose bar then stands over it. */
function areUnits({ edges, hasTail, isWhole }: Bins): boolean {
  return isWhole && !hasTail && edges.every((edge, i) => i === 0 || edge - edges[i - 1]! === 1);
}

/** Powers of ten and what is between, as many as fit. */
function powerTicks(input: ChartInput, { type }: Field, { edges }: Bins): AxisTicks {
  const { locale, currency, width } = input;
  const [lo, hi] = [edges[0] as number, edges.at(-1) as number];
  const say = (value: number) => formatTick(locale as Locale, type, value, { currency });
  const widest = Math.max(textWidth(say(lo)), textWidth(say(hi))) + 14;
  const values = logTicks(lo, hi, Math.floor((width - 60) / widest));
  return { values, labels: values.map(say) };
}

function tailLegend(input: ChartInput, x: Field, { edges, hasTail }: Bins): LegendItem[] {
  if (!hasTail) return [];
  const label = tell(input, "chart.overflow", { value: x.sayValue(edges.at(-2) as number) });
  return [{ mark: "faded", label, colour: colour("series-1", input.dark) }];
}

/** "low: 1,234 (30%)" */
function bandLegend(input: ChartInput, { bands }: Field, { counts, edges }: Bins): LegendItem[] {
  const locale = input.locale as Locale;
  const total = counts.reduce((sum, count) => sum + count, 0) || 1;
  return (bands?.labels ?? []).map((name, band) => {
    const rows = counts.reduce(
      (sum, count, bin) => (bandOf(bands, edges[bin] as number) === band ? sum + count : sum),
      0,
    );
    const value = `${formatCount(locale, rows)} (${formatShare(locale, rows / total, 0)})`;
    const label = tell(input, "chart.pair", { name, value });
    return { mark: "square", label, colour: bandColour(band, input.dark) };
  });
}

/** bins end where bands end */
function bandOf(bands: Field["bands"], start: number): number {
  return (bands?.edges ?? []).filter((edge) => edge <= start).length;
}

function binMarks(
  { dark }: ChartInput,
  { bands }: Field,
  { counts, edges, hasTail, median }: Bins,
): Plot.Markish[] {
  const inks = counts.map((_, i) =>
    bands ? bandColour(bandOf(bands, edges[i] as number), dark) : colour("series-1", dark),
  );
  return [
    Plot.rect(counts, {
      x1: edges.slice(0, -1),
      x2: edges.slice(1),
      y1: counts.map(() => 0),
      y2: counts,
      fill: { value: inks, scale: null },
      fillOpacity: {
        value: counts.map((_, i) => (hasTail && i === counts.length - 1 ? 0.45 : 1)),
        scale: null,
      },
      insetLeft: 0.5,
      insetRight: 0.5,
    }),
    Plot.ruleX([median], { stroke: colour("ink", dark), strokeDasharray: "4,3" }),
    Plot.ruleY([0], { stroke: colour("ink-3", dark) }),
  ];
}

interface Counted {
  x: Field;
  bins: Bins;
}

function nameMedian(
  svg: SVGSVGElement & Plot.Plot,
  { input, x, bins }: Counted & { input: ChartInput },
): void {
  const label = tell(input, "chart.median", { value: x.sayValue(bins.median) });
  const at = Number(svg.scale("x")?.apply(bins.median));
  const top = (svg.scale("y")?.domain as number[] | undefined)?.[1] ?? 0;
  const fits = at + 6 + textWidth(label) < input.width;
  const place = {
    x: fits ? at + 6 : at - 6,
    y: Number(svg.scale("y")?.apply(top)) + 12,
    "text-anchor": fits ? "start" : "end",
  };
  const halo = {
    stroke: colour("surface", input.dark),
    "stroke-width": 4,
    "paint-order": "stroke",
  };
  svg.append(svgElement("text", { ...place, ...halo, fill: colour("ink", input.dark) }, label));
}

function spotsOf(
  input: ChartInput,
  { x, bins, drawn, svg }: Counted & { drawn: Bins; svg: SVGSVGElement & Plot.Plot },
): Spot[] {
  const [xScale, yScale] = [svg.scale("x"), svg.scale("y")];
  if (!xScale || !yScale) return [];
  const { counts, edges, hasTail } = bins;
  return counts.map((count, i): Spot => {
    const [from, to] = [edges[i] as number, edges[i + 1] as number];
    const [left, right] = [i, i + 1].map((edge) => Number(xScale.apply(drawn.edges[edge]))) as [
      number,
      number,
    ];
    const [top, zero] = [Number(yScale.apply(count)), Number(yScale.apply(0))];
    const isTail = hasTail && i === counts.length - 1;
    const range = isTail
      ? tell(input, "chart.overflow", { value: x.sayValue(from) })
      : i === 0 && bins.hasHead
        ? tell(input, "chart.underflow", { value: x.sayValue(to) })
        : drawn === bins
          ? tell(input, "chart.range", { lower: x.sayValue(from), upper: x.sayValue(to) })
          : x.sayValue(from);
    const value = formatCount(input.locale as Locale, count);
    const band = x.bands?.labels[bandOf(x.bands, from)];
    const lines = [
      `${x.label} ${range}${band === undefined ? "" : ` · ${band}`}`,
      tell(input, "chart.pair", { name: input.word("chart.customers"), value }),
    ];
    return { x: (left + right) / 2, y: top, box: [left, top, right - left, zero - top], lines };
  });
}
