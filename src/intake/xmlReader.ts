import { IntakeError } from "./intakeError.ts";

/** What happens on the way through a document. Names come without their prefix. */
export interface XmlHandler {
  open: (name: string, attributes: string) => void;
  close: (name: string) => void;
  /** a run of text between two tags, its entities decoded */
  text: (text: string) => void;
}

const longestRun = 16 * 1024 * 1024; // characters; Excel keeps 32,767 in a cell

/**
 * Reads XML that comes in pieces, with what is needed for the parts of a workbook: no document type,
 * no entities but the five and numbers, nothing fetched. Text is held until its closing tag is there.
 */
export class XmlReader {
  readonly #handler: XmlHandler;
  #rest = "";
  #depth = 0;
  #roots = 0;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  /** @throws IntakeError "broken-workbook" for a tag or a text that does not end */
  push(piece: string): void {
    const text = this.#rest + piece;
    let from = 0;
    for (;;) {
      const start = text.indexOf("<", from);
      if (start < 0) break;
      const end = this.#take(text, start, from);
      if (end < 0) break;
      from = end;
    }
    this.#rest = text.slice(from);
    if (this.#rest.length > longestRun) throw broken("length");
  }

  /** @throws IntakeError "broken-workbook" when the document is not complete */
  end(): void {
    if (this.#depth !== 0 || this.#roots !== 1 || this.#rest.trim() !== "") throw broken("end");
  }

  /** Reports the text before a tag and the tag. @returns where it ends; -1 when more text is needed */
  #take(text: string, start: number, textStart: number): number {
    const next = text.charCodeAt(start + 1);
    const isMarkup = next === 33 || next === 63; // ! or ?
    if (isMarkup) return this.#takeMarkup(text, start, textStart);
    const end = tagEnd(text, start);
    if (end < 0) return -1;
    this.#tell(text, textStart, start);
    if (next === 47) {
      this.#depth--;
      if (this.#depth < 0) throw broken("tag");
      this.#handler.close(nameIn(text.slice(start + 2, end - 1).trimEnd()));
    } else this.#open(text, start, end);
    return end;
  }

  #open(text: string, start: number, end: number): void {
    const isEmpty = text.charCodeAt(end - 2) === 47;
    const tag = text.slice(start + 1, isEmpty ? end - 2 : end - 1);
    const space = tag.search(/\s/);
    const name = nameIn(space < 0 ? tag : tag.slice(0, space));
    if (this.#depth === 0) this.#roots++;
    this.#handler.open(name, space < 0 ? "" : tag.slice(space));
    if (isEmpty) this.#handler.close(name);
    else this.#depth++;
  }

  #takeMarkup(text: string, start: number, textStart: number): number {
    const [opening, closing] = text.startsWith("<![CDATA[", start)
      ? ["<![CDATA[", "]]>"]
      : text.startsWith("<!--", start)
        ? ["<!--", "-->"]
        : text.startsWith("<?", start)
          ? ["<?", "?>"]
          : ["<!", ">"];
    if (text.length - start < 9) return -1; // too little to tell them apart
    const at = text.indexOf(closing, start + opening.length);
    if (at < 0) return -1;
    this.#tell(text, textStart, start);
    if (opening === "<![CDATA[") this.#handler.text(text.slice(start + opening.length, at));
    return at + closing.length;
  }

  #tell(text: string, from: number, to: number): void {
    if (to > from) this.#handler.text(decodeEntities(text.slice(from, to)));
  }
}

const attributePatterns = new Map<string, RegExp>();

/** The value of an attribute, whatever its prefix; undefined when it is not there. */
export function attributeOf(attributes: string, name: string): string | undefined {
  let pattern = attributePatterns.get(name);
  if (!pattern) {
    pattern = new RegExp(`\\s(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    attributePatterns.set(name, pattern);
  }
  const found = pattern.exec(attributes);
  return found ? decodeEntities(found[1] ?? found[2] ?? "") : undefined;
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  const plain = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  if (!plain.includes("&")) return plain;
  return plain.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex, decimal, name) => {
      if (name) return named[name as string] ?? (whole as string);
      const code = hex ? parseInt(hex as string, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : (whole as string);
    },
  );
}

/** Just after the ">" of a tag; one inside an attribute's quotes does not count. */
function tagEnd(text: string, start: number): number {
  let quote = 0;
  for (let i = start + 1; i < text.length; ++i) {
    const code = text.charCodeAt(i);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 62) return i + 1;
    else if (code === 34 || code === 39) quote = code;
  }
  return -1;
}

function nameIn(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

function broken(part: string): IntakeError {
  return new IntakeError("broken-workbook", { part });
}
