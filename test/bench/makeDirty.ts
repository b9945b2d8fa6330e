import { createWriteStream } from "node:fs";
import { once } from "node:events";

/**
 * Writes an export that no strict reader takes: decimal commas behind semicolons, and among its rows
 * short ones, stray quotes, other delimiters, blank lines and unquoted semicolons. About 75 bytes a
 * row; deterministic.
 *
 * @returns rows of data
 */
export async function makeDirty(path: string, rows: number): Promise<number> {
  const customers = Math.max(1, Math.floor(rows / 8));
  const out = createWriteStream(path);
  let part =
    "Bestellnummer;Kundennummer;Bestelldatum;Gesamtbetrag;Währung;Artikel;Status;Bemerkung\n";
  for (let i = 0; i < rows; ++i) {
    part += dirtyLine(i, customers);
    if (part.length < 1 << 20) continue;
    if (!out.write(part)) await once(out, "drain");
    part = "";
  }
  out.end(part);
  await once(out, "finish");
  return rows;
}

const start = Date.UTC(2022, 0, 1);
const stepMs = 61_000;

function dirtyLine(i: number, customers: number): string {
  const [day, clock] = new Date(start + i * stepMs).toISOString().slice(0, 16).split("T");
  const date = day!.split("-").reverse().join(".");
  const cents = (Math.imul(i, 2_654_435_761) >>> 0) % 200_000;
  const whole = Math.floor(cents / 100).toLocaleString("de-DE");
  const amount = `${whole},${String(cents % 100).padStart(2, "0")}`;
  const cells = [
    `B${10_000_000 + i}`,
    `K${(Math.imul(i, 40_503) >>> 0) % customers}`,
    `${date} ${clock}`,
    amount,
    "EUR",
    `Artikel ${i % 50}`,
    "versandt",
  ];
  if (i % 50 === 0) return `${cells.join(";")}\n`; // a cell too few
  if (i % 97 === 0) return `${cells.join(";")};12" Schraube\n`;
  if (i % 211 === 0) return `${[...cells, ""].join("\t")}\n`;
  if (i % 389 === 0) return `\n${cells.join(";")};\n`;
  if (i % 997 === 0) return `${cells.join(";")};bitte; Hintereingang\n`;
  return `${cells.join(";")};\n`;
}
