export type Grain = "day" | "week" | "month" | "quarter" | "year";

const grains: readonly string[] = ["day", "week", "month", "quarter", "year"];
const weekMs = 7 * 86_400_000;

/**
 * The period that every one of the dates opens: what the reader asked for where it fits the dates, else
 * months, quarters and years by their first days, weeks by equal weekdays.
 *
 * @param dates milliseconds since 1970; NaN is passed over
 */
export function grainOf(dates: ArrayLike<number>, asked?: unknown): Grain {
  const days = Array.from(dates).filter((date) => !Number.isNaN(date));
  const isFirst = days.length > 0 && days.every((day) => new Date(day).getUTCDate() === 1);
  if (typeof asked === "string" && grains.includes(asked)) {
    if (isFirst || asked === "day" || asked === "week") return asked as Grain;
  }
  if (isFirst) return firstDaysGrain(days);
  const [first = 0] = days;
  const isWeekly = days.length > 1 && days.every((day) => Number.isInteger((day - first) / weekMs));
  return isWeekly ? "week" : "day";
}

function firstDaysGrain(days: number[]): Grain {
  if (new Set(days).size < 2) return "day";
  const months = days.map((day) => new Date(day).getUTCMonth());
  if (months.every((month) => month === 0)) return "year";
  const isQuarterly = months.every((month) => month % 3 === 0) && new Set(months).size > 1;
  return isQuarterly ? "quarter" : "month";
}
