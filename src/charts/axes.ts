import type { Locale } from "../words/words.ts";
import type { ChartInput } from "./chart.ts";
import type { Field } from "./fields.ts";
import type { AxisTicks } from "./frame.ts";
import { textWidth } from "./textWidth.ts";
import { everyNth, formatTick, niceTicks, strideOf, wholeTicks } from "./ticks.ts";

/** Round ticks of a column's values, in its format. */
export function valueAxis(
  input: ChartInput,
  field: Field,
  [lo, top]: [number, number],
  count = 5,
): AxisTicks {
  // a sum of shares may pass the whole by a rounding, which is no reason for a tick above it
  const hi = field.type === "share" && Math.abs(top - 1) < 1e-6 ? 1 : top;
  const isWhole = field.type === "count";
  const values = isWhole ? wholeTicks(lo, hi, count) : niceTicks(lo, hi, count);
  const step = (values[1] ?? 1) - (values[0] ?? 0);
  const { currency } = input;
  const labels = values.map((value) =>
    formatTick(input.locale as Locale, field.type, value, { step, currency }),
  );
  return { values, labels };
}

/** Ticks along x: of numbers round ones, of dates some of the periods that are there, as many as fit. */
export function placeAxis(input: ChartInput, field: Field, rows: number[]): AxisTicks {
  const places = [...new Set(rows.map((i) => field.numbers[i] as number))].filter(
    (x) => !Number.isNaN(x),
  );
  places.sort((a, b) => a - b);
  const room = input.width - 60;
  if (field.type === "date") return dateAxis(input, field, places, room);
  const [lo = 0] = places;
  const hi = places.at(-1) ?? 1;
  const isWhole = places.every((x) => Number.isInteger(x));
  const widest = textWidth(
    formatTick(input.locale as Locale, field.type, hi, { currency: input.currency }),
  );
  const count = Math.max(2, Math.min(12, Math.floor(room / (widest + 16))));
  const axis = valueAxis(input, { ...field, type: tickType(field, isWhole) }, [lo, hi], count);
  const kept = axis.values
    .map((_, i) => i)
    .filter((i) => isWithin(axis.values[i] as number, lo, hi));
  return {
    values: kept.map((i) => axis.values[i] as number),
    labels: kept.map((i) => axis.labels[i] as string),
  };
}

/**
 * Labels of places in a row (bars, stacks): `values` are positions 0, 1, 2, …
 *
 * @param rows of the table, one a place; undefined where a whole number between two others has none
 */
export function bandAxis(
  input: ChartInput,
  field: Field,
  rows: (number | undefined)[],
  pitch: number,
): AxisTicks {
  const isDate = field.type === "date";
  const first = field.numbers[rows[0] ?? 0] ?? 0;
  const numberAt = (i: number | undefined, place: number) =>
    i === undefined ? first + place : (field.numbers[i] as number);
  const labels = rows.map((i, place) => {
    if (isDate) return shortDate(input, field, numberAt(i, place));
    return i === undefined ? field.sayValue(first + place) : field.say(i);
  });
  const widths = labels.map((label) => textWidth(label));
  const every = everyNth(widths, pitch, isDate ? strideOf(field.grain) : undefined);
  const offset = isDate && every > 1 ? startOf(field, rows.map(numberAt), every) : 0;
  const kept = rows.map((_, place) => place).filter((place) => place % every === offset % every);
  return { values: kept, labels: kept.map((place) => labels[place] as string) };
}

function dateAxis(input: ChartInput, field: Field, places: number[], room: number): AxisTicks {
  const labels = places.map((x) => shortDate(input, field, x));
  const pitch = room / Math.max(1, places.length - 1);
  const every = everyNth(
    labels.map((label) => textWidth(label)),
    pitch,
    strideOf(field.grain),
  );
  const offset = startOf(field, places, every) % every;
  const kept = places.map((_, i) => i).filter((i) => i % every === offset);
  return {
    values: kept.map((i) => places[i] as number),
    labels: kept.map((i) => labels[i] as string),
  };
}

/** The first January, where months or quarters are thinned so far that years should show. */
function startOf(field: Field, places: number[], every: number): number {
  const isYearly =
    (field.grain === "month" && every >= 3) || (field.grain === "quarter" && every >= 2);
  if (!isYearly) return 0;
  return Math.max(
    0,
    places.findIndex((x) => new Date(x).getUTCMonth() === 0),
  );
}

function shortDate({ locale, width }: ChartInput, { grain }: Field, x: number): string {
  return formatTick(locale as Locale, "date", x, {
    grain,
    short: width < 480 && grain !== "day" && grain !== "week",
  });
}

function tickType({ type }: Field, isWhole: boolean): Field["type"] {
  return type === "days" || type === "number" || type === "flag"
    ? isWhole
      ? "count"
      : "number"
    : type;
}

function isWithin(x: number, lo: number, hi: number): boolean {
  const slack = (hi - lo) * 1e-9;
  return x >= lo - slack && x <= hi + slack;
}
