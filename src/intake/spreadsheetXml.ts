import { CsvRows } from "./csvRows.ts";
import { IntakeError } from "./intakeError.ts";
import { isoText } from "./isoText.ts";
import { plainNumber } from "./plainNumber.ts";
import { attributeOf, XmlReader } from "./xmlReader.ts";

const rowLimit = 1_048_576;
const columnLimit = 16_384;

/** Whether a file begins as a workbook of Excel 2003 in XML. @param start its first kilobyte */
export function isSpreadsheetXml(start: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(start);
  return /<\?mso-application\s+progid="Excel|<(?:\w+:)?Workbook\b[^>]*office:spreadsheet/.test(
    text,
  );
}

/**
 * The sheets of a workbook of Excel 2003 in XML, which some systems still write as .xls, each as CSV.
 * Sheets without a value are left out.
 *
 * @throws IntakeError "broken-workbook"
 * @see https://learn.microsoft.com/previous-versions/office/developer/office-xp/aa140066(v=office.10)
 */
export async function spreadsheetXml(file: Blob): Promise<{ name: string; file: Blob }[]> {
  const sheets = new SheetsReader();
  const reader = new XmlReader(sheets);
  const pieces = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await pieces.read();
    if (done) break;
    reader.push(value);
  }
  reader.end();
  return sheets.sheets;
}

class SheetsReader {
  readonly sheets: { name: string; file: Blob }[] = [];
  #name = "";
  #rows = new CsvRows();
  #row = 0;
  #cells: string[] = [];
  #column = 0;
  #across = 0;
  #type = "";
  #value = "";
  #takes = false;

  open = (name: string, attributes: string): void => {
    if (name === "Worksheet") {
      this.#name = attributeOf(attributes, "Name") ?? "";
      this.#rows = new CsvRows();
      this.#row = 0;
    } else if (name === "Row") {
      this.#row = placeOf(attributes, this.#row, rowLimit);
      this.#cells = [];
      this.#column = 0;
    } else if (name === "Cell") {
      this.#column = placeOf(attributes, this.#column, columnLimit);
      this.#across = Number(attributeOf(attributes, "MergeAcross") ?? 0);
    } else if (name === "Data") {
      this.#type = attributeOf(attributes, "Type") ?? "String";
      this.#value = "";
      this.#takes = true;
    }
  };

  close = (name: string): void => {
    if (name === "Data") this.#closeData();
    else if (name === "Cell") this.#column += this.#across;
    else if (name === "Row") this.#rows.add(this.#row, this.#cells);
    else if (name === "Worksheet") {
      const file = this.#rows.end();
      if (file) this.sheets.push({ name: this.#name, file });
    }
  };

  text = (run: string): void => {
    if (this.#takes) this.#value += run;
  };

  #closeData(): void {
    this.#takes = false;
    const text = cellText(this.#type, this.#value);
    if (text === "") return;
    while (this.#cells.length < this.#column) this.#cells.push("");
    this.#cells[this.#column - 1] = text;
  }
}

function cellText(type: string, value: string): string {
  switch (type) {
    case "Number":
      return plainNumber(value);
    case "DateTime":
      return isoText(value).replace(/^1899-12-3[01] /, "");
    case "Boolean":
      return value.trim() === "0" ? "FALSE" : "TRUE";
    case "Error":
      return "";
    default:
      return value;
  }
}

function placeOf(attributes: string, before: number, limit: number): number {
  const place = Number(attributeOf(attributes, "Index") ?? before + 1);
  if (!(place > before && place <= limit))
    throw new IntakeError("broken-workbook", { part: "index" });
  return place;
}
