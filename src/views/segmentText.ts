import type { SegmentFilter } from "../notebook/notebook.ts";
import { segmentWords } from "../session/segments.ts";
import type { Session } from "../session/session.svelte.ts";
import { valueText } from "../session/valueText.ts";

type Said = Pick<Session, "locale" | "localized">;

/** What customers are told apart by, in the reader's language. */
export function attributeText(session: Said, by: string): string {
  return valueText(session, segmentWords, "filter_by", by);
}

/** A segment's name, where it has a word; else the value as the data have it. */
export function segmentName(session: Said, value: string): string {
  const { values } = segmentWords;
  return Object.hasOwn(values, value) ? session.localized(values[value]!) : value;
}

/** Both, such as "channel: Webshop". */
export function segmentText(session: Said, { by, value }: SegmentFilter): string {
  const colon = session.locale === "en" ? ": " : "：";
  return `${attributeText(session, by)}${colon}${segmentName(session, value)}`;
}
