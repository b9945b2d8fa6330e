/** A moment in the reader's language and time zone: Nov 22, 2026, 3:05 PM. @param at milliseconds since 1970 */
export function formatMoment(locale: string, at: number): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(at);
}
