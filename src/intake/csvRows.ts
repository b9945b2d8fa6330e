import { quoteCell } from "./repair.ts";

const partLength = 1 << 20; // characters of output per part of the blob

/**
 * Writes rows of cells as CSV in UTF-8 (RFC 4180, LF). Row n is record n: rows that are left out
 * before and between others are empty lines. A row is filled up to the widest before it.
 */
export class CsvRows {
  readonly #blobs: Blob[] = [];
  #out = "";
  #written = 0;
  #width = 0;

  /** @param row its number, from 1, larger than that of the row before */
  add(row: number, cells: readonly (string | undefined)[]): void {
    if (cells.length === 0) return;
    this.#out += "\n".repeat(row - 1 - this.#written);
    this.#width = Math.max(this.#width, cells.length);
    for (let i = 0; i < this.#width; ++i) {
      const cell = cells[i];
      this.#out += (i === 0 ? "" : ",") + (cell === undefined ? "" : quoteCell(cell));
    }
    this.#out += "\n";
    this.#written = row;
    if (this.#out.length > partLength) this.#flush();
  }

  /** @returns undefined when there was no row with a cell */
  end(): Blob | undefined {
    this.#flush();
    return this.#written === 0 ? undefined : new Blob(this.#blobs, { type: "text/csv" });
  }

  #flush(): void {
    if (this.#out !== "") this.#blobs.push(new Blob([this.#out]));
    this.#out = "";
  }
}
