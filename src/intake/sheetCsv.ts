import { CsvRows } from "./csvRows.ts";
import { IntakeError } from "./intakeError.ts";
import { isoText } from "./isoText.ts";
import { plainNumber } from "./plainNumber.ts";
import { serialText } from "./serialText.ts";
import { decodeEscapes, readPart } from "./workbookParts.ts";
import type { OpenZip, WorkbookParts } from "./workbookParts.ts";
import { attributeOf } from "./xmlReader.ts";
import type { ZipMember } from "./zipDirectory.ts";

const rowLimit = 1_048_576; // of a sheet, by the format
const columnLimit = 16_384;

/** A sheet as text. */
export interface SheetText {
  file: Blob;
  /** whole numbers of more than 15 digits, of which Excel keeps no more */
  longNumbers: number;
}

/**
 * A sheet as CSV in UTF-8 (RFC 4180, LF). Row n of the sheet is record n: empty rows before and
 * between others are empty lines. A row is filled up to the widest before it.
 *
 * @returns undefined when no cell has a value
 * @throws IntakeError "uncalculated" when formulas carry no result; as `readPart`
 */
export async function sheetCsv(
  zip: OpenZip,
  member: ZipMember,
  parts: WorkbookParts,
): Promise<SheetText | undefined> {
  const writer = new SheetWriter(parts);
  await readPart(zip, member, writer);
  return writer.end();
}

class SheetWriter {
  readonly #parts: WorkbookParts;
  readonly #rows = new CsvRows();
  #inData = false;
  #row = 0;
  #cells: string[] = [];
  #column = 0;
  #type = "n";
  #style = 0;
  #value = "";
  #takes = false;
  #inReading = false;
  #isFormula = false;
  #hasValue = false;
  #uncalculated = 0;
  #longNumbers = 0;

  constructor(parts: WorkbookParts) {
    this.#parts = parts;
  }

  open = (name: string, attributes: string): void => {
    if (!this.#inData) {
      this.#inData = name === "sheetData";
      return;
    }
    if (name === "c") this.#openCell(attributes);
    else if (name === "v" || name === "t") {
      this.#takes = !this.#inReading;
      this.#hasValue = true;
    } else if (name === "f") this.#isFormula = true;
    else if (name === "rPh") this.#inReading = true;
    else if (name === "row") this.#openRow(attributes);
  };

  close = (name: string): void => {
    if (!this.#inData) return;
    if (name === "v" || name === "t") this.#takes = false;
    else if (name === "c") this.#closeCell();
    else if (name === "row") this.#rows.add(this.#row, this.#cells);
    else if (name === "rPh") this.#inReading = false;
    else if (name === "sheetData") this.#inData = false;
  };

  text = (run: string): void => {
    if (this.#takes) this.#value += run;
  };

  end(): SheetText | undefined {
    if (this.#uncalculated > 0)
      throw new IntakeError("uncalculated", { count: this.#uncalculated });
    const file = this.#rows.end();
    return file && { file, longNumbers: this.#longNumbers };
  }

  #openRow(attributes: string): void {
    const told = Number(attributeOf(attributes, "r") ?? this.#row + 1);
    if (!(told > this.#row && told <= rowLimit)) throw broken("row");
    this.#row = told;
    this.#column = 0;
    this.#cells = [];
  }

  #openCell(attributes: string): void {
    const place = attributeOf(attributes, "r");
    this.#column = place === undefined ? this.#column + 1 : columnOf(place);
    if (!(this.#column >= 1 && this.#column <= columnLimit)) throw broken("cell");
    this.#type = attributeOf(attributes, "t") ?? "n";
    this.#style = Number(attributeOf(attributes, "s") ?? 0);
    this.#value = "";
    this.#isFormula = false;
    this.#hasValue = false;
  }

  #closeCell(): void {
    if (this.#isFormula && !this.#hasValue && this.#type !== "str") this.#uncalculated++;
    const text = this.#cellText();
    if (text === "") return;
    while (this.#cells.length < this.#column) this.#cells.push("");
    this.#cells[this.#column - 1] = text;
  }

  #cellText(): string {
    const value = this.#value;
    if (value === "") return "";
    switch (this.#type) {
      case "s":
        return this.#sharedText(value);
      case "str":
      case "inlineStr":
        return decodeEscapes(value);
      case "b":
        return value.trim() === "0" ? "FALSE" : "TRUE";
      case "e":
        return "";
      case "d":
        return isoText(value);
      default:
        return this.#numberText(value);
    }
  }

  #numberText(value: string): string {
    const { styles, is1904 } = this.#parts;
    const kind = styles[this.#style] ?? "number";
    const time = kind === "number" ? undefined : serialText(Number(value), kind, is1904);
    if (time !== undefined) return time;
    const text = plainNumber(value);
    if (isRounded(value, text)) this.#longNumbers++;
    return text;
  }

  #sharedText(value: string): string {
    const text = this.#parts.texts[Number(value)];
    if (text === undefined) throw broken("text");
    return text;
  }
}

/** Zeros beyond the fifteenth digit, or a power of ten, are what is left of a longer number. */
function isRounded(value: string, text: string): boolean {
  return /^-?\d{16,}$/.test(text) && (/e/i.test(value) || /^-?\d{15}0+$/.test(text));
}

/** "C7" is 3. */
function columnOf(place: string): number {
  let column = 0;
  for (let i = 0; i < place.length; ++i) {
    const letter = place.charCodeAt(i) & ~32;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column;
}

function broken(part: string): IntakeError {
  return new IntakeError("broken-workbook", { part });
}
