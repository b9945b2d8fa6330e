import { micromark } from "micromark";
import { cjkFriendlyExtension } from "micromark-extension-cjk-friendly";

/**
 * Prose as HTML: CommonMark, with emphasis that also ends beside Chinese characters. HTML in the prose is
 * shown as text and addresses of other kinds than http, https and mailto are left out, so a document from
 * somebody else can say things and do nothing. Its title stands below that of the page it is shown in.
 */
export function proseHtml(markdown: string): string {
  const html = micromark(markdown, { extensions: [cjkFriendlyExtension()] });
  return html.replaceAll("<h1>", '<h1 aria-level="2">');
}

/** The text of the first heading of the first or second level, or undefined. */
export function headingOf(markdown: string): string | undefined {
  return /^ {0,3}#{1,2}\s+(.*?)\s*#*$/m.exec(markdown)?.[1];
}
