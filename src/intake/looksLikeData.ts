import { readDate } from "./dateFormats.ts";
import { readNumber } from "./numberFormats.ts";

/** Whether some cell is a date, a number or an e-mail address: no header has one. */
export function looksLikeData(cells: string[]): boolean {
  return cells.some((cell) => isDatum(cell.trim()));
}

/** A date, a number or an e-mail address. */
export function isDatum(text: string): boolean {
  return (
    readDate(text) !== undefined ||
    readNumber(text) !== undefined ||
    /^[-+]?\d+(\.\d+)?e[-+]?\d+$/i.test(text) ||
    /^[^@\s]+@[^@\s]+\.\w+$/.test(text)
  );
}
