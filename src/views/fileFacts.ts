import type { FilePlan, Session } from "../session/session.svelte.ts";
import { formatText } from "../words/words.ts";
import { delimiterName } from "./delimiterName.ts";
import { encodingName } from "./encodingName.ts";

/** What a file is, as short words: kind, platform, what a row is, and of a text encoding, delimiter, header line. */
export function fileFacts(
  session: Pick<Session, "text" | "locale">,
  { report, book }: Pick<FilePlan, "report" | "book">,
): string[] {
  const encoding = book === undefined ? encodingName(session, report.encoding) : "";
  if (report.kind === "refused") return [encoding].filter((fact) => fact !== "");
  const hasOrders = report.kind === "orders" || report.kind === "lines";
  const grain =
    hasOrders &&
    report.grain &&
    `${session.text("mapping.grainLabel")} ${session.text(`grain.${report.grain}`)}`;
  const header =
    report.headerRow === 0
      ? "mapping.headerNone"
      : report.headerRow > 1
        ? "mapping.headerRow"
        : null;
  return [
    report.platform && formatText(session.locale, "platform", report.platform),
    session.text(`kind.${report.kind}`),
    grain,
    encoding,
    book === undefined && delimiterName(session, report.delimiter),
    header && session.text(header, { line: report.headerRow }),
  ].filter((fact): fact is string => typeof fact === "string" && fact.trim() !== "");
}
