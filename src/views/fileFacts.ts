import type { FileReport } from "../intake/report.ts";
import type { Session } from "../session/session.svelte.ts";
import { delimiterName } from "./delimiterName.ts";
import { encodingName } from "./encodingName.ts";

/** What a file is, as short words: kind, platform, what a row is, encoding, delimiter, header line. */
export function fileFacts(session: Pick<Session, "text">, report: FileReport): string[] {
  const encoding = encodingName(session, report.encoding);
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
    report.platform,
    session.text(`kind.${report.kind}`),
    grain,
    encoding,
    delimiterName(session, report.delimiter),
    header && session.text(header, { line: report.headerRow }),
  ].filter((fact): fact is string => typeof fact === "string" && fact.trim() !== "");
}
