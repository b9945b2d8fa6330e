import { fitText, textWidth } from "./textWidth.ts";

/** Between the two of a pair, such as a product and the one that is bought after it. */
const arrow = " → ";

/** What is kept of a name's beginning, the first that tells all names apart. */
const headShares = [0.5, 0.25, 0.75];

/**
 * Names cut in the middle so that they fit: those that differ stay different. Each of a pair is cut for
 * itself.
 */
export function fitNames(names: readonly string[], pixels: number, fontSize = 12): string[] {
  let cut: string[] = [];
  for (const head of headShares) {
    cut = names.map((name) => fitPair(name, pixels, { head, fontSize }));
    if (new Set(cut).size === new Set(names).size) return cut;
  }
  return numbered(names, cut, (name, mark) => {
    const room = pixels - textWidth(mark, fontSize);
    return fitText(name, Math.max(0, room), fontSize) + mark;
  });
}

interface Cut {
  /** share of the room that the beginning takes */
  head: number;
  fontSize: number;
}

function fitPair(name: string, pixels: number, cut: Cut): string {
  const width = (text: string) => textWidth(text, cut.fontSize);
  const [from = "", to] = name.split(arrow);
  if (width(name) <= pixels || to === undefined || name.split(arrow).length > 2)
    return fitMiddle(name, pixels, cut);
  const room = pixels - width(arrow);
  if (room < 8 * cut.fontSize) return fitMiddle(name, pixels, cut);
  const half = room / 2;
  const left = width(from) <= half ? from : fitMiddle(from, Math.max(half, room - width(to)), cut);
  return left + arrow + fitMiddle(to, room - width(left), cut);
}

function fitMiddle(text: string, pixels: number, { head, fontSize }: Cut): string {
  if (textWidth(text, fontSize) <= pixels) return text;
  const room = Math.max(0, pixels - textWidth("…", fontSize));
  const characters = [...text];
  const start = longest(characters, room * head, fontSize);
  const end = longest(characters.toReversed(), room - textWidth(start, fontSize), fontSize);
  return `${start.trimEnd()}…${[...end].toReversed().join("").trimStart()}`;
}

function longest(characters: readonly string[], pixels: number, fontSize: number): string {
  let [text, wide] = ["", 0];
  for (const character of characters) {
    wide += textWidth(character, fontSize);
    if (wide > pixels) break;
    text += character;
  }
  return text;
}

/** Different names that were cut to the same have numbers. */
function numbered(
  names: readonly string[],
  cut: readonly string[],
  withMark: (name: string, mark: string) => string,
): string[] {
  const seen = new Map<string, string[]>();
  return names.map((name, i) => {
    const same = seen.get(cut[i]!) ?? [];
    if (!same.includes(name)) same.push(name);
    seen.set(cut[i]!, same);
    const place = same.indexOf(name);
    return place === 0 ? cut[i]! : withMark(cut[i]!, ` ${place + 1}`);
  });
}
