/**
 * Estimated width of one line in a system font, in pixels: enough to set margins and to thin out labels
 * where no browser can be asked.
 */
export function textWidth(text: string, fontSize = 12): number {
  let em = 0;
  for (const character of text) em += widthOf(character);
  return em * fontSize;
}

/** Cut with an ellipsis so that it fits. */
export function fitText(text: string, pixels: number, fontSize = 12): string {
  if (textWidth(text, fontSize) <= pixels) return text;
  const room = pixels - textWidth("…", fontSize);
  let cut = "";
  let em = 0;
  for (const character of text) {
    em += widthOf(character);
    if (em * fontSize > room) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}

/** Lines of at most the width, broken at spaces or between wide characters. */
export function wrapText(text: string, pixels: number, fontSize = 12): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of text.match(/[⺀-鿿가-힯豈-﫿＀-￯]|[^\s⺀-鿿가-힯豈-﫿＀-￯]+\s*|\s+/g) ?? []) {
    if (line !== "" && textWidth((line + piece).trimEnd(), fontSize) > pixels) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  if (line !== "" || lines.length === 0) lines.push(line.trimEnd());
  return lines.map((whole) => fitText(whole, pixels, fontSize));
}

function widthOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x2e80) return 1;
  if (/[0-9]/.test(character)) return 0.58;
  if (/[mwMW@%…]/.test(character)) return 0.88;
  if (/[A-Z]/.test(character)) return 0.68;
  if (/[\s.,:;|!'’ijlI()[\]·-]/.test(character)) return 0.33;
  return 0.56;
}
