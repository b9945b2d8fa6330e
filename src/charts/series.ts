import type { ChartInput } from "./chart.ts";
import type { Field } from "./fields.ts";
import { colour, sequentialColour, seriesColour, seriesColours } from "./palette.ts";
import type { LegendItem } from "./legend.ts";
import { tell } from "./tell.ts";

/** Rows of one line, bar colour or curve. */
export interface Series {
  name: string;
  rows: number[];
  colour: string;
  /** one of too many to have a colour of its own */
  isQuiet: boolean;
}

/**
 * Rows by the value of a column, in order of appearance, each with its colour: up to eight of them; of
 * more, dates take the sequential colours from old to new and the rest is grey.
 */
export function toSeries(input: ChartInput, field: Field | undefined): Series[] {
  const all = Array.from({ length: input.table.numRows }, (_, i) => i);
  const groups = groupRows(all, (i) => field?.say(i) ?? "");
  const isRamp = field?.type === "date" && groups.size > seriesColours;
  return [...groups].map(([name, rows], place) => ({
    name,
    rows,
    colour: isRamp
      ? rampColour(place / (groups.size - 1), input.dark)
      : seriesColour(place, input.dark),
    isQuiet: !isRamp && place >= seriesColours,
  }));
}

/** Rows by a key, both in order of appearance. */
export function groupRows(rows: number[], keyOf: (i: number) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const i of rows) {
    const key = keyOf(i);
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  }
  return groups;
}

/**
 * What the colours mean; nothing where there is one series.
 *
 * @param field that tells them apart, named where its values say little by themselves
 */
export function seriesLegend(
  input: ChartInput,
  series: Series[],
  mark: LegendItem["mark"],
  field?: Field,
): LegendItem[] {
  const [first] = series;
  const last = series.at(-1);
  if (!first || !last || series.length === 1) return [];
  if (series.length > seriesColours && !last.isQuiet)
    return [{ mark: "ramp", label: `${first.name} – ${last.name}` }];
  const named = series.filter(({ isQuiet }) => !isQuiet);
  const items = named.map(({ name, colour: ink }): LegendItem => ({
    mark,
    label: name,
    colour: ink,
  }));
  if (field && field.type !== "text" && field.type !== "date")
    items.unshift({ mark: "none", label: field.label });
  const others = series.length - named.length;
  if (others > 0) {
    items.push({
      mark,
      label: tell(input, "chart.others", { count: others }),
      colour: colour("line-strong", input.dark),
    });
  }
  return items;
}

/** From the third step: the palest two vanish as lines. */
function rampColour(share: number, dark: boolean): string {
  return sequentialColour(3 + Math.round(share * 4), dark);
}
