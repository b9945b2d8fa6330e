const dayMs = 86_400_000;

/**
 * What a range of days consists of: whole months, else whole weeks that begin on Monday, else days.
 *
 * @param first and last day, ISO, both included; the first and last days that there can be, 0001-01-01 and
 * 9999-12-31, end no period early
 */
export function wholePeriods(first: string, last: string): "month" | "week" | "day" {
  const isOpen = last === "9999-12-31";
  const [begin, end] = [new Date(first), new Date(Date.parse(last) + dayMs)];
  if (begin.getUTCDate() === 1 && (isOpen || end.getUTCDate() === 1)) return "month";
  const isMonday = (day: Date) => day.getUTCDay() === 1;
  // the first day that there can be is a Monday
  return isMonday(begin) && (isOpen || isMonday(end)) ? "week" : "day";
}
