import type { FileReport } from "../intake/report.ts";
import type { Session } from "../session/session.svelte.ts";
import { wordOr } from "./questionText.ts";

const delimiterNames: Record<string, string> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "pipe",
  whitespace: "fixed",
};

/** What a file is, as short words: kind, platform, what a row is, encoding, delimiter, header line. */
export function fileFacts(session: Pick<Session, "text">, report: FileReport): string[] {
  const encoding = wordOr(session, `encoding.${report.encoding.toLowerCase()}`, report.encoding);
  if (report.kind === "refused") return [encoding].filter((fact) => fact !== "");
  const delimiter = delimiterNames[report.delimiter] ?? report.delimiter;
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
    wordOr(session, `delimiter.${delimiter}`, delimiter),
    header && session.text(header, { line: report.headerRow }),
  ].filter((fact): fact is string => typeof fact === "string" && fact.trim() !== "");
}
