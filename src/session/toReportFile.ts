import { loadViewer } from "../report/loadViewer.ts";
import type { Report } from "../report/report.ts";
import { toHtml } from "../report/toHtml.ts";

/** A report as one HTML file. */
export async function toReportFile(report: Report): Promise<Blob> {
  return new Blob([await toHtml(report, await loadViewer())], { type: "text/html;charset=utf-8" });
}
