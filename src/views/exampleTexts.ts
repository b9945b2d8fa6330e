import type { Role } from "../intake/report.ts";
import type { Example } from "../session/readExamples.ts";
import type { FilePlan, Session } from "../session/session.svelte.ts";
import { formatDate } from "../words/words.ts";

type Reader = Pick<Session, "text" | "locale">;

/**
 * For each role how a value of its column was read: "03/04/2024 → 3 Apr 2024". Left out where that
 * says nothing new: the number stands as it is written, or another role has shown values of that form.
 */
export function exampleTexts(
  session: Reader,
  examples: FilePlan["examples"],
): ReadonlyMap<Role, string> {
  const said = new Map<Role, string>();
  const forms = new Set<string>();
  for (const [role, example] of Object.entries(examples) as [Role, Example][]) {
    const form = example.text.replace(/\d+/g, "0");
    if (example.reading !== null && (isPlain(example) || forms.has(form))) continue;
    forms.add(form);
    said.set(role, session.text("mapping.reading", sides(session, example)));
  }
  return said;
}

function isPlain({ type, text, reading }: Example): boolean {
  return type === "number" && /^-?\d+(\.\d+)?$/.test(text) && Number(text) === Number(reading);
}

function sides(
  session: Reader,
  { type, text, reading }: Example,
): { text: string; reading: string } {
  if (reading === null) return { text, reading: session.text("mapping.unreadable") };
  const said = type === "time" ? timeText(session, reading) : numberText(session, reading);
  return { text, reading: said };
}

function timeText({ locale }: Reader, reading: string): string {
  const [day = "", clock = ""] = reading.split(" ");
  const date = formatDate(locale, day);
  return clock === "" || clock.startsWith("00:00:00") ? date : `${date}, ${clock.slice(0, 5)}`;
}

/** With all its digits: the reader checks where the mark stands. */
function numberText({ locale }: Reader, reading: string): string {
  const digits = (reading.split(".")[1] ?? "").replace(/0+$/, "").length;
  const minimumFractionDigits = digits === 0 ? 0 : Math.max(2, digits);
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits, maximumFractionDigits: 4 });
  return format.format(reading as `${number}`);
}
