/** A date that is written as one: "2024-01-02T03:04:05.000Z" is the wall clock of the cell. */
export function isoText(value: string): string {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?))?/.exec(value) ?? [];
  if (date === undefined) return value;
  if (time === undefined) return date;
  return `${date} ${time.length === 5 ? `${time}:00` : time}`;
}
