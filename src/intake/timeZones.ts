/** Minutes to add to UTC, by what exports write behind a time. Of two zones of one name, the one of more shops. */
const offsetsByName: Record<string, number> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  CEST: 120,
  MEZ: 60,
  MESZ: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  HKT: 480,
  SGT: 480,
  JST: 540,
  KST: 540,
  AWST: 480,
  ACST: 570,
  ACDT: 630,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
  BRT: -180,
};

const suffix = /(?:([+-])(\d{2}):?(\d{2})?|([A-Z]{1,4}))$/;

/** Minutes ahead of UTC that a time is written in, undefined where it does not say. */
export function readOffset(text: string): number | undefined {
  const match = suffix.exec(text.trim());
  if (!match) return undefined;
  const [, sign, hours, minutes, name] = match;
  if (name) return offsetsByName[name];
  const size = Number(hours) * 60 + Number(minutes ?? 0);
  return sign === "-" ? -size : size;
}

/**
 * Minutes that a time is ahead of UTC, in SQL, null where the value does not say.
 *
 * @param expression a varchar, trimmed
 */
export function offsetSql(expression: string): string {
  const text = "written";
  const part = (group: number) =>
    `try_cast(regexp_extract(${text}, '([+-])([0-9]{2}):?([0-9]{2})?$', ${group}) as integer)`;
  const size = `(${part(2)} * 60 + coalesce(${part(3)}, 0))`;
  const names = Object.entries(offsetsByName).map(
    ([name, minutes]) => `when '${name}' then ${minutes}`,
  );
  const minutes = `case
    when regexp_matches(${text}, '[-][0-9]{2}:?([0-9]{2})?$') then -${size}
    when regexp_matches(${text}, '[+][0-9]{2}:?([0-9]{2})?$') then ${size}
    else case regexp_extract(${text}, '([A-Z]{1,4})$', 1) ${names.join(" ")} end
  end`;
  return once(text, expression, minutes);
}

/** Whether the platform knows a zone by that name. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return name.includes("/") || name === "UTC";
  } catch {
    return false;
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Minutes that a zone's clocks are ahead of UTC at an instant, in milliseconds since 1970. */
export function offsetAt(zone: string, instant: number): number {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    clocks.set(zone, clock);
  }
  const parts: Record<string, number> = {};
  for (const { type, value } of clock.formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((wall - Math.floor(instant / 1000) * 1000) / 60_000);
}

/** A zone's clock from one instant on. */
interface Transition {
  /** milliseconds since 1970 */
  from: number;
  /** minutes ahead of UTC */
  offset: number;
}

const step = 7 * 86_400_000; // no zone changed its clock twice in a week and back since 1980
const [first, last] = [Date.UTC(1980, 0, 1), Date.UTC(2060, 0, 1)];

/** When a zone's clocks are put forward and back, 1980 to 2059, to the minute. */
export function transitionsOf(zone: string): Transition[] {
  const found: Transition[] = [{ from: -Infinity, offset: offsetAt(zone, first) }];
  for (let at = first; at < last; at += step) {
    let [low, high] = [at, at + step];
    const offset = offsetAt(zone, high);
    if (offset === found.at(-1)!.offset) continue;
    while (high - low > 60_000) {
      const middle = Math.floor((low + high) / 120_000) * 60_000;
      if (offsetAt(zone, middle) === offset) high = middle;
      else low = middle;
    }
    found.push({ from: high, offset });
  }
  return found;
}

/**
 * The zone's wall clock at an instant, in SQL: daylight saving is looked up in a table that is part of
 * the statement, for the engine knows no zones.
 *
 * @param instant a timestamp expression, UTC; it is computed once
 */
export function wallClockSql(instant: string, zone: string): string {
  const minutes = pick(transitionsOf(zone), "instant");
  return once("instant", instant, `instant + to_minutes((${minutes})::bigint)`);
}

/** An expression that names another one, which is computed once a row however often it is named. */
export function once(name: string, expression: string, body: string): string {
  return `list_transform([${expression}], lambda ${name} : ${body})[1]`;
}

/** Halves the table until one entry is left: seven comparisons for forty years. */
function pick(table: Transition[], instant: string): string {
  if (table.length === 1) return String(table[0]!.offset);
  const middle = table.length >> 1;
  const at = new Date(table[middle]!.from).toISOString().slice(0, 19).replace("T", " ");
  return `case when ${instant} < timestamp '${at}' then ${pick(table.slice(0, middle), instant)} else ${pick(table.slice(middle), instant)} end`;
}
