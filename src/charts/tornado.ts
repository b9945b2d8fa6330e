import * as Plot from "@observablehq/plot";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { drawEmpty } from "./empty.ts";
import { maybeField, needField, type Field } from "./fields.ts";
import { drawFrame, toFrame, type FrameSpec } from "./frame.ts";
import type { LegendItem } from "./legend.ts";
import { colour } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { tell } from "./tell.ts";
import { fitText, textWidth } from "./textWidth.ts";
import { formatTick } from "./ticks.ts";
import type { Locale } from "../words/words.ts";
import { spanOf, toEffects, type Effect } from "./toEffects.ts";

/** More bars than this are not drawn. */
const mostBars = 20;

interface Tornado {
  effects: Effect[];
  /** how many there are, drawn or not */
  count: number;
  /** how figures are written */
  value: Field;
  /** the columns of the two ends; undefined where a bar has one */
  ends: { low: Field; high: Field } | undefined;
}

/**
 * Effects as bars to both sides of a base line at 0, the widest first. Channels: label and value, or label,
 * low and high, a bar a row; or b1, b2, …: columns of the first row, each a bar with its label as name.
 */
export function drawTornado(input: ChartInput): Drawing {
  const tornado = toTornado(input);
  const { effects, count } = tornado;
  if (effects.length === 0) return drawEmpty(input);
  const layout = layoutOf(input, tornado);
  const spec: FrameSpec = {
    bodyHeight: (layout.isNarrow ? 44 : 32) * effects.length,
    grid: "none",
    left: layout.left,
    right: layout.right,
    headroom: 4,
    legend: legendOf(input, tornado),
    ...(count > effects.length
      ? { note: tell(input, "chart.firstOf", { shown: effects.length, total: count }) }
      : {}),
  };
  const spans = effects.map(spanOf);
  const from = Math.min(...spans.map(([low]) => low));
  const to = Math.max(...spans.map(([, high]) => high));
  const svg = drawFrame(input, {
    frame: toFrame(input, spec),
    spec,
    x: { type: "linear", domain: [from, from === to ? from + 1 : to] },
    y: { type: "linear", domain: [effects.length - 0.5, -0.5] },
    marks: effectMarks(input, tornado, layout.isNarrow),
  });
  return { svg, spots: nameEffects(svg, { input, tornado, layout }), reach: [0.02, 1] };
}

function toTornado(input: ChartInput): Tornado {
  const bars = Object.keys(input.channels).filter((name) => /^b\d*$/.test(name));
  if (bars.length > 0) {
    const fields = bars.map((bar) => needField(input, bar));
    const all = fields.map(({ label, numbers }): Effect => ({
      name: label,
      low: Number.NaN,
      high: numbers[0] as number,
    }));
    const effects = toEffects(all, mostBars);
    return { effects, count: effects.length, value: fields[0] as Field, ends: undefined };
  }
  const label = needField(input, "label");
  const high = maybeField(input, "high") ?? needField(input, "value");
  const low = maybeField(input, "low");
  const rows = Array.from({ length: input.table.numRows }, (_, i) => i);
  const all = rows.map((row): Effect => {
    const ends = { low: low?.numbers[row] ?? Number.NaN, high: high.numbers[row] as number };
    return { name: "", ...ends, row };
  });
  const known = toEffects(all, all.length);
  const effects = known.slice(0, mostBars).map((effect) => ({
    ...effect,
    name: label.say(effect.row as number),
  }));
  return { effects, count: known.length, value: high, ends: low && { low, high } };
}

interface Layout {
  /** names stand above the bars, not before them */
  isNarrow: boolean;
  names: string[];
  /** of each bar, before its left end and behind its right end; empty where nothing stands */
  figures: [string, string][];
  left: number;
  right: number;
}

function layoutOf(input: ChartInput, { effects, value }: Tornado): Layout {
  const isNarrow = input.width < 560;
  const widest = (texts: string[]) =>
    Math.ceil(Math.max(0, ...texts.map((text) => textWidth(text))));
  const full = effects.map((effect) => figuresOf(effect, (size) => value.sayValue(size)));
  const isLong = widest(full.flat()) > input.width * 0.18;
  const short = (size: number) =>
    formatTick(input.locale as Locale, value.type, size, { currency: input.currency });
  const figures = isLong ? effects.map((effect) => figuresOf(effect, short)) : full;
  const room = isNarrow ? input.width : Math.floor(input.width * 0.34);
  const names = effects.map(({ name }) => fitText(name, room, 12));
  const [before, behind] = [0, 1].map((side) => widest(figures.map((pair) => pair[side] ?? "")));
  return {
    isNarrow,
    names,
    figures,
    left: (isNarrow ? 0 : widest(names) + 14) + (before ? before + 7 : 1),
    right: behind ? behind + 7 : 1,
  };
}

/** The figure at an end stands outside of the bar; of two on one side the one further out. */
function figuresOf(effect: Effect, say: (size: number) => string): [string, string] {
  const [from, to] = spanOf(effect);
  const signed = (size: number) => (size > 0 ? `+${say(size)}` : say(size));
  return [from < 0 ? signed(from) : "", to > 0 || from === 0 ? signed(to) : ""];
}

function inksOf({ dark }: ChartInput): { low: string; high: string } {
  return { low: colour("series-2", dark), high: colour("series-1", dark) };
}

function legendOf(input: ChartInput, { ends }: Tornado): LegendItem[] {
  if (!ends) return [];
  const { low, high } = inksOf(input);
  return [
    { mark: "square", label: ends.low.label, colour: low },
    { mark: "square", label: ends.high.label, colour: high },
  ];
}

interface Piece {
  place: number;
  size: number;
  ink: string;
}

/** Each end from the base line; of two on one side the shorter lies upon the longer. */
function piecesOf(input: ChartInput, { effects, ends }: Tornado): Piece[] {
  const inks = inksOf(input);
  return effects.flatMap(({ low, high }, place) => {
    const pieces = [
      { place, size: low, ink: inks.low },
      { place, size: high, ink: ends || high >= 0 ? inks.high : inks.low },
    ];
    return pieces
      .filter(({ size }) => Number.isFinite(size))
      .sort((a, b) => Math.abs(b.size) - Math.abs(a.size));
  });
}

/** Where a bar stands on the axis of places. */
function barOf(place: number, isNarrow: boolean): [number, number] {
  return isNarrow ? [place - 0.05, place + 0.38] : [place - 0.34, place + 0.34];
}

function effectMarks(input: ChartInput, tornado: Tornado, isNarrow: boolean): Plot.Markish[] {
  const pieces = piecesOf(input, tornado);
  const places = [...tornado.effects.keys()];
  // the names of narrow ones would be crossed by a line all along
  const stroke = colour("ink-3", input.dark);
  return [
    Plot.rect(pieces, {
      x1: pieces.map(({ size }) => Math.min(0, size)),
      x2: pieces.map(({ size }) => Math.max(0, size)),
      y1: pieces.map(({ place }) => barOf(place, isNarrow)[0]),
      y2: pieces.map(({ place }) => barOf(place, isNarrow)[1]),
      fill: { value: pieces.map(({ ink }) => ink), scale: null },
    }),
    isNarrow
      ? Plot.ruleX(places, {
          x: 0,
          y1: places.map((place) => place - 0.12),
          y2: places.map((place) => place + 0.45),
          stroke,
        })
      : Plot.ruleX([0], { stroke }),
  ];
}

interface Naming {
  input: ChartInput;
  tornado: Tornado;
  layout: Layout;
}

function nameEffects(svg: SVGSVGElement & Plot.Plot, { input, tornado, layout }: Naming): Spot[] {
  const [xScale, yScale] = [svg.scale("x"), svg.scale("y")];
  if (!xScale || !yScale) return [];
  return tornado.effects.map((effect, place): Spot => {
    const [left, right] = spanOf(effect).map((end) => Number(xScale.apply(end))) as [
      number,
      number,
    ];
    const [top, bottom] = barOf(place, layout.isNarrow).map((edge) =>
      Number(yScale.apply(edge)),
    ) as [number, number];
    const middle = (top + bottom) / 2;
    const write = (words: string, x: number, y: number, look: Record<string, string>) => {
      const at = { x, y, dy: "0.36em", "font-size": 12, ...look };
      if (words !== "") svg.append(svgElement("text", at, words));
    };
    const ink = { fill: colour("ink", input.dark), "text-anchor": "start" };
    write(layout.names[place] ?? "", 0, layout.isNarrow ? top - 10 : middle, ink);
    const quiet = { fill: colour("ink-2", input.dark) };
    const [before, behind] = layout.figures[place] as [string, string];
    write(before, left - 6, middle, { ...quiet, "text-anchor": "end" });
    write(behind, right + 6, middle, { ...quiet, "text-anchor": "start" });
    return {
      x: (left + right) / 2,
      y: top,
      box: [left, top, Math.max(2, right - left), bottom - top],
      lines: linesOf(input, tornado, effect),
      ...(effect.row === undefined ? {} : { row: effect.row }),
    };
  });
}

function linesOf(
  input: ChartInput,
  { value, ends }: Tornado,
  { name, low, high, row }: Effect,
): string[] {
  if (!ends) {
    const said = value.sayValue(high);
    const figure =
      row === undefined ? said : tell(input, "chart.pair", { name: value.label, value: said });
    return [name, figure];
  }
  const pair = (field: Field, size: number) =>
    tell(input, "chart.pair", { name: field.label, value: field.sayValue(size) });
  return [name, pair(ends.low, low), pair(ends.high, high)];
}
