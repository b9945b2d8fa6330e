export const secondsPerDay = 86_400;

const known = new Map<number, string>(); // a few hundred days, asked for a hundred thousand times

/** ISO text of a day since 1970 */
export function isoDay(day: number): string {
  let text = known.get(day);
  if (text === undefined) {
    text = new Date(day * secondsPerDay * 1000).toISOString().slice(0, 10);
    known.set(day, text);
  }
  return text;
}

/** 0 to 11 */
export function monthOf(day: number): number {
  return Number(isoDay(day).slice(5, 7)) - 1;
}
