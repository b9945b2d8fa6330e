import { ask } from "./askQuestions.ts";
import type { Settled } from "./askQuestions.ts";
import { cleanCell } from "./cleanCell.ts";
import type { RawRecord } from "./parseRecords.ts";
import { isZone, offsetAt, readOffset } from "./timeZones.ts";

/** Of shops that sell abroad; a reader's own zone may be any that the browser knows. */
const common = [
  "UTC",
  "Asia/Shanghai",
  "Asia/Hong_Kong",
  "Asia/Taipei",
  "Asia/Tokyo",
  "Asia/Seoul",
  "Asia/Singapore",
  "Asia/Kolkata",
  "Asia/Dubai",
  "Europe/London",
  "Europe/Berlin",
  "Europe/Athens",
  "Europe/Moscow",
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Phoenix",
  "America/Los_Angeles",
  "America/Anchorage",
  "Pacific/Honolulu",
  "America/Halifax",
  "America/St_Johns",
  "America/Sao_Paulo",
  "America/Mexico_City",
  "Australia/Sydney",
  "Australia/Brisbane",
  "Australia/Adelaide",
  "Australia/Perth",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
];

export const asWritten = "as-written";

/**
 * The zone that the times of a column are moved to. Undefined: they stay as written, because they
 * carry one offset only, or the offsets that one place's clocks have in summer and in winter. Times
 * of several places must be moved to one clock, and which is asked.
 *
 * @param told an answer: "as-written" or the name of a zone
 */
export function settleZone(
  records: RawRecord[],
  column: { index: number; name: string },
  told: string | undefined,
): Settled<string | undefined> {
  if (told === asWritten) return { value: undefined };
  if (told !== undefined && isZone(told)) return { value: told };
  const times = readTimes(records, column.index);
  const offsets = new Set(times.map(({ offset }) => offset));
  if (offsets.size < 2) return { value: undefined };
  const shares = common.map((zone) => ({
    zone,
    share:
      times.filter(({ offset, instant }) => offsetAt(zone, instant) === offset).length /
      times.length,
  }));
  if (shares.some(({ share }) => share === 1)) return { value: undefined };
  const [top] = shares.toSorted((a, b) => b.share - a.share);
  const guess = top && top.share >= 0.5 ? top.zone : "UTC";
  const example = cleanCell(records[0]?.cells[column.index] ?? "");
  const options = [...common, asWritten];
  return { value: guess, question: ask("time-zone", options, guess, column.name, example) };
}

const enough = 200; // times that are held against each zone

function readTimes(records: RawRecord[], index: number): { offset: number; instant: number }[] {
  const distinct = new Map<string, { offset: number; instant: number }>();
  const every = Math.max(1, Math.floor(records.length / (enough * 4)));
  for (let i = 0; i < records.length && distinct.size < enough; i += every) {
    const text = cleanCell(records[i]!.cells[index] ?? "");
    const offset = readOffset(text);
    const instant = offset === undefined ? Number.NaN : instantOf(text, offset);
    // a time without its clock says nothing of summer and winter
    if (offset !== undefined && Number.isFinite(instant)) distinct.set(text, { offset, instant });
  }
  return [...distinct.values()];
}

/** Roughly: only the time of the year matters here, but for the hours of a change of clocks. */
function instantOf(text: string, offset: number): number {
  const iso = /(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[ T](\d{1,2}):(\d{2})/.exec(text);
  if (!iso) return Number.NaN;
  const [year, month, day, hour, minute] = iso.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute) - offset * 60_000;
}
