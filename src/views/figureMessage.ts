import type { Figure } from "../report/report.ts";
import type { Reader } from "../session/reader.ts";

/** Why a figure of a report shows nothing; empty where it does. */
export function figureMessage(
  reader: Pick<Reader, "text" | "localized">,
  figure: Figure | undefined,
  smallest: number,
): string {
  if (!figure || figure.state === "failed") return reader.text("cell.failed");
  if (figure.state === "unavailable") return reader.localized(figure.message);
  if (figure.state === "done") return "";
  const words = {
    customers: "report.leftOut",
    unknown: "report.leftOutUnknown",
    few: "report.leftOutFew",
  };
  return reader.text(words[figure.why], { smallest });
}
