import type { Locale } from "../words/words.ts";

/** The first of the reader's languages that the product speaks; English where it speaks none. */
export function toLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const { language: tongue, script, region } = new Intl.Locale(language).maximize();
    if (tongue === "en") return "en";
    if (tongue !== "zh") continue;
    return script === "Hant" || ["TW", "HK", "MO"].includes(region ?? "") ? "zh-Hant" : "zh-Hans";
  }
  return "en";
}
