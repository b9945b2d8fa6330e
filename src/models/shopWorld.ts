import type { Random } from "./random.ts";
import { isoDay, monthOf } from "./shopCalendar.ts";
import type { ShopTruth } from "./shopTruth.ts";

/** What everything in a simulated shop goes by. Days are whole days since 1970. */
export interface ShopWorld {
  random: Random;
  truth: ShopTruth;
  firstDay: number;
  lastDay: number;
  /** by day */
  campaigns: readonly Campaign[];
}

export interface Campaign {
  day: number;
  kind: "winback" | "news";
  name: string;
}

const quarters = ["Winter 冬", "Spring 春", "Summer 夏", "Autumn 秋"];

/** Winning back on the first of each month, news on four days of it. */
export function campaignsOf(firstDay: number, lastDay: number): Campaign[] {
  const campaigns: Campaign[] = [];
  for (let day = firstDay; day <= lastDay; ++day) {
    const date = isoDay(day);
    const kind = date.endsWith("-01") ? "winback" : isNewsDay(date) ? "news" : undefined;
    const quarter = quarters[Math.floor(((monthOf(day) + 1) % 12) / 3)]!;
    if (kind) campaigns.push({ day, kind, name: `${quarter} ${date.slice(0, 4)}` });
  }
  return campaigns;
}

function isNewsDay(date: string): boolean {
  return /-(04|11|18|25)$/.test(date);
}
