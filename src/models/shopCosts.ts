import type { Random } from "./random.ts";
import { isoDay, secondsPerDay } from "./shopCalendar.ts";
import type { ShopOrder } from "./shopCustomer.ts";
import { privateChannels, publicChannels } from "./shopPlan.ts";

/** CSV lines of what each channel cost each month: winning customers, and keeping them. */
export function costLines(random: Random, orders: readonly ShopOrder[]): string[] {
  const months = new Map<string, Map<string, { won: number; orders: number }>>();
  for (const { second, channel, isFirst } of orders) {
    const month = `${isoDay(Math.floor(second / secondsPerDay)).slice(0, 7)}-01`;
    const channels = months.get(month) ?? new Map<string, { won: number; orders: number }>();
    months.set(month, channels);
    const count = channels.get(channel) ?? { won: 0, orders: 0 };
    channels.set(channel, count);
    count.orders += 1;
    if (isFirst) count.won += 1;
  }
  return [...months.keys()].sort().flatMap((month) =>
    [...publicChannels, ...privateChannels].flatMap(({ name, acquisitionCost }) => {
      const { won, orders: placed } = months.get(month)!.get(name) ?? { won: 0, orders: 0 };
      const acquisition = 20 + won * acquisitionCost * noise(random);
      const retention = (placed - won) * retentionCost * noise(random);
      return [
        line(month, name, "acquisition", acquisition),
        ...(retention > 0 ? [line(month, name, "retention", retention)] : []),
      ];
    }),
  );
}

const retentionCost = 1.4; // money per repeat order: messages, service, gifts

function noise(random: Random): number {
  return 0.85 + 0.3 * random.uniform();
}

function line(month: string, channel: string, kind: string, cost: number): string {
  return [month, channel, kind, cost.toFixed(2)].join(",");
}
