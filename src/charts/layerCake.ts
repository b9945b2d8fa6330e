import { formatDate, type Locale } from "../words/words.ts";
import type { ChartInput } from "./chart.ts";
import { groupCohorts, type CohortGroups } from "./cohortGroups.ts";
import { decimateLine, mostMarks } from "./decimate.ts";
import { flagsOf, maybeField, needField, type Field } from "./fields.ts";
import { tell } from "./tell.ts";
import { toLayers, type Layers } from "./toLayers.ts";

/** More layers than this cannot be told apart. */
const mostLayers = 14;

/** Layers by period, named. */
export interface Cake extends Layers {
  x: Field;
  y: Field;
  /** of the layers */
  names: string[];
  /** how many cohorts there are */
  cohorts: number;
  /** the height of each period */
  totals: number[];
  /** places of the periods that are drawn */
  places: number[];
}

export function toCake(input: ChartInput): Cake {
  const [x, y] = [needField(input, "x"), needField(input, "y")];
  const series = needField(input, "series");
  const all = Array.from({ length: input.table.numRows }, (_, i) => i);
  const rows = all.filter((i) => !(x.isNull(i) || y.isNull(i) || series.isNull(i)));
  const keyOf = (i: number) =>
    series.type === "text" ? series.say(i) : (series.numbers[i] as number);
  const keys = rows.map(keyOf);
  const cohorts = [...new Set(keys)];
  if (series.type !== "text") cohorts.sort((a, b) => Number(a) - Number(b));
  const groups = groupCohorts(cohorts, mostLayers);
  const placeOf = new Map(cohorts.map((cohort, place) => [cohort, place]));
  const layers = keys.map((key) => groups.groupOf[placeOf.get(key) as number] as number);
  const complete = flagsOf(maybeField(input, "complete"), input.table.numRows);
  const stack = toLayers({ rows, layers, X: x.numbers, Y: y.numbers, complete }, groups.count);
  const totals = stack.periods.map((_, place) => stack.layers.at(-1)?.to[place] ?? 0);
  const most = Math.floor(Math.min(input.width, mostMarks / Math.max(1, groups.count)) / 4);
  return {
    ...stack,
    x,
    y,
    totals,
    names: namesOf(input, { series, cohorts, groups }),
    cohorts: cohorts.length,
    places: decimateLine([...stack.periods.keys()], totals, Math.max(1, most)),
  };
}

interface Naming {
  series: Field;
  cohorts: (number | string)[];
  groups: CohortGroups;
}

/** Of each layer the name of its first cohort or of its period; the rest is what came before the next. */
function namesOf(input: ChartInput, { series, cohorts, groups }: Naming): string[] {
  const { groupOf, grain, count, hasEarlier } = groups;
  const names = Array.from({ length: count }, (_, group) => {
    const first = cohorts[groupOf.indexOf(group)] as number | string;
    if (typeof first === "string") return first;
    return grain ? formatDate(input.locale as Locale, first, grain) : series.sayValue(first);
  });
  if (hasEarlier) names[0] = tell(input, "chart.before", { name: names[1] ?? "" });
  return names;
}
