import {
  formatCount,
  formatDate,
  formatMoney,
  formatNumber,
  formatShare,
  type Locale,
} from "../words/words.ts";
import type { ColumnType } from "../catalog/query.ts";
import type { Grain } from "./grainOf.ts";

/** About `count` round numbers (steps of 1, 2 or 5) from at most lo to at least hi, ascending. */
export function niceTicks(lo: number, hi: number, count: number): number[] {
  if (isFlat(lo, hi)) {
    const [least, most] = [Math.min(0, lo), Math.max(0, lo)];
    return isFlat(least, most) ? [0, 1] : niceTicks(least, most, count);
  }
  const rough = (hi - lo) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((size) => size * power >= rough * 0.999) ?? 10) * power;
  const ticks: number[] = [];
  const last = Math.ceil(hi / step - 1e-9);
  for (let i = Math.floor(lo / step + 1e-9); i <= last; ++i) ticks.push(roundTo(i * step, step));
  return ticks;
}

/** Whether two numbers lie so near that no round step fits between them. */
export function isFlat(lo: number, hi: number): boolean {
  return !(hi - lo > 1e-12 * Math.max(1, Math.abs(lo), Math.abs(hi)));
}

/** As `niceTicks`, whole numbers only. */
export function wholeTicks(lo: number, hi: number, count: number): number[] {
  const ticks = niceTicks(lo, hi, count).filter((tick) => Number.isInteger(tick));
  return ticks.length > 1 ? ticks : [Math.floor(lo), Math.max(Math.ceil(hi), Math.floor(lo) + 1)];
}

/** Powers of ten, with 2 and 5 between where there is room, that span the positive range. */
export function logTicks(lo: number, hi: number, count: number): number[] {
  const ticks: number[] = [];
  const first = Math.floor(Math.log10(lo));
  const last = Math.ceil(Math.log10(hi));
  const sizes = (last - first) * 3 <= count ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil((last - first) / Math.max(1, count)));
  for (let power = first; power <= last; power += every) {
    for (const size of sizes) ticks.push(Number(`${size}e${power}`));
  }
  return ticks.filter((tick) => tick >= lo * 0.999 && tick <= hi * 1.001);
}

/**
 * Which of the labels can stand without touching: every one, or every 2nd, 3rd, … from the first.
 *
 * @param widths of the labels, pixels
 * @param pitch pixels from one label to the next
 * @param steps strides that look natural, ascending, such as 1, 3, 6, 12 for months
 */
export function everyNth(widths: number[], pitch: number, steps?: number[]): number {
  const widest = Math.max(0, ...widths) + 10;
  const needed = Math.max(1, Math.ceil(widest / Math.max(pitch, 0.01)));
  return steps?.find((step) => step >= needed) ?? needed;
}

/** Strides that look natural for periods of a grain. */
export function strideOf(grain: Grain): number[] {
  if (grain === "month") return [1, 2, 3, 6, 12, 24, 36, 60, 120];
  if (grain === "quarter") return [1, 2, 4, 8, 12, 20, 40];
  if (grain === "week") return [1, 2, 4, 13, 26, 52, 104];
  return [1, 2, 5, 7, 14, 28, 91, 182, 364];
}

/** How a tick of an axis is written: short, with the digits that its step needs. */
export function formatTick(
  locale: Locale,
  type: ColumnType,
  value: number,
  { step = 1, currency = null, grain = "day", short = true }: TickOptions = {},
): string {
  if (type === "date") return formatDate(locale, value, grain, { short });
  if (type === "share") return formatShare(locale, value, step < 0.0099 ? 1 : 0);
  const isLarge = Math.abs(value) >= 1000;
  if (type === "money") {
    if (isLarge || Number.isInteger(value))
      return formatMoney(locale, value, currency, { compact: true });
    return formatMoney(locale, value, currency);
  }
  return isLarge ? formatCount(locale, value, { compact: true }) : formatNumber(locale, value);
}

export interface TickOptions {
  /** distance of two ticks */
  step?: number;
  currency?: string | null;
  grain?: Grain;
  /** dates without their century or year */
  short?: boolean;
}

function roundTo(value: number, step: number): number {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(step)));
  return Number(value.toFixed(Math.min(15, digits)));
}
