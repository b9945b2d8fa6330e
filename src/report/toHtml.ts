import type { Report } from "./report.ts";

/** What every report carries: the program that shows it, and how it looks. */
export interface Viewer {
  script: string;
  style: string;
}

/**
 * The report as one HTML document that asks nothing of any network: its policy forbids that, and allows no
 * script but its own, by checksum. The data stand in it as JSON that can end neither the element that holds it
 * nor a line.
 */
export async function toHtml(report: Report, { script, style }: Viewer): Promise<string> {
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${await checksum(script)}'`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="${escapeHtml(report.locale)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Perennial ${escapeHtml(report.version)}">
<title>${escapeHtml(report.title)}</title>
<style>${style.replaceAll("</", "<\\/")}</style>
</head>
<body>
<div id="report"></div>
<noscript>This report draws itself with JavaScript. 本报告需要 JavaScript 才能显示。本報告需要 JavaScript 才能顯示。</noscript>
<script type="application/json" id="data">${escapeJson(report)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON in which no character means anything to HTML or to a line of script. */
export function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

async function checksum(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
