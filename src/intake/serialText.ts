import type { FormatKind } from "./numberFormatKind.ts";

const dayMs = 86_400_000;
const lastSerial = 2_958_466; // the day after 9999-12-31

/**
 * A number of days as a spreadsheet keeps it, as "YYYY-MM-DD", "YYYY-MM-DD HH:MM:SS" or "HH:MM:SS".
 * It is the wall clock of the cell; no zone is looked at. Seconds are rounded, never into the next day.
 *
 * @param is1904 day 0 is 1904-01-01; else day 1 is 1900-01-01, and day 60 a 29 February that never was
 * @returns undefined where the number is no such time
 */
export function serialText(serial: number, kind: FormatKind, is1904: boolean): string | undefined {
  if (!(serial >= 0 && serial < lastSerial)) return undefined;
  if (kind === "elapsed") return clock(Math.round(serial * 86_400));
  const ms = Math.round(serial * dayMs); // beyond a millisecond there is only noise
  const day = Math.floor(ms / dayMs);
  const seconds = Math.min(86_399, Math.round((ms - day * dayMs) / 1000));
  if (day === 0 && !is1904) return kind === "date" ? undefined : clock(seconds);
  if (day === 0 && kind === "time") return clock(seconds);
  const date = dateOf(day, is1904);
  return kind === "date-time" || seconds > 0 ? `${date} ${clock(seconds)}` : date;
}

function dateOf(day: number, is1904: boolean): string {
  if (!is1904 && day === 60) return "1900-02-29";
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30);
  return new Date(epoch + day * dayMs).toISOString().slice(0, 10);
}

function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
