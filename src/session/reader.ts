import type { Localized } from "../catalog/query.ts";
import type { Locale } from "../words/words.ts";

/** What it takes to say a figure: the session in the page, and whoever reads a report. */
export interface Reader {
  readonly locale: Locale;
  /** three-letter code, or null where there is none or several */
  readonly currency: string | null;
  text(key: string, values?: Record<string, string | number>): string;
  localized(words: Localized): string;
}
