import { decodeHtml } from "./decodeHtml.ts";
import { guessEncoding } from "./encodings.ts";
import { quoteCell } from "./repair.ts";

const pageLimit = 256 * 1024 * 1024; // bytes; a page is read as one text
const cellsLimit = 20_000_000; // of the table; more of them are made by spans alone

/** Whether a file begins as a web page does. @param start its first kilobyte */
export function isPage(start: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(start).replace(/^(?:ï»¿|ÿþ|þÿ)/, "");
  return /^\s*<(?:!doctype html|html|head|body|table|meta|style|\?xml)\b/i.test(
    text.replaceAll("\0", ""),
  );
}

/**
 * The one table of a page that is nothing else, as CSV in UTF-8 (RFC 4180, LF): what many shops call
 * .xls. Scripts, forms, a second table, a table in a table or text beside it make it a web page.
 *
 * @returns undefined for a web page
 */
export async function htmlTable(file: Blob): Promise<Blob | undefined> {
  if (file.size > pageLimit) return undefined;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const rows = readRows(new TextDecoder(encodingOf(bytes)).decode(bytes));
  const width = rows?.reduce((most, row) => Math.max(most, row.length), 0) ?? 0;
  if (!rows || rows.length < 2 || width < 2) return undefined;
  const lines = rows.map((row) =>
    Array.from({ length: width }, (_, i) => quoteCell(row[i] ?? "")).join(","),
  );
  return new Blob([`${lines.join("\n")}\n`], { type: "text/csv" });
}

function encodingOf(bytes: Uint8Array): string {
  const { encoding, bomLength } = guessEncoding([bytes.subarray(0, 256 * 1024)]);
  if (bomLength > 0 || encoding === "utf-8") return encoding;
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 4096));
  const told = /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1];
  try {
    return told ? new TextDecoder(told).encoding : encoding;
  } catch {
    return encoding;
  }
}

/** A comment, a declaration, or a tag: whether it closes, its name, its attributes. */
const markup = /<!--[\s\S]*?-->|<[!?][^>]*>|<(\/?)([a-z][\w:.-]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>/gi;

/** Elements whose content is not shown. */
const unseen = /^(?:style|title|xml|colgroup)$/;

/** Elements of a page, not of a table. */
const foreign =
  /^(?:script|noscript|form|input|button|select|textarea|iframe|frame|frameset|object|embed|video|audio|canvas|nav|svg)$/;

/** @returns undefined where the text is more or less than one table */
function readRows(text: string): string[][] | undefined {
  const grid = new TableGrid();
  markup.lastIndex = 0;
  let from = 0;
  for (let tag = markup.exec(text); tag; tag = markup.exec(text)) {
    if (!grid.text(text.slice(from, tag.index))) return undefined;
    from = markup.lastIndex;
    const name = tag[2]?.toLowerCase();
    if (name === undefined) continue;
    if (foreign.test(name)) return undefined;
    if (unseen.test(name) && tag[1] === "" && !tag[3]?.endsWith("/")) {
      from = endOf(text, name, from);
      markup.lastIndex = from;
    } else if (!grid.tag(name, tag[1] === "/", tag[3] ?? "")) return undefined;
  }
  return grid.text(text.slice(from)) ? grid.rows : undefined;
}

function endOf(text: string, name: string, from: number): number {
  const end = new RegExp(`</${name}\\s*>`, "gi");
  end.lastIndex = from;
  return end.exec(text) ? end.lastIndex : text.length;
}

/** Takes the tags and texts of a page, and puts cells where their spans leave room. */
class TableGrid {
  readonly rows: string[][] = [];
  #tables = 0;
  #isOpen = false;
  #cells = 0;
  #cell: string | undefined;
  #span = { columns: 1, rows: 1 };
  /** by column: rows below that a cell further up still fills */
  #filled: number[] = [];

  /** @returns false for text that is in no cell */
  text(text: string): boolean {
    if (this.#cell !== undefined) this.#cell += decodeHtml(text.replace(/[ \t\r\n\f]+/g, " "));
    else return /^[\s\ufeff]*$/.test(text);
    return true;
  }

  /** @returns false for a tag that no single table has */
  tag(name: string, isClosing: boolean, attributes: string): boolean {
    switch (name) {
      case "table":
        this.#closeCell();
        if (!isClosing && (this.#isOpen || this.#tables > 0)) return false;
        this.#isOpen = !isClosing;
        if (!isClosing) this.#tables++;
        break;
      case "tr":
        if (!this.#isOpen) return false;
        this.#closeCell();
        if (!isClosing) this.#openRow();
        break;
      case "td":
      case "th":
        if (!this.#isOpen) return false;
        this.#closeCell();
        if (!isClosing) this.#openCell(attributes);
        break;
      case "br":
      case "p":
      case "div":
        if (this.#cell && !isClosing) this.#cell += "\n";
    }
    return this.#cells <= cellsLimit;
  }

  #openRow(): void {
    this.rows.push([]);
    this.#filled = this.#filled.map((rows) => Math.max(0, rows - 1));
  }

  #openCell(attributes: string): void {
    if (this.rows.length === 0) this.#openRow();
    this.#cell = "";
    const rows = spanOf(attributes, "rowspan", 65_534);
    this.#span = { columns: spanOf(attributes, "colspan", 1000), rows };
    this.#cells += this.#span.columns;
  }

  #closeCell(): void {
    if (this.#cell === undefined) return;
    const row = this.rows.at(-1)!;
    while ((this.#filled[row.length] ?? 0) > 0) row.push("");
    const lines = this.#cell.split("\n").map((line) => line.replaceAll("\u00a0", " ").trim());
    const text = lines.join("\n").trim();
    for (let i = 0; i < this.#span.columns; ++i) {
      this.#filled[row.length] = this.#span.rows;
      row.push(i === 0 ? text : "");
    }
    this.#cell = undefined;
  }
}

/** @param limit by the standard of HTML */
function spanOf(attributes: string, name: string, limit: number): number {
  const found = new RegExp(`\\b${name}\\s*=\\s*["']?\\s*(\\d+)`, "i").exec(attributes);
  return Math.min(limit, Math.max(1, Number(found?.[1] ?? 1)));
}
