import * as Plot from "@observablehq/plot";
import { bandAxis, valueAxis } from "./axes.ts";
import { bandOf } from "./bands.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { dayAxis, edgesBetween } from "./dayAxis.ts";
import { flagsOf, maybeField, needField, toField, type Field } from "./fields.ts";
import { drawFrame, toFrame, type FrameSpec } from "./frame.ts";
import type { LegendItem } from "./legend.ts";
import { colour, seriesColour } from "./palette.ts";
import { tell } from "./tell.ts";

interface Part {
  field: Field;
  colour: string;
  isDown: boolean;
}

interface Piece {
  row: number;
  place: number;
  part: Part;
  from: number;
  to: number;
}

/**
 * Parts of a whole by period. Channels: x; y1, y2, … one a part, stacked above zero; down, down2, … stacked
 * below it; complete. A negative value of a part stands below as well.
 */
export function drawStack(input: ChartInput): Drawing {
  const x = needField(input, "x");
  const parts = partsOf(input);
  const complete = flagsOf(maybeField(input, "complete"), input.table.numRows);
  const rows = Array.from({ length: input.table.numRows }, (_, i) => i);
  const pieces = stackPieces(parts, rows);
  const range = pieces.reduce(
    ([lo, hi], { to }) => [Math.min(lo, to), Math.max(hi, to)] as [number, number],
    [0, 0] as [number, number],
  );
  const [first] = parts;
  if (!first) throw new Error("missing channel: y1");
  const yTicks = valueAxis(input, first.field, range[0] === range[1] ? [0, 1] : range, 6);
  const spec: FrameSpec = {
    bodyHeight: input.width < 480 ? 230 : 290,
    yTicks,
    xTicks: bandAxis(input, x, rows, (input.width - 60) / rows.length),
    xLabel: x.label,
    legend: legendOf(input, { parts, complete }),
  };
  const frame = toFrame(input, spec);
  const svg = drawFrame(input, {
    frame,
    spec,
    x: { type: "linear", domain: [-0.5, rows.length - 0.5] },
    y: { type: "linear", domain: [yTicks.values[0] as number, yTicks.values.at(-1) as number] },
    marks: [
      ...pieceMarks(pieces, { complete, hatch: frame.hatch }),
      Plot.ruleY([0], { stroke: colour("ink-3", input.dark) }),
    ],
  });
  const wide = frame.width - frame.left - frame.right;
  const axis = dayAxis(input, "x", x, {
    starts: rows.map((row) => x.numbers[row]!),
    edges: edgesBetween(rows.map((row) => frame.left + (wide * (row + 0.5)) / rows.length)),
    body: [frame.left, frame.top, wide, spec.bodyHeight],
  });
  return { svg, spots: spotsOf(input, { x, parts, rows, complete, svg }), reach: [1, 0.05], axis };
}

/** @throws Error where there is no part */
function partsOf(input: ChartInput): Part[] {
  const names = Object.keys(input.channels).filter((name) => /^(y|down)\d*$/.test(name));
  return names.map((name, place) => ({
    field: toField(input, input.channels[name] as string),
    colour: seriesColour(stackOrder[place] ?? place, input.dark),
    isDown: name.startsWith("down"),
  }));
}

/** Green, blue, gold, then orange: neighbours in a stack differ also for the colour-blind. */
const stackOrder = [0, 2, 4, 1, 3, 5, 6, 7];

function stackPieces(parts: Part[], rows: number[]): Piece[] {
  return rows.flatMap((row, place) => {
    let [up, down] = [0, 0];
    return parts.map((part): Piece => {
      const value = part.field.numbers[row] || 0;
      const size = part.isDown ? -Math.abs(value) : value;
      const from = size < 0 ? down : up;
      if (size < 0) down += size;
      else up += size;
      return { row, place, part, from, to: from + size };
    });
  });
}

function pieceMarks(
  pieces: Piece[],
  { complete, hatch }: { complete: Uint8Array; hatch: string },
): Plot.Markish[] {
  const box = (some: Piece[]) => ({
    x1: some.map(({ place }) => bandOf(place)[0]),
    x2: some.map(({ place }) => bandOf(place)[1]),
    y1: some.map(({ from }) => from),
    y2: some.map(({ to }) => to),
  });
  const open = pieces.filter(({ row }) => complete[row] === 0);
  return [
    Plot.rect(pieces, {
      ...box(pieces),
      fill: { value: pieces.map(({ part }) => part.colour), scale: null },
      fillOpacity: { value: pieces.map(({ row }) => (complete[row] === 0 ? 0.5 : 1)), scale: null },
    }),
    Plot.rect(open, { ...box(open), fill: `url(#${hatch})` }),
  ];
}

function legendOf(
  input: ChartInput,
  { parts, complete }: { parts: Part[]; complete: Uint8Array },
): LegendItem[] {
  const items = parts.map(({ field, colour: ink }): LegendItem => ({
    mark: "square",
    label: field.label,
    colour: ink,
  }));
  if (complete.includes(0)) items.push({ mark: "hatch", label: input.word("chart.incomplete") });
  return items;
}

interface Stack {
  x: Field;
  parts: Part[];
  rows: number[];
  complete: Uint8Array;
  svg: SVGSVGElement & Plot.Plot;
}

function spotsOf(input: ChartInput, { x, parts, rows, complete, svg }: Stack): Spot[] {
  const [xScale, yScale] = [svg.scale("x"), svg.scale("y")];
  if (!xScale || !yScale) return [];
  return rows.map((row, place): Spot => {
    const pieces = stackPieces(parts, [row]);
    const top = Math.max(0, ...pieces.map(({ to }) => to));
    const low = Math.min(0, ...pieces.map(({ to }) => to));
    const [from, to] = bandOf(place).map((value) => Number(xScale.apply(value))) as [
      number,
      number,
    ];
    const [high, bottom] = [Number(yScale.apply(top)), Number(yScale.apply(low))];
    return {
      x: (from + to) / 2,
      y: high,
      box: [from, high, to - from, bottom - high],
      row,
      get lines() {
        const figures = parts.map(({ field }) =>
          tell(input, "chart.pair", { name: field.label, value: field.say(row) }),
        );
        return [
          x.say(row),
          ...figures,
          ...(complete[row] === 0 ? [input.word("chart.incomplete")] : []),
        ];
      },
    };
  });
}
