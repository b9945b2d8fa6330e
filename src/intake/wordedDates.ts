/*
 * Dates with the month's name in German, French, Spanish, Portuguese, Italian or Dutch, which the
 * engine's own patterns do not know: "5. Januar 2024, 14:03 Uhr", "13 de enero de 2024 10:05 hs.".
 */

/** The starts of the names by month; a name is told by its first letters. */
const monthStarts = [
  "jan|gen|ene",
  "feb|fév|fev",
  "mär|mar|mrz|maa|mrt",
  "apr|avr|abr",
  "mai|may|mag|mei",
  "jun|juin|giu",
  "jul|juil|lug",
  "aug|aoû|aou|ago",
  "sep|set",
  "okt|oct|out|ott",
  "nov",
  "dez|déc|dec|dic",
];

const letters = "[a-zäàâçéèêíóôõúû]";
const clock = "(?:,? +(?:um |à |a las |às |alle |om )?([0-9]{1,2})[:h]([0-9]{2})(?::([0-9]{2}))?)?";
const tail = "(?: ?(?:uhr|hs?|h))?[.]?";
const form = `([0-9]{1,2})(?:[.]|er|º|°)? +(?:de )?(${letters}{3,10})[.]?,? +(?:de |del )?([0-9]{4})${clock}${tail}`;
const whole = new RegExp(`^${form}$`);

/** Whether a text is such a date. */
export function isWordedDate(text: string): boolean {
  const match = whole.exec(text.toLowerCase());
  if (!match) return false;
  const [, day, name = "", , hour, minute] = match;
  if (!monthStarts.some((starts) => new RegExp(`^(?:${starts})`).test(name))) return false;
  return (
    Number(day) >= 1 && Number(day) <= 31 && Number(hour ?? 0) < 24 && Number(minute ?? 0) < 60
  );
}

/** The timestamp of such a date in SQL, null where the text is none. */
export function wordedDateSql(text: string): string {
  const part = (group: number) => `regexp_extract(lower(${text}), '^${form}$', ${group})`;
  const two = (group: number) => `lpad(coalesce(nullif(${part(group)}, ''), '0'), 2, '0')`;
  const month = monthStarts
    .map((starts, i) => {
      const number = String(i + 1).padStart(2, "0");
      return `when regexp_matches(${part(2)}, '^(?:${starts})') then '${number}'`;
    })
    .join(" ");
  return `try_cast(${part(3)} || '-' || case ${month} end || '-' || ${two(1)} || ' ' || ${two(4)} || ':' || ${two(5)} || ':' || ${two(6)} as timestamp)`;
}
