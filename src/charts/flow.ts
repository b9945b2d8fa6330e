import type { Vector } from "apache-arrow";
import { formatShare, type Locale } from "../words/words.ts";
import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { drawEmpty } from "./empty.ts";
import { flagsOf, maybeField, needField, type Field } from "./fields.ts";
import { away, nameBlocks, placeLabels, type Labels } from "./flowLabels.ts";
import { addHatch, drawBare } from "./frame.ts";
import { drawLegend, placeLegend, type LegendItem } from "./legend.ts";
import { colour, type ColourName } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { tell } from "./tell.ts";
import { fitText, textWidth } from "./textWidth.ts";
import {
  addMove,
  capBlocks,
  ribbonAt,
  toFlow,
  type Block,
  type Flow,
  type Move,
  type Moves,
  type Ribbon,
  type Turn,
} from "./toFlow.ts";

interface Fields {
  from: Field;
  to: Field;
  value: Field;
  rose: Field | undefined;
  fell: Field | undefined;
  n: Field | undefined;
  complete: Uint8Array;
}

/** Below this width the labels of the blocks have two lines. */
const narrow = 560;

/** More blocks a column cannot be read. */
const mostBlocks = 18;

/** Ribbons thinner than this are drawn at it; what they count stays as it is. */
const hairline = 0.75;

/**
 * Who went where between two dates: two columns of blocks in the order of the rows, and a ribbon for each
 * row. Channels: from, to, value, and where there are: rose and fell (above 0 where a row is a step up or
 * down), n, complete. Ribbons are coloured by what they mean, not by where they come from: who stayed is
 * quiet, who moved is not.
 */
export function drawFlow(input: ChartInput): Drawing {
  const fields = fieldsOf(input);
  const nameRest = (count: number) => tell(input, "chart.others", { count });
  const moves = capBlocks(toMoves(input, fields), { most: mostBlocks, nameRest });
  if (moves.moves.length === 0) return drawEmpty(input);
  const items = legendOf(input, { moves, fields });
  const legend = placeLegend(items, input.width);
  const top = legend.height + 24;
  const height = heightOf(input, moves);
  const flow = toFlow(moves, { height, gap: Math.min(10, (0.3 * height) / most(moves)) });
  const say = fields.value.sayValue;
  const labels = placeLabels(input, { flow, height, say, isTwoLine: input.width < narrow });
  const svg = drawBare(input, top + height + 8);
  const hatch = addHatch(svg, input.dark);
  if (legend.placed.length > 0) svg.append(drawLegend(legend.placed, { dark: input.dark, hatch }));
  nameColumns(svg, { input, fields, labels, y: legend.height + 12 });
  const body = svgElement("g", { transform: `translate(0,${top})` });
  svg.append(body);
  for (const mark of ribbonMarks(input, { flow, labels, fields, hatch })) body.append(mark);
  for (const mark of blockMarks(input, { flow, labels })) body.append(mark);
  nameBlocks(body, { input, flow, labels, say });
  const spots = flow.ribbons.map((ribbon) => spotOf(input, { ribbon, flow, labels, fields, top }));
  return { svg, spots, find: finderOf({ flow, labels, top }) };
}

function fieldsOf(input: ChartInput): Fields {
  return {
    from: needField(input, "from"),
    to: needField(input, "to"),
    value: needField(input, "value"),
    rose: maybeField(input, "rose"),
    fell: maybeField(input, "fell"),
    n: maybeField(input, "n"),
    complete: flagsOf(maybeField(input, "complete"), input.table.numRows),
  };
}

/** Rows between the same blocks are one move; blocks have the order of all rows, also of those of 0. */
function toMoves(input: ChartInput, fields: Fields): Moves {
  const { from, to, value } = fields;
  const [sayFrom, sayTo] = [namesOf(input, from), namesOf(input, to)];
  const targets = new Set<string>();
  const found = new Map<string, Map<string, Move | undefined>>();
  for (let i = 0; i < input.table.numRows; ++i) {
    const [a, b] = [sayFrom(i), sayTo(i)];
    targets.add(b);
    const group = found.get(a) ?? new Map<string, Move | undefined>();
    if (group.size === 0) found.set(a, group);
    const known = group.get(b);
    const size = value.numbers[i] as number;
    if (!(size > 0)) group.set(b, known);
    else {
      const move: Move = { from: a, to: b, size, turn: turnOf(fields, i, a === b), row: i };
      group.set(b, known ? addMove(known, move) : move);
    }
  }
  const moves = [...found.values()].flatMap((group) =>
    [...group.values()].filter((move) => move !== undefined),
  );
  // where both sides are grouped by different things nobody came in
  if (!moves.some((move) => targets.has(move.from)))
    return { moves, from: [...found.keys()], to: [...targets] };
  for (const move of moves)
    if (move.turn === "moved" && !targets.has(move.from)) move.turn = "came";
  return { moves, from: [...found.keys()], to: [...targets] };
}

/** Says each name once, however many rows have it. */
function namesOf({ table }: ChartInput, field: Field): (i: number) => string {
  const vector = table.getChild(field.name) as Vector;
  const said = new Map<unknown, string>();
  return (i) => {
    const value: unknown = vector.get(i);
    const name = said.get(value) ?? field.say(i);
    said.set(value, name);
    return name;
  };
}

function turnOf({ rose, fell }: Fields, i: number, isSame: boolean): Turn {
  if ((rose?.numbers[i] ?? 0) > 0) return "rose";
  if ((fell?.numbers[i] ?? 0) > 0) return "fell";
  return isSame ? "stayed" : "moved";
}

function most({ from, to }: Moves): number {
  return Math.max(from.length, to.length);
}

function heightOf({ width }: ChartInput, moves: Moves): number {
  const [step, tallest] = width < narrow ? [36, 620] : [32, 480];
  return Math.max(280, Math.min(tallest, step * most(moves)));
}

const colourOf: Record<Turn, ColourName> = {
  stayed: "series-8",
  rose: "series-1",
  fell: "series-2",
  came: "series-5",
  moved: "series-3",
};

const opacityOf: Record<Turn, number> = {
  stayed: 0.28,
  rose: 0.5,
  fell: 0.5,
  came: 0.45,
  moved: 0.4,
};

function legendOf(
  input: ChartInput,
  { moves, fields }: { moves: Moves; fields: Fields },
): LegendItem[] {
  const seen = new Set(moves.moves.map(({ turn }) => turn));
  const labelOf: Record<Turn, string> = {
    stayed: input.word("chart.stayed"),
    rose: fields.rose?.label ?? "",
    fell: fields.fell?.label ?? "",
    came: input.word("chart.came"),
    moved: input.word("chart.moved"),
  };
  const turns = (["stayed", "moved", "rose", "fell", "came"] as const).filter((turn) =>
    seen.has(turn),
  );
  const items = (turns.length > 1 ? turns : []).map((turn): LegendItem => ({
    mark: "faded",
    label: labelOf[turn],
    colour: colour(colourOf[turn], input.dark),
  }));
  if (moves.moves.some((move) => isOpen(fields, move)))
    items.push({ mark: "hatch", label: input.word("chart.incomplete") });
  return items;
}

function isOpen({ complete }: Fields, { row }: Move): boolean {
  return row !== undefined && complete[row] === 0;
}

/** What the columns are, above their labels, or from the edge where that is too long. */
function nameColumns(
  svg: SVGSVGElement,
  { input, fields, labels, y }: { input: ChartInput; fields: Fields; labels: Labels; y: number },
): void {
  const look = { y, fill: colour("ink-3", input.dark), "font-size": 12 };
  const [from, to] = [fields.from.label, fields.to.label].map((label) =>
    fitText(label, input.width / 2 - 8, 12),
  ) as [string, string];
  const x1 = Math.max(labels.start - away, textWidth(from, 12));
  const x2 = Math.min(labels.end + away, input.width - textWidth(to, 12));
  svg.append(svgElement("text", { ...look, x: x1, "text-anchor": "end" }, from));
  svg.append(svgElement("text", { ...look, x: x2, "text-anchor": "start" }, to));
}

interface Drawn {
  flow: Flow;
  labels: Labels;
}

function ribbonMarks(
  { dark }: ChartInput,
  { flow, labels, fields, hatch }: Drawn & { fields: Fields; hatch: string },
): SVGElement[] {
  // the thin ones above the thick ones
  const order = [...flow.ribbons].sort((a, b) => b.height - a.height);
  return order.flatMap((ribbon) => {
    const d = outlineOf(ribbon, labels, 0);
    const open = isOpen(fields, ribbon);
    const fill = colour(colourOf[ribbon.turn], dark);
    const opacity = opacityOf[ribbon.turn] * (open ? 0.6 : 1);
    const mark = svgElement("path", { d, fill, "fill-opacity": opacity });
    return open ? [mark, svgElement("path", { d, fill: `url(#${hatch})` })] : [mark];
  });
}

function outlineOf(
  { left, right, height }: Ribbon,
  { start, end, block }: Labels,
  top: number,
): string {
  const high = Math.max(hairline, height);
  const lift = top - (high - height) / 2;
  const [x1, x2] = [start + block, end - block].map(round) as [number, number];
  const middle = round((x1 + x2) / 2);
  const [y1, y2] = [round(left + lift), round(right + lift)];
  const [y3, y4] = [round(right + lift + high), round(left + lift + high)];
  return (
    `M${x1},${y1}C${middle},${y1},${middle},${y2},${x2},${y2}` +
    `V${y3}C${middle},${y3},${middle},${y4},${x1},${y4}Z`
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function blockMarks({ dark }: ChartInput, { flow, labels }: Drawn): SVGElement[] {
  const { start, end, block } = labels;
  const draw =
    (x: number) =>
    ({ y, height }: Block) =>
      svgElement("rect", {
        x: round(x),
        y: round(y),
        width: block,
        height: round(Math.max(1, height)),
        rx: Math.min(2, height / 2),
        fill: colour("ink-2", dark),
      });
  return [...flow.from.map(draw(start)), ...flow.to.map(draw(end - block))];
}

function spotOf(
  input: ChartInput,
  { ribbon, flow, labels, fields, top }: Drawn & { ribbon: Ribbon; fields: Fields; top: number },
): Spot {
  const { left, right, turn, row, ends } = ribbon;
  return {
    x: (labels.start + labels.end) / 2,
    y: top + (left + right) / 2,
    lines: linesOf(input, { ribbon, flow, fields }),
    outline: outlineOf(ribbon, labels, top),
    ink: colour(colourOf[turn], input.dark),
    stop: [ends[1], ends[0]],
    ...(row === undefined ? {} : { row }),
  };
}

function linesOf(
  input: ChartInput,
  { ribbon, flow, fields }: { ribbon: Ribbon; flow: Flow; fields: Fields },
): string[] {
  const locale = input.locale as Locale;
  const { from, to, size, ends, row } = ribbon;
  const { value, n } = fields;
  const shareOf = (block: Block | undefined, name: string) =>
    tell(input, "chart.shareOf", {
      share: formatShare(locale, size / (block?.size ?? size)),
      name,
    });
  const lines = [
    `${from} → ${to}`,
    tell(input, "chart.pair", { name: value.label, value: value.sayValue(size) }),
    shareOf(flow.from[ends[0]], from),
  ];
  if (from !== to) lines.push(shareOf(flow.to[ends[1]], to));
  if (n && row !== undefined && !n.isNull(row))
    lines.push(tell(input, "chart.pair", { name: n.label, value: n.say(row) }));
  if (isOpen(fields, ribbon)) lines.push(input.word("chart.incomplete"));
  return lines;
}

/** The ribbon under a place of the drawing. */
function finderOf({ flow, labels, top }: Drawn & { top: number }): NonNullable<Drawing["find"]> {
  const { start, end, block } = labels;
  const wide = end - start - 2 * block;
  return ({ x, y }) => ribbonAt(flow.ribbons, { across: (x - start - block) / wide, y: y - top });
}
