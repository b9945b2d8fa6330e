import { strToU8, zipSync } from "fflate";
import type { Zippable } from "fflate";

/** A cell as XML, or a text that goes to the shared ones. */
export type TestCell = string | { xml: string } | undefined;

export interface TestWorkbook {
  sheets: Record<string, TestCell[][]>;
  /** custom formats by id, and the formats of the styles s="0", s="1", … */
  formats?: Record<number, string>;
  styles?: number[];
  is1904?: boolean;
  /** parts in place of those that are made */
  parts?: Record<string, string>;
}

/** A workbook as Excel lays it out, packed by another hand than the one that is tested. */
export function makeWorkbook(book: TestWorkbook): Blob {
  return new Blob([zipSync(toParts(book)) as Uint8Array<ArrayBuffer>]);
}

/** A number with a style. */
export function number(value: string, style = 0): { xml: string } {
  return { xml: `<c REF s="${style}"><v>${value}</v></c>` };
}

export function sheetXml(data: string): string {
  return `${head}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${data}</sheetData></worksheet>`;
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n`;
const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

function toParts({ sheets, formats = {}, styles = [0], is1904, parts = {} }: TestWorkbook) {
  const texts: string[] = [];
  const names = Object.keys(sheets);
  const xml: Record<string, string> = {
    "[Content_Types].xml": `${head}<Types/>`,
    "_rels/.rels": relations([[`${types}/officeDocument`, "xl/workbook.xml"]]),
    "xl/workbook.xml": `${head}<workbook xmlns:r="${types}"><workbookPr${is1904 ? ' date1904="1"' : ""}/><sheets>${names
      .map((name, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([
      ...names.map((_, i): [string, string] => [
        `${types}/worksheet`,
        `worksheets/sheet${i + 1}.xml`,
      ]),
      [`${types}/styles`, "styles.xml"],
      [`${types}/sharedStrings`, "/xl/sharedStrings.xml"],
    ]),
    "xl/styles.xml": `${head}<styleSheet><numFmts>${Object.entries(formats)
      .map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${escapeXml(code)}"/>`)
      .join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles
      .map((id) => `<xf numFmtId="${id}"/>`)
      .join("")}</cellXfs></styleSheet>`,
  };
  names.forEach((name, i) => {
    xml[`xl/worksheets/sheet${i + 1}.xml`] = sheetXml(rowsXml(sheets[name]!, texts));
  });
  xml["xl/sharedStrings.xml"] = `${head}<sst>${texts
    .map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`)
    .join("")}</sst>`;
  const all = Object.entries({ ...xml, ...parts }).map(([path, text]) => [path, strToU8(text)]);
  return Object.fromEntries(all) as Zippable;
}

function rowsXml(rows: TestCell[][], texts: string[]): string {
  return rows.map((cells, r) => rowXml(cells, r + 1, texts)).join("");
}

function rowXml(cells: TestCell[], row: number, texts: string[]): string {
  const xml = cells.map((cell, c) => {
    if (cell === undefined) return "";
    const place = `r="${columnName(c)}${row}"`;
    if (typeof cell === "object") return cell.xml.replace("REF", place);
    return `<c ${place} t="s"><v>${texts.push(cell) - 1}</v></c>`;
  });
  return xml.join("") === "" ? "" : `<row r="${row}">${xml.join("")}</row>`;
}

function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

function relations(targets: [string, string][]): string {
  return `${head}<Relationships>${targets
    .map(
      ([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${type}" Target="${target}"/>`,
    )
    .join("")}</Relationships>`;
}
