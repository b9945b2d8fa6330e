import type { Viewer } from "./toHtml.ts";

/** The program that a report carries, which is a chunk of its own: most visits make no report. */
export async function loadViewer(): Promise<Viewer> {
  const { script, style } = await import("virtual:report-viewer");
  return { script, style };
}
